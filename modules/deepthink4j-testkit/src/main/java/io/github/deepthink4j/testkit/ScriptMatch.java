package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
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
            return Rounds.since(request.messages(), Rounds.lastUser(request.messages()));
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
            return Rounds.since(request.messages(), place(request));
        }

        private int place(SimulatedRequest request) {
            List<JsonNode> messages = request.messages();
            for (int i = messages.size() - 1; i > Rounds.lastUser(messages); i--) {
                if (Messages.role(messages.get(i)).equals("tool") && text.matches(Messages.text(messages.get(i)))) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public double likeness(SimulatedRequest request) {
            JsonNode last = request.lastMessage();
            return Messages.role(last).equals("tool") ? text.likeness(Messages.text(last)) : 0;
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
            return Rounds.since(request.messages(), Rounds.lastUser(request.messages()));
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

    /** Counts rounds. */
    final class Rounds {

        private Rounds() {}

        static int lastUser(List<JsonNode> messages) {
            int last = messages.size() - 1;
            while (last >= 0 && !Messages.role(messages.get(last)).equals("user")) {
                last--;
            }
            return last;
        }

        static int since(List<JsonNode> messages, int index) {
            return (int) messages.stream()
                    .skip(index + 1L)
                    .filter(message -> Messages.role(message).equals("assistant"))
                    // What the model shall go on from is no round.
                    .filter(message -> !message.path("prefix").asBoolean(false))
                    .count();
        }
    }
}
