package io.github.deepthink4j.agent.consensus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JSON as a value that is equal to every other way to write it. */
final class JsonValueAnswer {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final Pattern FENCE = Pattern.compile("```(?:json)?\\s*\\n(.*?)```", Pattern.DOTALL);

    private JsonValueAnswer() {}

    static Optional<Object> of(String text) {
        JsonNode json = read(text);
        Matcher fence = FENCE.matcher(text);
        while (json == null && fence.find()) {
            json = read(fence.group(1));
        }
        return json == null ? Optional.empty() : Optional.of(new Value(value(json)));
    }

    /** Around the value, since an answer may be {@code null} in JSON. */
    private record Value(@Nullable Object json) {}

    private static @Nullable JsonNode read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            return json.isMissingNode() ? null : json;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable Object value(JsonNode json) {
        if (json.isNumber()) {
            return NumberAnswer.normal(json.decimalValue());
        }
        if (json.isArray()) {
            List<@Nullable Object> list = new ArrayList<>();
            json.forEach(element -> list.add(value(element)));
            return list;
        }
        if (json.isObject()) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            json.properties().forEach(property -> map.put(property.getKey(), value(property.getValue())));
            return map;
        }
        return json.isNull() ? null : json.isBoolean() ? json.booleanValue() : json.asText();
    }
}
