package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LangChain4j's schema objects as JSON Schema. The one place that uses a class of {@code dev.langchain4j.internal}: there
 * is no public way from a schema object to its JSON, and LangChain4j's own modules go the same way.
 */
public final class SchemaJson {

    private static final JsonFactory JSON = new JsonFactory();

    private SchemaJson() {}

    /** JSON Schema as text, for a prompt. */
    public static String text(JsonSchemaElement schema) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            PlainValues.write(json, JsonSchemaElementUtils.toMap(schema, false));
        } catch (IOException e) {
            throw new IllegalArgumentException("the JSON schema can't be written as JSON", e);
        }
        return text.toString();
    }

    /** The parameters of a function; a function without parameters gets an empty object, which every host accepts. */
    static Map<String, Object> parameters(@Nullable JsonObjectSchema schema, boolean strict) {
        if (schema != null) {
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

    /** What the parameters of a strict function can't be, each with its path. */
    static List<String> breaches(@Nullable JsonObjectSchema schema, String path) {
        return schema == null
                ? List.of()
                : StrictSchema.of(JsonSchemaElementUtils.toMap(schema, false), path)
                        .breaches();
    }
}
