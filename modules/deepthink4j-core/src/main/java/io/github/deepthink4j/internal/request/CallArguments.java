package io.github.deepthink4j.internal.request;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
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

    private static final String NONE = "{}";

    /** Under this name the model reads again what it wrote, so that it can write it rightly. */
    private static final String INVALID = "invalid_arguments";

    private static final Pattern SURROGATE_ESCAPE = Pattern.compile("\\\\u[dD][89abcdefABCDEF]");

    private CallArguments() {}

    /** Whether a tool can have been called with them: nothing at all stands for no arguments. */
    public static boolean areAcceptable(@Nullable String arguments) {
        return isObject(written(arguments));
    }

    /** The same as a JSON object; what is none goes as a text within one. */
    static String asObject(@Nullable String arguments) {
        String written = written(arguments);
        try {
            if (!isObject(written)) {
                return MAPPER.writeValueAsString(Map.of(INVALID, written));
            }
            if (!SURROGATE_ESCAPE.matcher(written).find()) {
                return written;
            }
            // A half that is written as an escape gets past the generator, and not past who parses the arguments.
            String unescaped = MAPPER.writeValueAsString(MAPPER.readTree(written));
            return WellFormedGenerator.hasHalf(unescaped) ? unescaped : written;
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
