package io.github.deepthink4j.reactor;

import static java.util.Objects.requireNonNull;

/**
 * A {@link ReasoningEvent} as a server-sent event: a name and a JSON object, for whatever server sends it to a browser. The
 * names and fields are a wire format: new ones may come, none goes. See {@code docs/reactor.md}.
 *
 * @param event {@code thinking}, {@code answer}, {@code tool_call_piece}, {@code tool_call}, {@code tool_executed},
 *              {@code completed} or {@code failed}
 * @param data  JSON on one line
 */
public record SseEvent(String event, String data) {

    public SseEvent {
        requireNonNull(event, "event");
        requireNonNull(data, "data");
    }

    public static SseEvent of(ReasoningEvent event) {
        return new SseEvent(EventJson.name(event), EventJson.of(event));
    }

    /**
     * An error as the last event, named {@code failed}: a browser reports lost connections as {@code error}. Its message is
     * told only if it is one of deepthink4j's own, which hold no secret; of other errors a browser learns nothing. Where the answer
     * was refused after something of it had come, {@code withdraw} is {@code true}: a page takes back what it has shown.
     */
    public static SseEvent failed(Throwable error) {
        return new SseEvent("failed", EventJson.of(error));
    }

    /** As it goes over the wire, with the blank line at its end. */
    public String toText() {
        return "event: " + event + "\ndata: " + data + "\n\n";
    }
}
