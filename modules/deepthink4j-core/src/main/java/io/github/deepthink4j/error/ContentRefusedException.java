package io.github.deepthink4j.error;

import dev.langchain4j.exception.ContentFilteredException;
import org.jspecify.annotations.Nullable;

/**
 * The provider's content filter has refused the prompt or stopped the answer.
 */
public final class ContentRefusedException extends ContentFilteredException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public ContentRefusedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "content_refused";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
