package io.github.deepthink4j.error;

import dev.langchain4j.exception.LangChain4jException;
import org.jspecify.annotations.Nullable;

/**
 * The waiting thread was interrupted. The request was cancelled and the thread's interrupt flag is set again.
 */
public final class CallInterruptedException extends LangChain4jException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public CallInterruptedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "interrupted";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
