package io.github.deepthink4j.error;

import dev.langchain4j.exception.ContentFilteredException;
import org.jspecify.annotations.Nullable;

/**
 * The provider's content filter has refused the prompt or stopped the answer, or the model has declined. An answer can be refused
 * after its last token, when all of it has been shown already: see {@link #mustWithdraw()}.
 */
public final class ContentRefusedException extends ContentFilteredException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public ContentRefusedException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    /**
     * Whether something of the answer had come, so that pieces of it may have been shown: whoever shows them must take them back,
     * the thought included. What it was is in {@link #partialMessage()}. {@code false} where the prompt was refused.
     */
    public boolean mustWithdraw() {
        return partialMessage() != null;
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
