package io.github.deepthink4j.testkit.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;

/** The text of the events of an answer. */
public final class EventStream {

    public static final String TYPE = "text/event-stream; charset=utf-8";
    public static final String KEEP_ALIVE = ": keep-alive\n\n";
    public static final String DONE = "data: [DONE]\n\n";
    public static final String NO_JSON = "data: {\"choices\": [{]]\n\n";

    private EventStream() {}

    public static String event(JsonNode chunk) {
        return "data: " + text(chunk) + "\n\n";
    }

    /** JSON in which half of a character, that UTF-8 can't say, is an escape such as {@code \\ud83d}: some hosts cut there. */
    public static String text(JsonNode json) {
        String text = json.toString();
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                escaped.append("\\u").append(Integer.toHexString(point));
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    public static String errorEvent(JsonNode error) {
        return "event: error\n" + event(error);
    }

    public static String events(List<? extends JsonNode> chunks) {
        return chunks.stream().map(EventStream::event).collect(Collectors.joining());
    }

    /** All of it. */
    public static String of(AnswerJson json, PlannedAnswer plan) {
        return event(json.firstChunk()) + events(json.chunks(plan)) + event(json.lastChunk(plan)) + DONE;
    }
}
