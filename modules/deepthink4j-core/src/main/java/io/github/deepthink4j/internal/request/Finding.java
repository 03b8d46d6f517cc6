package io.github.deepthink4j.internal.request;

import java.util.function.UnaryOperator;

/**
 * One way in which a request goes against the rules.
 *
 * @param kind      what the server would do about it
 * @param message   what is wrong and what to do, for the exception or the log
 * @param downgrade the request without it
 */
record Finding(Kind kind, String message, UnaryOperator<RequestDraft> downgrade) {

    enum Kind {
        /** The model lacks the feature. */
        UNSUPPORTED,
        /** The value is not acceptable. */
        INVALID,
        /** The model can do without it, and goes without it whatever the check. */
        LEFT_OUT,
        /** Accepted and not heeded. */
        IGNORED
    }

    static Finding unsupported(String message, UnaryOperator<RequestDraft> downgrade) {
        return new Finding(Kind.UNSUPPORTED, message, downgrade);
    }

    static Finding invalid(String message, UnaryOperator<RequestDraft> downgrade) {
        return new Finding(Kind.INVALID, message, downgrade);
    }

    static Finding leftOut(String message, UnaryOperator<RequestDraft> downgrade) {
        return new Finding(Kind.LEFT_OUT, message, downgrade);
    }

    static Finding ignored(String message) {
        return new Finding(Kind.IGNORED, message, UnaryOperator.identity());
    }
}
