package io.github.deepthink4j.internal.request;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What kind of value each keyword of a schema has: in raw schemas may stand anything. */
final class SchemaKinds {

    private record Kind(String words, Predicate<@Nullable Object> fits) {}

    private static final Kind TEXTS = new Kind("a list of texts", SchemaKinds::areTexts);
    private static final Kind SCHEMAS = new Kind("an object of schemas", Map.class::isInstance);

    private static final Map<String, Kind> KINDS = new TreeMap<>(Map.of(
            "type", new Kind("a text or a list of texts", it -> it instanceof String || isSome(it) && areTexts(it)),
            "properties", SCHEMAS,
            "$defs", SCHEMAS,
            "$def", SCHEMAS,
            "definitions", SCHEMAS,
            "required", TEXTS,
            "anyOf", new Kind("a list of schemas", SchemaKinds::isSome),
            "enum", new Kind("a list of values", SchemaKinds::isSome),
            "$ref", new Kind("a text", String.class::isInstance)));

    private SchemaKinds() {}

    /** Tells of each keyword, and what its value must be. */
    static void wrong(Map<String, Object> schema, BiConsumer<String, String> told) {
        KINDS.forEach((keyword, kind) -> {
            if (schema.containsKey(keyword) && !kind.fits().test(schema.get(keyword))) {
                told.accept(keyword, "must be " + kind.words());
            }
        });
    }

    private static boolean areTexts(@Nullable Object value) {
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }

    private static boolean isSome(@Nullable Object value) {
        return value instanceof List<?> list && !list.isEmpty();
    }
}
