package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schemas of strict functions (docs/protocol.md, section 2.4). */
final class StrictChecks {

    private static final List<String> DEFINITIONS = List.of("$defs", "$def");

    private StrictChecks() {}

    /** Off the beta root {@code strict} promises nothing, and so nothing is refused. */
    static @Nullable Refusal schemas(RequestFacts facts) {
        JsonNode tools = facts.body().path("tools");
        boolean strict = false;
        for (JsonNode tool : tools) {
            strict |= tool.at("/function/strict").asBoolean(false);
        }
        if (!strict || !facts.beta()) {
            return null;
        }
        for (int i = 0; i < tools.size(); i++) {
            JsonNode function = tools.get(i).path("function");
            if (function.isMissingNode()) {
                continue;
            }
            String place = "tools[" + i + "].function";
            String wrong = function.path("strict").asBoolean(false)
                    ? wrong(function.path("parameters"), place + ".parameters")
                    : place + ".strict: must be true for all functions";
            if (wrong != null) {
                return Refusal.invalid("Invalid strict function: " + wrong);
            }
        }
        return null;
    }

    private static @Nullable String wrong(JsonNode schema, String path) {
        if (has(schema.path("type"), "object")) {
            if (!schema.path("additionalProperties").isBoolean()
                    || schema.path("additionalProperties").asBoolean()) {
                return path + ": additionalProperties must be false";
            }
            Set<String> required = new HashSet<>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                if (!required.contains(property.getKey())) {
                    return path + ": all properties must be required, and " + property.getKey() + " is not";
                }
            }
        }
        return wrongWithin(schema, path);
    }

    private static @Nullable String wrongWithin(JsonNode schema, String path) {
        String wrong = wrongOf(schema.path("properties"), path + ".properties");
        for (String definitions : DEFINITIONS) {
            wrong = wrong == null ? wrongOf(schema.path(definitions), path + "." + definitions) : wrong;
        }
        if (wrong == null && schema.has("items")) {
            wrong = wrong(schema.path("items"), path + ".items");
        }
        for (JsonNode choice : schema.path("anyOf")) {
            wrong = wrong == null ? wrong(choice, path + ".anyOf") : wrong;
        }
        return wrong;
    }

    private static @Nullable String wrongOf(JsonNode schemas, String path) {
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            String wrong = wrong(schema.getValue(), path + "." + schema.getKey());
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static boolean has(JsonNode types, String type) {
        for (JsonNode one : types) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return types.asText("").equals(type);
    }
}
