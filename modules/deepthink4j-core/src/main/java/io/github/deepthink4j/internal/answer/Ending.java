package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.settings.DecoderLimits;
import org.jspecify.annotations.Nullable;

/**
 * How an answer has ended. Only {@link Kind#COMPLETE} is a success.
 *
 * @param detail  what is known beyond the kind, such as the server's own words
 * @param trouble what came of the answer behind a refusal, which that does not undo; {@code null} if it has ended with it
 */
public record Ending(
        Kind kind, @Nullable String detail, @Nullable Ending trouble) {

    public Ending(Kind kind, @Nullable String detail) {
        this(kind, detail, null);
    }

    /** Whether not all has come, whatever is made of that. */
    boolean isCut() {
        return kind == Kind.CUT || (trouble != null && trouble.isCut());
    }

    /** What may come of an answer. */
    public enum Kind {
        /** It ended properly, with something in it. */
        COMPLETE,
        /** It broke off: no finish reason came, or no {@code [DONE]} where the host must send it. */
        CUT,
        /** It ended with {@code stop} and there is nothing in it. */
        EMPTY,
        /** {@code max_tokens} was reached before there was an answer, or in the midst of a tool call. */
        BUDGET_EATEN,
        /** {@code content_filter}. */
        REFUSED,
        /** {@code insufficient_system_resource}. */
        OVERLOADED,
        /** {@code aborted}. */
        ABORTED,
        /** A finish reason that nobody here knows. DeepSeek's own client takes it for an error too. */
        UNKNOWN_FINISH,
        /** An error object in the midst of a success. */
        ERROR_IN_STREAM,
        /** A tool call that can't be read, or was announced and did not come: what it meant is not guessed. */
        BAD_CALL,
        /** The whole message at its end is another one than its pieces: one of them has a hole in it, and nobody knows which. */
        CONTRADICTORY,
        /** Not an answer of this API. */
        MALFORMED,
        /** Beyond the {@link DecoderLimits}. */
        TOO_LARGE
    }
}
