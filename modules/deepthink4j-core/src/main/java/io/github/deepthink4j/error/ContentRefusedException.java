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
     * the thought and the pieces of a tool call included. What it was is in {@link #partialMessage()}, but for a call that never became whole.
     * Also where the rest of an answer was asked for, whose beginning may have been shown before. {@code false} where a prompt without one
     * was refused. Where an AI service calls tools, each round is a request of its own: what the rounds before it have shown of the same answer counts
     * with the {@code Flux} of {@code deepthink4j-reactor} only; a {@code TokenStream}'s listener has to know it.
     */
    public boolean mustWithdraw() {
        return details().hasArrived() || details().beginning() != null;
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
