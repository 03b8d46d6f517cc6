package io.github.deepthink4j.samples.rag.retrieval;

import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.stream.Stream;

/** No passage is near enough to the question. Thrown before the reasoner is asked, and before the memory is touched. */
public final class NotInTheseDocumentsException extends RuntimeException {

    /** What the user is told, and what the reasoner is told to say where the passages do not hold the answer. */
    public static final String SENTENCE = "Not in these documents.";

    /** The same, to who asks in Chinese. */
    public static final String IN_CHINESE = "这些文档里没有。";

    private static final long serialVersionUID = 1L;

    /** @param question in whose language it is said */
    public NotInTheseDocumentsException(String question) {
        super(sentence(question));
    }

    /** In the language of a question. */
    public static String sentence(String question) {
        return Words.inTheLanguageOf(question, SENTENCE, IN_CHINESE);
    }

    /** Whether an answer, or a sentence of it, says so. */
    public static boolean isSaidBy(String answer) {
        String plain = answer.strip().replaceAll("[*_\"“”]", "");
        return Stream.of(SENTENCE, IN_CHINESE).anyMatch(plain::startsWith);
    }
}
