package io.github.deepthink4j.agent.failover;

import dev.langchain4j.exception.InternalServerException;

/**
 * Every part of a failover model has failed too often and rests, so that nobody was asked. Worth another try when the time to rest
 * is over.
 */
public final class AllPartsRestingException extends InternalServerException {

    private static final long serialVersionUID = 1L;

    AllPartsRestingException(String message) {
        super(message);
    }

    /** A word that stays the same over versions, for metrics and alerts. */
    public String code() {
        return "all_parts_resting";
    }
}
