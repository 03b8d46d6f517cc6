package io.github.deepthink4j.testkit.internal.shape;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Rule;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a value must be. */
@FunctionalInterface
interface Shape {

    BigInteger U32 = BigInteger.valueOf(0xFFFF_FFFFL);

    /** Tells what does not fit. */
    void check(String path, Located value, Complaints complaints);

    /** Hears what does not fit. */
    @FunctionalInterface
    interface Complaints {

        void add(Rule rule, String path, String words, Place place);

        default void add(String path, String words, Place place) {
            add(Rule.PARAMETER_KINDS, path, words, place);
        }
    }

    static Shape anything() {
        return (path, value, complaints) -> {};
    }

    static Shape text() {
        return kind(JsonNode::isTextual, "a string");
    }

    static Shape bool() {
        return kind(JsonNode::isBoolean, "a boolean");
    }

    static Shape decimal() {
        return kind(JsonNode::isNumber, "f32");
    }

    private static Shape kind(java.util.function.Predicate<JsonNode> fits, String expected) {
        return (path, value, complaints) -> {
            if (!fits.test(value.json())) {
                complaints.add(path, invalidType(value.json(), expected), value.end());
            }
        };
    }

    /** A number without decimals and without a sign. */
    static Shape count() {
        return (path, value, complaints) -> {
            if (!value.json().isIntegralNumber()) {
                complaints.add(path, invalidType(value.json(), "u32"), value.end());
            } else if (value.json().bigIntegerValue().signum() < 0
                    || value.json().bigIntegerValue().compareTo(U32) > 0) {
                complaints.add(path, "invalid value: integer `" + value.json() + "`, expected u32", value.end());
            }
        };
    }

    /** One of these words. */
    static Shape oneOf(String... variants) {
        return oneOf(Rule.PARAMETER_KINDS, variants);
    }

    static Shape oneOf(Rule rule, String... variants) {
        return (path, value, complaints) -> {
            if (!value.json().isTextual()) {
                complaints.add(path, invalidType(value.json(), "variant identifier"), value.end());
            } else if (!List.of(variants).contains(value.json().asText())) {
                complaints.add(rule, path, unknownVariant(value.json().asText(), variants), value.end());
            }
        };
    }

    static Shape listOf(Shape item) {
        return (path, value, complaints) -> {
            if (!value.json().isArray()) {
                complaints.add(path, invalidType(value.json(), "a sequence"), value.end());
            }
            for (int i = 0; i < value.items().size(); i++) {
                item.check(path + "[" + i + "]", value.items().get(i), complaints);
            }
        };
    }

    /** Any of these, of which the parser says no more than that none of them fits. */
    static Shape anyOf(String name, Shape... shapes) {
        return (path, value, complaints) -> {
            boolean fits = List.of(shapes).stream().anyMatch(shape -> shape.takes(value));
            if (!fits) {
                complaints.add(path, "data did not match any variant of untagged enum " + name, value.end());
            }
        };
    }

    default boolean takes(Located value) {
        boolean[] refused = {false};
        check("", value, (rule, path, words, place) -> refused[0] = true);
        return !refused[0];
    }

    /** Null is as good as nothing. */
    default Shape orNull() {
        return (path, value, complaints) -> {
            if (!value.json().isNull()) {
                check(path, value, complaints);
            }
        };
    }

    /** What is wrong within is said of the whole, behind which the parser stands by then. */
    default Shape saidOfTheWhole() {
        return (path, value, complaints) ->
                check(path, value, (rule, inner, words, place) -> complaints.add(rule, path, words, value.end()));
    }

    /**
     * An object. Fields of other names are left alone.
     *
     * @param required must be there
     * @param optional may be there, or be null
     */
    static Shape struct(String name, Map<String, Shape> required, Map<String, Shape> optional) {
        return (path, value, complaints) -> {
            if (!value.json().isObject()) {
                complaints.add(path, invalidType(value.json(), "struct " + name), value.end());
                return;
            }
            value.fields().forEach((field, inner) -> {
                String innerPath = path.isEmpty() ? field : path + "." + field;
                Shape own = required.get(field);
                Shape shape =
                        own == null ? optional.getOrDefault(field, anything()).orNull() : own;
                shape.check(innerPath, inner, complaints);
            });
            value.doubled().forEach((field, place) -> {
                if (required.containsKey(field) || optional.containsKey(field)) {
                    complaints.add(path, "duplicate field `" + field + "`", place);
                }
            });
            required.keySet().stream()
                    .filter(field -> !value.fields().containsKey(field))
                    .sorted()
                    .forEach(field -> complaints.add(path, "missing field `" + field + "`", value.end()));
        };
    }

    static String invalidType(JsonNode found, String expected) {
        return "invalid type: " + found(found) + ", expected " + expected;
    }

    private static String found(JsonNode json) {
        return switch (json.getNodeType()) {
            case STRING -> "string " + json;
            case BOOLEAN -> "boolean `" + json + "`";
            case NUMBER -> (json.isIntegralNumber() ? "integer `" : "floating point `") + json + "`";
            case ARRAY -> "sequence";
            case OBJECT -> "map";
            default -> "null";
        };
    }

    static String unknownVariant(String found, String... known) {
        String all = List.of(known).stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String expected = switch (known.length) {
            case 1 -> all;
            case 2 -> all.replace(", ", " or ");
            default -> "one of " + all;
        };
        return "unknown variant `" + found + "`, expected " + expected;
    }
}
