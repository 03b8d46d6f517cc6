package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The text of the events of an answer. */
final class EventStream {

    static final String DONE = "data: [DONE]\n\n";

    private EventStream() {}

    static String event(JsonNode chunk) {
        return "data: " + chunk + "\n\n";
    }

    static String events(List<? extends JsonNode> chunks) {
        return chunks.stream().map(EventStream::event).collect(Collectors.joining());
    }

    /** All of it. */
    static String of(AnswerJson json, PlannedAnswer plan) {
        return event(json.firstChunk())
                + events(json.chunks(plan))
                + event(json.lastChunk(plan.finish(), plan.usage()))
                + DONE;
    }
}
