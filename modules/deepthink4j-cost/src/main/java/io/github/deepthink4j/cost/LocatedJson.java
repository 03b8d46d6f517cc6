package io.github.deepthink4j.cost;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON whose every value knows its line and its path, so that whatever is wrong with it can be told where it stands. */
final class LocatedJson {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String source;
    private final int line;
    private final String path;
    private final Object value;

    private LocatedJson(String source, int line, String path, Object value) {
        this.source = source;
        this.line = line;
        this.path = path;
        this.value = value;
    }

    /**
     * Reads a whole text, which must be one object.
     *
     * @param source what it is called in errors
     */
    static LocatedJson read(String source, String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new PriceListException(source, 0, "", "is empty", null);
            }
            LocatedJson root = value(source, parser, "");
            if (parser.nextToken() != null) {
                throw new PriceListException(
                        source, parser.currentLocation().getLineNr(), "", "has something behind its end", null);
            }
            root.object();
            return root;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new PriceListException(source, line, "", "is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new PriceListException(source, 0, "", "can't be read: " + e.getMessage(), e);
        }
    }

    private static LocatedJson value(String source, JsonParser parser, String path) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        Object value = switch (parser.currentToken()) {
            case START_OBJECT -> fields(source, parser, path);
            case START_ARRAY -> elements(source, parser, path);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(source, parser, path, line);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new PriceListException(source, line, path, "must not be null", null);
        };
        return new LocatedJson(source, line, path, value);
    }

    /** A price has a handful of digits; 1e999999999 would take all memory in its plain form. */
    private static BigDecimal number(String source, JsonParser parser, String path, int line) throws IOException {
        String text = parser.getText();
        if (text.length() > 30 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            throw new PriceListException(
                    source, line, path, "must be a plain decimal number such as 0.15, but is " + text, null);
        }
        return new BigDecimal(text);
    }

    private static Map<String, LocatedJson> fields(String source, JsonParser parser, String path) throws IOException {
        Map<String, LocatedJson> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(source, parser, path.isEmpty() ? name : path + "." + name));
        }
        return fields;
    }

    private static List<LocatedJson> elements(String source, JsonParser parser, String path) throws IOException {
        List<LocatedJson> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(source, parser, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    PriceListException wrong(String problem) {
        return new PriceListException(source, line, path, problem, null);
    }

    private PriceListException wrong(IllegalArgumentException e) {
        return new PriceListException(source, line, path, String.valueOf(e.getMessage()), e);
    }

    /** What a constructor has against a value is told where the value stands. */
    <T> T as(Function<LocatedJson, T> reading) {
        try {
            return reading.apply(this);
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    @SuppressWarnings("unchecked")
    Map<String, LocatedJson> object() {
        if (value instanceof Map) {
            return (Map<String, LocatedJson>) value;
        }
        throw wrong("must be an object, but is " + kind());
    }

    @SuppressWarnings("unchecked")
    List<LocatedJson> array() {
        if (value instanceof List) {
            return (List<LocatedJson>) value;
        }
        throw wrong("must be an array, but is " + kind());
    }

    String text() {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong("must be a text, but is " + kind());
    }

    boolean isText() {
        return value instanceof String;
    }

    BigDecimal number() {
        if (value instanceof BigDecimal number) {
            return number;
        }
        throw wrong("must be a number, but is " + kind());
    }

    long whole() {
        try {
            return number().longValueExact();
        } catch (ArithmeticException e) {
            throw wrong("must be a whole number, but is " + value);
        }
    }

    boolean flag() {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong("must be true or false, but is " + kind());
    }

    private String kind() {
        if (value instanceof Map) {
            return "an object";
        }
        if (value instanceof List) {
            return "an array";
        }
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    /** A field that must be there. */
    LocatedJson field(String name) {
        LocatedJson found = optional(name);
        if (found == null) {
            throw wrong("has no '" + name + "'");
        }
        return found;
    }

    @Nullable
    LocatedJson optional(String name) {
        return object().get(name);
    }

    /** A slip of the pen in a name must not be taken for a field that is left out. */
    void allow(Set<String> names) {
        for (Map.Entry<String, LocatedJson> entry : object().entrySet()) {
            if (!names.contains(entry.getKey())) {
                throw entry.getValue()
                        .wrong("is not known here; known are "
                                + String.join(", ", names.stream().sorted().toList()));
            }
        }
    }
}
