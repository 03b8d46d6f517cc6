package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * LangChain4j's schema objects as JSON Schema. The one place that uses a class of {@code dev.langchain4j.internal}: there
 * is no public way from a schema object to its JSON, and LangChain4j's own modules go the same way.
 */
public final class SchemaJson {

    private static final JsonFactory JSON = new JsonFactory();

    private SchemaJson() {}

    /**
     * JSON Schema as text, for a prompt.
     *
     * @throws dev.langchain4j.exception.InvalidRequestException if the schema can't become JSON, with the path
     */
    public static String text(JsonSchemaElement schema) {
        SchemaObjects.open(schema, "schema");
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            PlainValues.write(json, JsonSchemaElementUtils.toMap(schema, false));
        } catch (IOException e) {
            throw new IllegalArgumentException("the JSON schema can't be written as JSON", e);
        }
        return text.toString();
    }

    /**
     * The parameters of a function; a function without parameters gets an empty object, which every host accepts.
     *
     * @throws dev.langchain4j.exception.InvalidRequestException if the schema can't become JSON, with the path
     */
    static Map<String, Object> parameters(ToolSpecification tool, boolean strict) {
        JsonObjectSchema schema = tool.parameters();
        if (schema != null) {
            SchemaObjects.open(schema, path(tool));
            Map<String, Object> json = JsonSchemaElementUtils.toMap(schema, false);
            // LangChain4j has a strict form as well, in which a reference that is optional becomes required: a tree
            // without end.
            return strict ? StrictSchema.of(json, "").mended() : json;
        }
        Map<String, Object> none = new LinkedHashMap<>();
        none.put("type", "object");
        none.put("properties", Map.of());
        if (strict) {
            none.put("required", new String[0]);
            none.put("additionalProperties", false);
        }
        return none;
    }

    /**
     * What the parameters of a strict function can't be, each with its path.
     *
     * @throws dev.langchain4j.exception.InvalidRequestException if the schema can't become JSON, with the path
     */
    static List<String> breaches(ToolSpecification tool) {
        JsonObjectSchema schema = tool.parameters();
        if (schema == null) {
            return List.of();
        }
        List<String> breaches = new ArrayList<>();
        // LangChain4j's way to JSON leaves it out, and then nobody would say that a map has been closed.
        SchemaObjects.open(schema, path(tool)).forEach(open -> breaches.add(StrictSchema.mustBeClosed(open)));
        breaches.addAll(StrictSchema.of(JsonSchemaElementUtils.toMap(schema, false), path(tool))
                .breaches());
        return breaches;
    }

    private static String path(ToolSpecification tool) {
        return tool.name() + ".parameters";
    }
}
