package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.data.message.UserMessage;

/** Whoever keeps the conversation that a question belongs to. */
@FunctionalInterface
public interface Asker {

    /**
     * The request that carried the question was refused. Must not throw.
     *
     * @param question as it was told to {@link OpenQuestions}
     */
    void refused(UserMessage question, Throwable error);
}
