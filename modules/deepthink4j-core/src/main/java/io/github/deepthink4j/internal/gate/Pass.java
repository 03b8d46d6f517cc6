package io.github.deepthink4j.internal.gate;

import dev.langchain4j.model.chat.response.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * One call's way through a gate. An attempt {@linkplain #enter enters}, and then is over by one of {@link #answered},
 * {@link #failed} and {@link #close}; what comes twice, or out of turn, does nothing. Thread-safe.
 */
public interface Pass {

    /**
     * An attempt wants to be sent. Never blocks.
     *
     * @param entrance is told once, at once or later, on whatever thread, unless {@link #close} comes first
     */
    void enter(Entrance entrance);

    /** The attempt has passed all gates and is about to be sent; from now on it may cost something. */
    void sent();

    /** The attempt has brought the answer; before the user hears of it. */
    void answered(ChatResponse response);

    /** The attempt has failed. */
    Verdict failed(FailedAttempt attempt);

    /** What holds this call up at the moment; {@code null} if that is the same for each call, which the gate says. */
    default Gate.@Nullable HeldUp heldUp() {
        return null;
    }

    /** The call is over: it has had its end, was cancelled, or will never be sent. May come at any time, and again. */
    void close();

    /** What a failed attempt is to a gate. */
    enum Verdict {
        /** The retry policy's matter. */
        NO_MATTER,
        /** The gate wants the call back, and holds it for as long as is right. */
        TRY_AGAIN,
        /** The gate's matter, which has given it up: the error is the caller's. */
        GIVE_UP
    }

    /** Where an attempt waits. */
    interface Entrance {

        void admitted();

        /** There will be no attempt; the error is the caller's. */
        void refused(RuntimeException error);
    }
}
