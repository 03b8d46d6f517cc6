package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.exception.LangChain4jException;
import org.jspecify.annotations.Nullable;

/**
 * A conversation could not be read or written. Its message says whether anything can have changed; the cause, if there is one, is the
 * database's.
 */
public class ChatMemoryStoreException extends LangChain4jException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own; the cause is {@code null} where the database has failed in nothing. */
    public ChatMemoryStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
