package io.github.deepthink4j.agent.structure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import io.github.deepthink4j.internal.request.SchemaJson;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in words what does not fit. */
final class SchemaValidator {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final @Nullable JsonSchema schema;

    /**
     * @param schema {@code null} if any JSON will do
     */
    SchemaValidator(dev.langchain4j.model.chat.request.json.@Nullable JsonSchema schema) {
        this.schema = schema == null
                ? null
                : JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(strict(schema.rootElement()));
    }

    /**
     * LangChain4j's schemas call no property required, and it refuses those that it does not know; so an empty object would be
     * an answer full of zeros, and a misspelt one an exception without a repair.
     */
    private static JsonNode strict(JsonSchemaElement schema) {
        try {
            JsonNode root = MAPPER.readTree(SchemaJson.text(schema));
            keepOthers(schema, root);
            if (root instanceof ObjectNode object && hasProperties(object)) {
                object.put("minProperties", 1);
            }
            forbidOthers(root);
            return root;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema is written by this library", e);
        }
    }

    /** What a schema says of other properties, LangChain4j leaves out of its JSON. */
    private static void keepOthers(JsonSchemaElement schema, JsonNode json) {
        if (schema instanceof JsonObjectSchema object && json instanceof ObjectNode node) {
            if (object.additionalProperties() != null) {
                node.put("additionalProperties", object.additionalProperties());
            }
            object.properties()
                    .forEach((name, inner) ->
                            keepOthers(inner, json.path("properties").path(name)));
            object.definitions()
                    .forEach((name, inner) ->
                            keepOthers(inner, json.path("$defs").path(name)));
        } else if (schema instanceof JsonArraySchema array && array.items() != null) {
            keepOthers(array.items(), json.path("items"));
        } else if (schema instanceof JsonAnyOfSchema either) {
            for (int i = 0; i < either.anyOf().size(); i++) {
                keepOthers(either.anyOf().get(i), json.path("anyOf").path(i));
            }
        }
    }

    private static void forbidOthers(JsonNode node) {
        if (node instanceof ObjectNode object && hasProperties(object) && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(SchemaValidator::forbidOthers);
    }

    private static boolean hasProperties(ObjectNode schema) {
        return "object".equals(schema.path("type").asText())
                && !schema.path("properties").isEmpty();
    }

    /** The validator's, without the colon behind the place where that is the whole. */
    private static String words(ValidationMessage finding) {
        String words = finding.getMessage();
        return words.startsWith(": ") ? words.substring(2) : words;
    }

    /**
     * Empty if it fits.
     *
     * @param language whatever the machine's is
     */
    List<String> findings(@Nullable String text, PromptLanguage language) {
        boolean chinese = language == PromptLanguage.CHINESE;
        if (text == null || text.isBlank()) {
            return List.of(chinese ? "没有 JSON，回答是空的" : "there is no JSON, the answer is empty");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return List.of((chinese ? "不是 JSON：" : "it is not JSON: ") + e.getOriginalMessage());
        }
        return schema == null
                ? List.of()
                : schema
                        .validate(
                                json,
                                execution -> execution
                                        .getExecutionConfig()
                                        .setLocale(chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH))
                        .stream()
                        .map(SchemaValidator::words)
                        .sorted()
                        .toList();
    }
}
