package io.github.deepthink4j.error;

import dev.langchain4j.exception.RateLimitException;
import org.jspecify.annotations.Nullable;

/**
 * As many calls wait for their turn already as a {@code CallLimit} lets wait. Nothing was sent. It is LangChain4j's
 * {@code RateLimitException}, as a 429 is: a server's own word on the same.
 */
public final class CallQueueFullException extends RateLimitException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public CallQueueFullException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "call_queue_full";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
