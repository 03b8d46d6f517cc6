package io.github.deepthink4j.testkit.internal.script;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.request.RequestJson;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.util.List;
import java.util.function.Predicate;

/** Which requests a script is for, and where in them its first round begins. */
sealed interface ScriptMatch {

    boolean matches(SimulatedRequest request);

    /** Assistant messages since the message that it is about. */
    int round(SimulatedRequest request);

    /** Between 0 and 1. */
    double likeness(SimulatedRequest request);

    /** Whether a script of one round answers in any round. */
    default boolean anyRound() {
        return false;
    }

    /** By the text of the last user message. */
    record OnMessage(TextMatch text) implements ScriptMatch {

        @Override
        public boolean matches(SimulatedRequest request) {
            return text.matches(request.lastUserText());
        }

        @Override
        public int round(SimulatedRequest request) {
            return roundsSinceQuestion(request);
        }

        @Override
        public double likeness(SimulatedRequest request) {
            return text.likeness(request.lastUserText());
        }

        @Override
        public String toString() {
            return "onMessage(" + text + ")";
        }
    }

    /** By the result that a tool has returned within the turn. */
    record OnToolResult(TextMatch text) implements ScriptMatch {

        @Override
        public boolean matches(SimulatedRequest request) {
            return place(request) >= 0;
        }

        @Override
        public int round(SimulatedRequest request) {
            return roundsSince(request.messages(), place(request));
        }

        private int place(SimulatedRequest request) {
            List<JsonNode> messages = request.messages();
            for (int i = messages.size() - 1; i > RequestJson.lastUser(messages); i--) {
                if (RequestJson.role(messages.get(i)).equals("tool")
                        && text.matches(RequestJson.text(messages.get(i)))) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public double likeness(SimulatedRequest request) {
            JsonNode last = request.lastMessage();
            return RequestJson.role(last).equals("tool") ? text.likeness(RequestJson.text(last)) : 0;
        }

        @Override
        public String toString() {
            return "onToolResult(" + text + ")";
        }
    }

    /** By anything. */
    record OnRequest(Predicate<SimulatedRequest> predicate) implements ScriptMatch {

        @Override
        public boolean matches(SimulatedRequest request) {
            return predicate.test(request);
        }

        @Override
        public int round(SimulatedRequest request) {
            return roundsSinceQuestion(request);
        }

        @Override
        public double likeness(SimulatedRequest request) {
            return matches(request) ? 1 : 0;
        }

        @Override
        public boolean anyRound() {
            return true;
        }

        @Override
        public String toString() {
            return "onRequest(...)";
        }
    }

    private static int roundsSinceQuestion(SimulatedRequest request) {
        List<JsonNode> messages = request.messages();
        return roundsSince(messages, RequestJson.lastUser(messages));
    }

    /** Assistant messages after this place. */
    private static int roundsSince(List<JsonNode> messages, int place) {
        return (int) messages.stream()
                .skip(place + 1L)
                .filter(message -> RequestJson.role(message).equals("assistant"))
                // What the model shall go on from is no round.
                .filter(message -> !RequestJson.isPrefix(message))
                .count();
    }
}
