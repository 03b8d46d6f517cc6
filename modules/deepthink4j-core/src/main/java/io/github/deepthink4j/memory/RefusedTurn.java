package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.memory.StoredConversation.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A turn in progress that the server will not have. The mark stands on its last message, so that it survives the store and
 * another process sees it; whatever the model adds takes it away again, since then somebody has answered after all.
 */
final class RefusedTurn {

    /** Attributes are stored and never sent. */
    private static final String REFUSED = "deepthink4j.refused";

    private RefusedTurn() {}

    /** Whether this is the last message of a turn that is refused. */
    static boolean isMarked(@Nullable ChatMessage last) {
        return Boolean.TRUE.equals(attributesOf(last).get(REFUSED));
    }

    /**
     * Marks the turn in progress, if it concerns it.
     *
     * @return with the turn, which is empty if nothing is to be marked
     */
    static Change<List<ChatMessage>> mark(List<ChatMessage> stored, Predicate<List<ChatMessage>> concerned) {
        int start = startOfOpenTurn(stored);
        if (start < 0) {
            return new Change<>(List.of(), null);
        }
        int end = stored.size() - 1;
        ChatMessage last = stored.get(end);
        List<ChatMessage> turn = List.copyOf(stored.subList(start, end + 1));
        if (isMarked(last) || !concerned.test(turn)) {
            return new Change<>(List.of(), null);
        }
        ChatMessage marked = marked(last);
        if (stored instanceof Conversation own) {
            return new Change<>(turn, own.withLast(marked));
        }
        List<ChatMessage> next = new ArrayList<>(stored);
        next.set(end, marked);
        return new Change<>(turn, next);
    }

    static ChatMessage marked(ChatMessage last) {
        Map<String, Object> attributes = new HashMap<>(attributesOf(last));
        attributes.put(REFUSED, true);
        return withAttributes(last, attributes);
    }

    /** The same if there is no mark. */
    static ChatMessage unmarked(ChatMessage last) {
        if (!isMarked(last)) {
            return last;
        }
        Map<String, Object> attributes = new HashMap<>(attributesOf(last));
        attributes.remove(REFUSED);
        return withAttributes(last, attributes);
    }

    /**
     * Where the turn in progress begins, user messages in a row being one question.
     *
     * @return {@code -1} if none is: there is no question, or it has its answer
     */
    static int startOfOpenTurn(List<ChatMessage> body) {
        int start = body.size() - 1;
        if (start < 0 || isAnswer(body.get(start))) {
            return -1;
        }
        while (start >= 0 && !(body.get(start) instanceof UserMessage)) {
            start--;
        }
        while (start > 0 && body.get(start - 1) instanceof UserMessage) {
            start--;
        }
        return start;
    }

    /**
     * Whether this question, which may have been joined with others, is one of the turn, and no more has been said since than a
     * request with so many messages behind the question knows.
     */
    static boolean asks(List<ChatMessage> turn, UserMessage question, int behind) {
        for (int i = turn.size() - 1; i >= 0; i--) {
            if (turn.get(i) instanceof UserMessage user
                    && Collections.indexOfSubList(user.contents(), question.contents()) >= 0) {
                return turn.size() - 1 - i <= behind;
            }
        }
        return false;
    }

    private static boolean isAnswer(ChatMessage message) {
        return message instanceof AiMessage ai && !ai.hasToolExecutionRequests();
    }

    private static Map<String, Object> attributesOf(@Nullable ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.attributes();
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result.attributes();
        }
        return message instanceof AiMessage ai ? ai.attributes() : Map.of();
    }

    private static ChatMessage withAttributes(ChatMessage message, Map<String, Object> attributes) {
        if (message instanceof UserMessage user) {
            return user.toBuilder().attributes(attributes).build();
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result.toBuilder().attributes(attributes).build();
        }
        return message instanceof AiMessage ai
                ? ai.toBuilder().attributes(attributes).build()
                : message;
    }
}
