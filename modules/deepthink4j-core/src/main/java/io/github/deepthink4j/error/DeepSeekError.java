package io.github.deepthink4j.error;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.price.Cost;
import org.jspecify.annotations.Nullable;

/**
 * What all exceptions of this package have in common. Each is a LangChain4j exception too, so whoever catches
 * {@code RateLimitException} gets ours as well; whoever wants to know more asks here.
 */
public interface DeepSeekError {

    /** A word that stays the same over versions, for metrics and alerts, such as {@code insufficient_balance}. */
    String code();

    /** All that is known; never {@code null}, also not after serialization, where it is empty. */
    ErrorDetails details();

    /** The HTTP status; {@code null} if there was no response. */
    default @Nullable Integer httpStatus() {
        return details().httpStatus();
    }

    /** Under which the provider finds the request in its logs; {@code null} if it gave none. */
    default @Nullable String requestId() {
        return details().requestId();
    }

    /** What of the answer had arrived; {@code null} if nothing had. It is not complete: never store it as an answer. */
    default @Nullable AiMessage partialMessage() {
        return details().partialMessage();
    }

    /** What it has used; {@code null} if the server had not said by then. Of an answer that broke off it may be what it had used a while before. */
    default @Nullable TokenUsage tokenUsage() {
        return details().tokenUsage();
    }

    /**
     * What it was billed, in money, with failed attempts before it; an estimate where an answer broke off before its last usage came, and
     * {@link Cost#unknown} where {@linkplain #mayBeBilled it may have been billed} and nobody says how much. {@code null} if it was not billed,
     * or if the model has no price list.
     */
    default @Nullable Cost cost() {
        return details().cost();
    }

    /**
     * What a failure says that was billed, whichever it is: the {@link #cost()} of the error, or of the one that it wraps, and of those
     * that failed before it, such as other parts of a model made of several, which it has as suppressed exceptions.
     *
     * @return {@code null} if nothing is known to be billed
     */
    static @Nullable Cost costOf(Throwable error) {
        return BilledFailures.cost(error);
    }

    /**
     * Whether a call that failed so may have been billed. It was not where it was refused, by a server (3xx, 4xx, and 503 or 529 for lack of
     * capacity) or before it was sent, or where there was no connection; of all else (a time-out, another 5xx, an answer that broke off or
     * that nobody could read, and what is not known here) nobody can tell.
     */
    static boolean mayBeBilled(Throwable error) {
        return BilledFailures.mayBe(error);
    }
}
