package io.github.deepthink4j.samples.rag.answer;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import java.util.concurrent.CancellationException;

/** Whoever answers question after question. */
public interface Answering {

    /**
     * Answers a question, or says that the documents do not.
     *
     * @throws CancellationException if {@link #stop()} was called meanwhile
     */
    Answer ask(String question, AnswerListener listener);

    /** Stops the question that is being asked, if there is one. */
    void stop();

    void forget();

    /** What the turns before it did not add to the last request that was answered. */
    LeftOut leftOut();

    /** The question whose language a conversation's instructions have. */
    static String firstQuestion(ChatMemory memory, String asked) {
        return memory.messages().stream()
                .filter(UserMessage.class::isInstance)
                .map(message -> ((UserMessage) message).singleText())
                .findFirst()
                .orElse(asked);
    }
}
