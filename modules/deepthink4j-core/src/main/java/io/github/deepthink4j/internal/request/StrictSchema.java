package io.github.deepthink4j.internal.request;

import io.github.deepthink4j.internal.value.JsonTrees;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a strict function, as DeepSeek's API wants them (docs/protocol.md, section 2.4). What can be said in another way is:
 * each object is closed, each property required, and one that was optional may be {@code null} instead. What can't is a breach.
 *
 * @param mended   the schema as it goes out
 * @param breaches each with its path, in words
 */
record StrictSchema(Map<String, Object> mended, List<String> breaches) {

    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "number", "integer", "boolean", "null");
    private static final Set<String> CHOICES = Set.of("anyOf", "enum", "const", "$ref");
    private static final Set<String> FORMATS = Set.of("email", "hostname", "ipv4", "ipv6", "uuid");

    /** What strict functions are not held to, and are promised nothing of. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "prefixItems",
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "allOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else");

    private static final Map<String, Object> NULL = Map.of("type", "null");

    /**
     * @param schema of the parameters, not strict yet
     * @param path   for the breaches
     */
    static StrictSchema of(Map<String, Object> schema, String path) {
        Walk walk = new Walk(plain(schema));
        Map<String, Object> mended = walk.node(plain(schema), path, true);
        return new StrictSchema(mended, walk.breaches.stream().distinct().toList());
    }

    @SuppressWarnings("unchecked") // the keys of JSON are texts
    private static Map<String, Object> plain(Map<String, Object> schema) {
        return JsonTrees.plain(schema) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static final class Walk {

        private final Map<String, Object> root;
        private final List<String> breaches = new ArrayList<>();

        Walk(Map<String, Object> root) {
            this.root = root;
        }

        private void breach(String path, String why) {
            breaches.add(path + " " + why);
        }

        Map<String, Object> node(Map<String, Object> schema, String path, boolean top) {
            for (String keyword : schema.keySet()) {
                if (UNSUPPORTED.contains(keyword)) {
                    breach(path + "." + keyword, "is not known to strict functions");
                }
            }
            Map<String, Object> mended = new LinkedHashMap<>(schema);
            if (schema.get("$ref") instanceof String reference && meant(reference) == null) {
                breach(path + ".$ref", "leads nowhere: " + reference);
            }
            if (schema.get("anyOf") instanceof List<?> choices) {
                mended.put("anyOf", each(choices, path + ".anyOf"));
            }
            definitions(mended, path);
            List<String> types = types(schema);
            if (types.isEmpty() && schema.keySet().stream().noneMatch(CHOICES::contains)) {
                breach(path, "has no type");
            }
            types.stream()
                    .filter(type -> !TYPES.contains(type))
                    .forEach(type -> breach(path + ".type", "is not known to strict functions: " + type));
            if (types.size() > 1 && (types.contains("object") || types.contains("array"))) {
                return split(mended, types, path);
            }
            if (types.contains("object")) {
                object(mended, path, top);
            } else if (types.contains("array")) {
                array(mended, path);
            }
            Object format = schema.get("format");
            if (types.contains("string") && format != null && !FORMATS.contains(format)) {
                breach(
                        path + ".format",
                        "is none of " + FORMATS.stream().sorted().toList() + ": " + format);
            }
            return mended;
        }

        private List<Object> each(List<?> schemas, String path) {
            List<Object> mended = new ArrayList<>();
            for (int i = 0; i < schemas.size(); i++) {
                mended.add(child(writtenOut(schemas.get(i)), path + "[" + i + "]"));
            }
            return mended;
        }

        /** Within anyOf a reference is said to be refused, so that what it means stands there, unless that holds itself. */
        private @Nullable Object writtenOut(@Nullable Object schema) {
            if (!(schema instanceof Map<?, ?> map) || !(map.get("$ref") instanceof String reference)) {
                return schema;
            }
            Object meant = meant(reference);
            return meant == null || holdsItself(meant, new LinkedHashSet<>(Set.of(reference))) ? schema : meant;
        }

        private boolean holdsItself(@Nullable Object schema, Set<String> within) {
            if (schema instanceof List<?> list) {
                return list.stream().anyMatch(item -> holdsItself(item, within));
            }
            if (!(schema instanceof Map<?, ?> map)) {
                return false;
            }
            if (map.get("$ref") instanceof String reference) {
                if (!within.add(reference)) {
                    return true;
                }
                boolean itself = holdsItself(meant(reference), within);
                within.remove(reference);
                return itself;
            }
            return map.values().stream().anyMatch(value -> holdsItself(value, within));
        }

        @SuppressWarnings("unchecked") // the keys of JSON are texts
        private Object child(@Nullable Object schema, String path) {
            if (schema instanceof Map<?, ?> map) {
                return node((Map<String, Object>) map, path, false);
            }
            breach(path, "is no schema");
            return Map.of();
        }

        private void definitions(Map<String, Object> mended, String path) {
            for (String name : List.of("$defs", "$def", "definitions")) {
                if (mended.get(name) instanceof Map<?, ?> definitions) {
                    Map<String, Object> each = new LinkedHashMap<>();
                    definitions.forEach((key, schema) ->
                            each.put(String.valueOf(key), child(schema, path + "." + name + "." + key)));
                    mended.put(name, each);
                }
            }
        }

        /** A list of types that names an object or a list is several schemas. */
        private Map<String, Object> split(Map<String, Object> schema, List<String> types, String path) {
            List<Object> choices = new ArrayList<>();
            for (String type : types) {
                if (type.equals("null")) {
                    choices.add(NULL);
                    continue;
                }
                Map<String, Object> one = new LinkedHashMap<>(schema);
                one.remove("description");
                one.put("type", type);
                choices.add(node(one, path, false));
            }
            Map<String, Object> split = new LinkedHashMap<>();
            if (schema.containsKey("description")) {
                split.put("description", schema.get("description"));
            }
            split.put("anyOf", choices);
            return split;
        }

        private void object(Map<String, Object> mended, String path, boolean top) {
            Object open = mended.get("additionalProperties");
            if (open != null && !Boolean.FALSE.equals(open)) {
                breach(path + ".additionalProperties", "must be false: name each property");
            }
            mended.put("additionalProperties", false);
            Map<?, ?> properties = mended.get("properties") instanceof Map<?, ?> map ? map : Map.of();
            if (properties.isEmpty() && !top) {
                breach(path, "is an object without properties");
            }
            Set<Object> required =
                    new LinkedHashSet<>(mended.get("required") instanceof List<?> names ? names : List.of());
            required.stream()
                    .filter(name -> !properties.containsKey(name))
                    .forEach(name -> breach(path + ".required", "names what is no property: " + name));
            Map<String, Object> all = new LinkedHashMap<>();
            properties.forEach((key, schema) -> {
                boolean needed = required.contains(key);
                Object property = child(needed ? schema : writtenOut(schema), path + ".properties." + key);
                all.put(String.valueOf(key), needed ? property : nullable(property));
            });
            mended.put("properties", all);
            mended.put("required", new ArrayList<>(all.keySet()));
        }

        private void array(Map<String, Object> mended, String path) {
            if (!mended.containsKey("items")) {
                breach(path, "is an array without items");
            } else {
                mended.put("items", child(mended.get("items"), path + ".items"));
            }
        }

        /** What may be left out may be {@code null}, where nothing may be left out. */
        private static Object nullable(Object property) {
            if (!(property instanceof Map<?, ?> schema)) {
                return property;
            }
            List<String> types = types(schema);
            if (types.contains("null") || NULL.equals(property)) {
                return property;
            }
            Map<Object, Object> mended = new LinkedHashMap<>(schema);
            if (schema.get("anyOf") instanceof List<?> choices) {
                List<Object> more = new ArrayList<>(choices);
                if (!more.contains(NULL)) {
                    more.add(NULL);
                }
                mended.put("anyOf", more);
                return mended;
            }
            boolean plain = !types.isEmpty() && !types.contains("object") && !types.contains("array");
            if (plain && !schema.containsKey("enum") && !schema.containsKey("const")) {
                List<String> more = new ArrayList<>(types);
                more.add("null");
                mended.put("type", more);
                return mended;
            }
            Map<Object, Object> either = new LinkedHashMap<>();
            Object description = mended.remove("description");
            if (description != null) {
                either.put("description", description);
            }
            either.put("anyOf", List.of(mended, NULL));
            return either;
        }

        private static List<String> types(Map<?, ?> schema) {
            Object type = schema.get("type");
            if (type instanceof List<?> several) {
                return several.stream().map(String::valueOf).toList();
            }
            return type == null ? Collections.emptyList() : List.of(String.valueOf(type));
        }

        private @Nullable Object meant(String reference) {
            Object found = root;
            for (String step : reference.split("/")) {
                boolean here = step.equals("#");
                found = here ? found : found instanceof Map<?, ?> map ? map.get(step) : null;
            }
            return reference.startsWith("#") && found instanceof Map ? found : null;
        }
    }
}
