package io.github.deepthink4j.error;

import org.jspecify.annotations.Nullable;

/**
 * What came is not an answer of this API: HTML, nothing, or garbage. Mostly the base url is wrong, or a proxy has
 * answered. With an HTTP status it is the host that has refused what its model has written, such as a broken tool call.
 */
public final class MalformedAnswerException extends DeepSeekServerException {

    private static final long serialVersionUID = 1L;

    /** An error with a message of its own. */
    public MalformedAnswerException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super("malformed_answer", message, details, cause);
    }
}
