package io.github.deepthink4j.profile;

/** What to do with a request that goes against the rules of a {@link ModelProfile}. */
public enum ParameterCheck {
    /** No check: the request goes out as it was written and the server has the last word. */
    IGNORE,
    /**
     * What the server would refuse is left out or replaced, what it would silently ignore is sent; each is logged once
     * at WARN level.
     */
    WARN,
    /**
     * What the server would answer with an error is refused before anything is sent, with LangChain4j's
     * {@code UnsupportedFeatureException} or {@code InvalidRequestException}; what it would silently ignore is logged
     * once at WARN level. The default.
     */
    FAIL
}
