package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * One form that the whole of an answer may have, as the root of its schema says.
 *
 * @param opening  the bracket that it begins with
 * @param required what an object must have
 * @param numbers  whether a list of nothing but numbers may be it, or what it holds
 */
record JsonRoot(char opening, Set<String> required, boolean numbers) {

    JsonRoot {
        required = Set.copyOf(required);
    }

    /** Empty for a root that has no bracket, such as a number. */
    static List<JsonRoot> of(JsonNode schema) {
        List<JsonRoot> roots = new ArrayList<>();
        // A schema may refer to itself, and to another one many times.
        collect(schema, schema, Collections.newSetFromMap(new IdentityHashMap<>()), roots);
        return roots;
    }

    private static void collect(JsonNode root, JsonNode part, Set<JsonNode> seen, List<JsonRoot> roots) {
        JsonNode schema = resolved(root, part);
        if (!seen.add(schema)) {
            return;
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            schema.path(choice).forEach(one -> collect(root, one, seen, roots));
        }
        if (!roots.isEmpty() && !schema.has("type")) {
            return;
        }
        if (may(schema, "array")) {
            roots.add(new JsonRoot('[', Set.of(), mayBeNumber(root, schema.path("items"))));
        }
        if (may(schema, "object") || (!schema.has("type") && !schema.has("enum") && !schema.has("const"))) {
            Set<String> required = new HashSet<>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            roots.add(new JsonRoot('{', required, holdsNumbers(root, schema)));
        }
    }

    private static JsonNode resolved(JsonNode root, JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        JsonNode found = reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
        return found.isMissingNode() ? schema : found;
    }

    private static boolean may(JsonNode schema, String type) {
        JsonNode types = schema.path("type");
        return types.isArray()
                ? StreamSupport.stream(types.spliterator(), false)
                        .anyMatch(one -> one.asText().equals(type))
                : types.asText().equals(type);
    }

    /** What is not known may be one. */
    private static boolean mayBeNumber(JsonNode root, JsonNode items) {
        JsonNode schema = resolved(root, items);
        return (!schema.has("type") && !schema.has("enum")) || may(schema, "number") || may(schema, "integer");
    }

    /** A list in place of an object is what the object has as its only list: LangChain4j wraps one in {@code values}. */
    private static boolean holdsNumbers(JsonNode root, JsonNode object) {
        JsonNode properties = object.path("properties");
        if (properties.isEmpty()) {
            return !object.has("properties");
        }
        return StreamSupport.stream(properties.spliterator(), false)
                .map(property -> resolved(root, property))
                .anyMatch(property -> may(property, "array") && mayBeNumber(root, property.path("items")));
    }
}
