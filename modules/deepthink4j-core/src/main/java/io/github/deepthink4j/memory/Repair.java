package io.github.deepthink4j.memory;

/**
 * Something that was put right in a conversation, so that no later request is refused for it.
 *
 * @param kind   what was wrong
 * @param detail where, such as the name of a tool; no text of the conversation
 */
public record Repair(Kind kind, String detail) {

    /** What was wrong, and what was done. */
    public enum Kind {
        /** A tool call was never answered: it got a result that says so. */
        UNANSWERED_TOOL_CALL("tool call closed that was never answered"),
        /** A tool result belongs to no call, or to one that was answered: it was removed. */
        ORPHAN_TOOL_RESULT("tool result removed that answers no call"),
        /** The same user message came twice in a row: one was removed. */
        DOUBLED_USER_MESSAGE("user message removed that was there twice"),
        /** A user message was never answered before the next one: the two became one. */
        UNANSWERED_USER_MESSAGE("user message joined with the next one, since nobody had answered it"),
        /** A user message was never answered, and there was no room for it beside the next one: it was removed. */
        UNANSWERED_USER_MESSAGE_REMOVED("user message removed that nobody had answered, for want of room"),
        /** The server refused the question, or a later request of its turn, and nobody answered: the turn was removed. */
        REFUSED_TURN("turn removed that the server had refused"),
        /** A tool round stands before the first user message: it was removed. Words of the assistant stay, as a greeting. */
        ANSWER_WITHOUT_QUESTION("message removed that no user message stands before"),
        /** There was more than one system message: the last one stayed. */
        SECOND_SYSTEM_MESSAGE("system message removed, since there is a later one");

        private final String description;

        Kind(String description) {
            this.description = description;
        }
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.description : kind.description + " (" + detail + ")";
    }
}
