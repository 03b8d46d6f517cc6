package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;

/** Whoever keeps the conversation that a question belongs to. */
@FunctionalInterface
public interface Asker {

    /**
     * The request that carried the question was refused. Must not throw.
     *
     * @param question as it was told to {@link OpenQuestions}
     * @param behind   how many messages of the request stood behind the question: where the conversation has gone further by
     *                 then, the refusal comes too late to concern it
     */
    void refused(UserMessage question, int behind, Throwable error);

    /** Whether these messages are what the conversation would send now. Asked only where several share one question's object. */
    default boolean sends(List<ChatMessage> request) {
        return false;
    }
}
