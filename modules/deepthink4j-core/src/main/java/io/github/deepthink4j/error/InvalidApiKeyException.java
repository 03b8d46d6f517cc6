package io.github.deepthink4j.error;

import dev.langchain4j.exception.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * The key is missing, wrong or may not do this (HTTP 401 and 403).
 */
public final class InvalidApiKeyException extends AuthenticationException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable ErrorDetails details;

    /** An error with a message of its own. */
    public InvalidApiKeyException(String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.details = details;
    }

    @Override
    public String code() {
        return "invalid_api_key";
    }

    @Override
    public ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
