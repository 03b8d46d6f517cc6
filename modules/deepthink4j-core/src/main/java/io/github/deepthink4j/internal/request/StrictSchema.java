package io.github.deepthink4j.internal.request;

import io.github.deepthink4j.internal.value.JsonTrees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
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
    private static final List<String> DEFINITIONS = List.of("$defs", "$def", "definitions");
    private static final List<String> OF_ALL_TYPES = List.of("description", "$defs", "$def", "definitions");
    private static final Map<String, String> OF_ONE_TYPE = Map.of(
            "properties", "object",
            "required", "object",
            "additionalProperties", "object",
            "items", "array",
            "format", "string",
            "pattern", "string");

    /** As JSON; Jackson writes and reads 1,000 levels, of which the request has some itself. */
    private static final int DEEPEST = 900;

    /**
     * @param schema of the parameters, not strict yet
     * @param path   for the breaches
     */
    static StrictSchema of(Map<String, Object> schema, String path) {
        Map<String, Object> plain = plain(schema);
        Walk walk = new Walk(plain, path);
        Map<String, Object> mended = walk.node(plain, path, true);
        if (depth(mended) > DEEPEST) {
            walk.breach(path, "is nested too deep with its references written out");
        }
        return new StrictSchema(mended, walk.breaches.stream().distinct().toList());
    }

    /** In words, of an object that says it is open. */
    static String mustBeClosed(String path) {
        return path + ".additionalProperties must be false: name each property";
    }

    private static int depth(@Nullable Object value) {
        Collection<?> within =
                value instanceof Map<?, ?> map ? map.values() : value instanceof List<?> list ? list : List.of();
        int deepest = 0;
        for (Object one : within) {
            deepest = Math.max(deepest, depth(one));
        }
        return deepest + 1;
    }

    @SuppressWarnings("unchecked") // the keys of JSON are texts
    private static Map<String, Object> plain(Map<String, Object> schema) {
        return JsonTrees.plain(schema) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static final class Walk {

        private final String path;
        private final References references;
        private final List<String> breaches = new ArrayList<>();

        /** Each once, however often it is referred to. */
        private final Map<String, Object> writtenOut = new HashMap<>();

        Walk(Map<String, Object> root, String path) {
            this.path = path;
            this.references = new References(root);
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
            SchemaKinds.wrong(schema, (keyword, why) -> breach(path + "." + keyword, why));
            if (schema.get("$ref") instanceof String reference && !references.leadsSomewhere(reference)) {
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
            typed(mended, types, path, top);
            return mended;
        }

        private void typed(Map<String, Object> mended, List<String> types, String path, boolean top) {
            if (types.contains("object")) {
                object(mended, path, top);
            } else if (types.contains("array")) {
                array(mended, path);
            }
            Object format = mended.get("format");
            if (types.contains("string") && format != null && !FORMATS.contains(format)) {
                breach(
                        path + ".format",
                        "is none of " + FORMATS.stream().sorted().toList() + ": " + format);
            }
        }

        private List<Object> each(List<?> schemas, String path) {
            List<Object> mended = new ArrayList<>();
            for (int i = 0; i < schemas.size(); i++) {
                mended.add(choice(schemas.get(i), path + "[" + i + "]"));
            }
            return mended;
        }

        /** Within anyOf a reference is said to be refused, so that what it means stands there, if that has an end. */
        private Object choice(@Nullable Object schema, String path) {
            if (!(schema instanceof Map<?, ?> map)
                    || !(map.get("$ref") instanceof String reference)
                    || !references.canBeWrittenOut(reference)) {
                return child(schema, path);
            }
            Object meant = writtenOut.get(reference);
            if (meant == null) {
                meant = choice(references.meant(reference), this.path + References.path(reference));
                writtenOut.put(reference, meant);
            }
            if (map.get("description") instanceof String description && meant instanceof Map<?, ?> described) {
                Map<Object, Object> here = new LinkedHashMap<>(described);
                here.put("description", description);
                return here;
            }
            return meant;
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
            for (String name : DEFINITIONS) {
                if (mended.get(name) instanceof Map<?, ?> definitions) {
                    Map<String, Object> each = new LinkedHashMap<>();
                    definitions.forEach((key, schema) ->
                            each.put(String.valueOf(key), child(schema, path + "." + name + "." + key)));
                    mended.put(name, each);
                }
            }
        }

        /** A list of types that names an object or a list is several schemas, each with what is about its type. */
        private Map<String, Object> split(Map<String, Object> schema, List<String> types, String path) {
            if (schema.containsKey("anyOf")) {
                breach(path, "has several types and an anyOf: put the types into the anyOf");
                return schema;
            }
            Map<String, Object> split = new LinkedHashMap<>();
            Map<String, Object> common = new LinkedHashMap<>(schema);
            for (String keyword : OF_ALL_TYPES) {
                if (common.containsKey(keyword)) {
                    split.put(keyword, common.remove(keyword));
                }
            }
            List<Object> choices = new ArrayList<>();
            for (String type : types) {
                Map<String, Object> one = new LinkedHashMap<>(type.equals("null") ? NULL : common);
                one.put("type", type);
                one.keySet().removeIf(keyword -> !type.equals(OF_ONE_TYPE.getOrDefault(keyword, type)));
                typed(one, List.of(type), path, false);
                choices.add(one);
            }
            split.put("anyOf", choices);
            return split;
        }

        private void object(Map<String, Object> mended, String path, boolean top) {
            Object open = mended.get("additionalProperties");
            if (open != null && !Boolean.FALSE.equals(open)) {
                breaches.add(mustBeClosed(path));
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
                String place = path + ".properties." + key;
                Object property = needed ? child(schema, place) : choice(schema, place);
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
    }
}
