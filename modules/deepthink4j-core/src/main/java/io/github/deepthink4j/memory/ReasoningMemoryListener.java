package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/**
 * Hears what a {@link ReasoningChatMemory} lets go of, for display, audit or metrics. It is told once, when the store has
 * been written, on the thread that changed the memory and outside its lock. An exception from it is logged and goes no
 * further.
 */
public interface ReasoningMemoryListener {

    /**
     * The reasoning of a message will not be read by the model any more and was left out of the store.
     *
     * @param message with the reasoning still in it
     */
    default void onReasoningDropped(Object memoryId, AiMessage message) {}

    /**
     * A turn had to make room.
     *
     * @param turn its messages, beginning with the user's; or the greeting with which the assistant began, alone
     */
    default void onTurnEvicted(Object memoryId, List<ChatMessage> turn) {}

    /** Something was put right; it is logged as well. */
    default void onRepaired(Object memoryId, List<Repair> repairs) {}

    /**
     * A model has refused the turn in progress, for what it holds: content that a filter does not pass, a picture that the model
     * can't read, more than the context takes. It will not be sent again and makes room for the next question, unless another
     * model answers it still. Told when it happens, on the thread of the model's error, and logged as well.
     *
     * @param turn  its messages, beginning with the user's
     * @param error what the model has thrown, or given to its handler
     */
    default void onTurnRefused(Object memoryId, List<ChatMessage> turn, Throwable error) {}

    /**
     * The turn in progress has grown over a limit. It is kept whole all the same, since the model's answers and the
     * tools' results are paid for; the next question evicts it if it has to. It is logged as well.
     *
     * @param limit such as {@code "12 messages, and at most 10 are to be kept"}
     */
    default void onTurnOverLimit(Object memoryId, String limit) {}
}
