package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells the listener and the log what has become of a conversation. Outside the conversation's lock: a listener may take its time,
 * or use the memory.
 */
record MemoryEvents(Object id, ReasoningMemoryListener listener) {

    private static final SafeLog LOG = SafeLog.of(ReasoningChatMemory.class);

    void changed(Recollection change) {
        for (AiMessage message : change.dropped()) {
            tell(listener -> listener.onReasoningDropped(id, message));
        }
        for (List<ChatMessage> turn : change.evicted()) {
            tell(listener -> listener.onTurnEvicted(id, turn));
        }
        if (!change.repairs().isEmpty()) {
            LOG.warn("Chat memory {} was repaired: {}", id, change.repairs());
            tell(listener -> listener.onRepaired(id, change.repairs()));
        }
        String overLimit = change.overLimit();
        if (overLimit != null) {
            LOG.warn(
                    "Chat memory {}: the turn in progress alone has {}. It is kept whole until the next one",
                    id,
                    overLimit);
            tell(listener -> listener.onTurnOverLimit(id, overLimit));
        }
    }

    /** The turn in progress is not sent again. */
    void refused(List<ChatMessage> turn, Throwable error) {
        LOG.warn("Chat memory {}: the turn in progress was refused and is not sent again: {}", id, error.toString());
        tell(listener -> listener.onTurnRefused(id, turn, error));
    }

    void couldNotNoteRefusal(Throwable error) {
        LOG.warn("Chat memory {} could not note that a question was refused", id, error);
    }

    private void tell(Consumer<ReasoningMemoryListener> event) {
        try {
            event.accept(listener);
        } catch (Throwable e) {
            LOG.warn("A listener of chat memory {} has failed", id, e);
        }
    }
}
