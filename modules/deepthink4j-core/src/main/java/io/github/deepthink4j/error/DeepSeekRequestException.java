package io.github.deepthink4j.error;

import dev.langchain4j.exception.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** What those have in common that are the request's fault, and LangChain4j's {@code InvalidRequestException}. */
abstract class DeepSeekRequestException extends InvalidRequestException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient @Nullable ErrorDetails details;

    DeepSeekRequestException(String code, String message, ErrorDetails details, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.details = details;
    }

    @Override
    public final String code() {
        return code;
    }

    @Override
    public final ErrorDetails details() {
        return details == null ? ErrorDetails.NONE : details;
    }
}
