package io.github.deepthink4j.error;

import dev.langchain4j.exception.InternalServerException;
import org.jspecify.annotations.Nullable;

/**
 * What came is not an answer of this API: HTML, nothing, or garbage. Mostly the base url is wrong, or a proxy has
 * answered.
 */
public final class MalformedAnswerException extends InternalServerException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public MalformedAnswerException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "malformed_answer";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
