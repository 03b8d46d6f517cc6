package io.github.deepthink4j.samples.rag.document;

/** A file that cannot be used; the message says why, without its name. */
public final class UnreadableDocumentException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableDocumentException(String message) {
        super(message);
    }

    public UnreadableDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
