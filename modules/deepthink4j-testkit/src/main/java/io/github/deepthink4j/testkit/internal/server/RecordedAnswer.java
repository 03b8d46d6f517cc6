package io.github.deepthink4j.testkit.internal.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.recording.RecordedExchange;
import io.github.deepthink4j.testkit.script.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what a recorded response has answered, so that a fault can hit it on the way. */
final class RecordedAnswer {

    private static final String DATA = "data:";

    private final StringBuilder thinking = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final Map<Integer, StringBuilder> names = new TreeMap<>();
    private final Map<Integer, StringBuilder> arguments = new TreeMap<>();

    private RecordedAnswer() {}

    static Answer of(RecordedExchange.Response response) {
        List<String> payloads = new ArrayList<>();
        if (response.isStream()) {
            response.body()
                    .lines()
                    .filter(line -> line.startsWith(DATA))
                    .forEach(line -> payloads.add(line.substring(DATA.length())));
        } else {
            payloads.add(response.body());
        }
        RecordedAnswer recorded = new RecordedAnswer();
        for (String payload : payloads) {
            JsonNode json = RequestJson.object(payload.getBytes(StandardCharsets.UTF_8));
            recorded.add(json.at("/choices/0/delta"));
            recorded.add(json.at("/choices/0/message"));
        }
        return recorded.answer();
    }

    private void add(JsonNode message) {
        append(thinking, message.path("reasoning_content"));
        append(text, message.path("content"));
        for (JsonNode call : message.path("tool_calls")) {
            int index = call.path("index").asInt();
            append(names.computeIfAbsent(index, i -> new StringBuilder()), call.at("/function/name"));
            append(arguments.computeIfAbsent(index, i -> new StringBuilder()), call.at("/function/arguments"));
        }
    }

    private static void append(StringBuilder to, JsonNode piece) {
        if (piece.isTextual()) {
            to.append(piece.asText());
        }
    }

    private Answer answer() {
        Answer answer = Answer.thinking(thinking.toString()).thenText(text.toString());
        for (Map.Entry<Integer, StringBuilder> name : names.entrySet()) {
            StringBuilder given = arguments.getOrDefault(name.getKey(), new StringBuilder());
            answer = answer.andToolCall(name.getValue().toString(), given.toString());
        }
        return answer;
    }
}
