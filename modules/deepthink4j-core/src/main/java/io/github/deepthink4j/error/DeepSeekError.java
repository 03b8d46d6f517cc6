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
     * What it was billed, in money, with failed attempts before it; an estimate where an answer broke off before its last usage came.
     * {@code null} if nothing is known to be billed, or if the model has no price list.
     */
    default @Nullable Cost cost() {
        return details().cost();
    }
}
