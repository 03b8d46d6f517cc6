package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.exception.LangChain4jException;

/** A model has not scored the passages, for the reason that the message says. */
public final class NoScoresException extends LangChain4jException {

    private static final long serialVersionUID = 1L;

    NoScoresException(String message) {
        super(message);
    }
}
