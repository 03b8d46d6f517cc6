package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a tool call that is part of a history. A model may have written anything, and the history keeps it;
 * servers parse what comes back, and refuse each later request for what is no JSON object
 * (docs/protocol.md, section 1.3, other rules about messages).
 */
public final class CallArguments {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** LangChain4j runs tools with these, so they count as what they mean. */
    private static final ObjectReader FORGIVING = MAPPER.readerFor(JsonNode.class)
            .with(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final String NONE = "{}";

    /** Under this name the model reads again what it wrote, so that it can write it rightly. */
    private static final String INVALID = "invalid_arguments";

    private static final Pattern SURROGATE_ESCAPE = Pattern.compile("\\\\u[dD][89abcdefABCDEF]");

    private CallArguments() {}

    /** Whether a tool can have been called with them: nothing at all stands for no arguments. */
    public static boolean areAcceptable(@Nullable String arguments) {
        return meant(written(arguments)) != null;
    }

    /** The same as a JSON object; what is none goes as a text within one. */
    static String asObject(@Nullable String arguments) {
        String written = written(arguments);
        String meant = meant(written);
        try {
            if (meant == null) {
                return MAPPER.writeValueAsString(Map.of(INVALID, written));
            }
            if (!SURROGATE_ESCAPE.matcher(meant).find()) {
                return meant;
            }
            // A half that is written as an escape gets past the generator, and not past who parses the arguments.
            String unescaped = MAPPER.writeValueAsString(MAPPER.readTree(meant));
            return WellFormedGenerator.hasHalf(unescaped) ? unescaped : meant;
        } catch (IOException e) {
            throw new UncheckedIOException("the arguments of a tool call can't be written as JSON", e);
        }
    }

    private static String written(@Nullable String arguments) {
        if (arguments == null || arguments.isBlank() || arguments.strip().equals("null")) {
            return NONE;
        }
        return arguments;
    }

    /** The object that is meant: as it is, or with a comma too many, or once more in quotes; {@code null} if none is. */
    private static @Nullable String meant(String written) {
        if (isObject(written)) {
            return written;
        }
        try {
            JsonNode value = FORGIVING.readValue(written);
            if (value.isTextual()) {
                return isObject(value.textValue()) ? value.textValue() : null;
            }
            return value.isObject() ? MAPPER.writeValueAsString(value) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isObject(String arguments) {
        try (JsonParser parser = MAPPER.createParser(arguments)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
