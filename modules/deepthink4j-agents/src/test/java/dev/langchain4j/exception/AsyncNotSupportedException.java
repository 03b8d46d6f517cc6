package dev.langchain4j.exception;

import java.io.Serial;

/** As LangChain4j 1.20 has it, for tests with 1.19. */
public class AsyncNotSupportedException extends UnsupportedFeatureException {

    @Serial
    private static final long serialVersionUID = 1L;

    public AsyncNotSupportedException(String message) {
        super(message);
    }
}
