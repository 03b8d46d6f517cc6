package io.github.deepthink4j.samples.rag.retrieval;

/** No passage is near enough to the question. Thrown before the reasoner is asked, and before the memory is touched. */
public final class NotInTheseDocumentsException extends RuntimeException {

    /** What the user is told, and what the reasoner is told to say where the passages do not hold the answer. */
    public static final String SENTENCE = "Not in these documents.";

    private static final long serialVersionUID = 1L;

    public NotInTheseDocumentsException() {
        super(SENTENCE);
    }
}
