package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.settings.RetryPolicy;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of the services beside chats share, such as web search.
 *
 * @param <B> the builder itself
 */
public abstract class DeepSeekServiceBuilder<B extends DeepSeekServiceBuilder<B>> extends DeepSeekConnectionBuilder<B> {

    private static final int MOST_ANSWER_BYTES = 1 << 30;

    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private @Nullable Pricing pricing;
    private int maxAnswerBytes = 64 * 1024 * 1024;

    DeepSeekServiceBuilder() {}

    /**
     * Which failures to try again, and when; {@link RetryPolicy#DEFAULT} by default. An answer that is none is never asked for again; an
     * upload, a deletion or an OCR only after what tells that nothing was done: a refused connection, HTTP 429, 500 and 503.
     */
    public B retryPolicy(RetryPolicy retryPolicy) {
        this.retryPolicy = requireNonNull(retryPolicy, "retryPolicy");
        return self();
    }

    /** How often to try again after the first attempt: short for {@link #retryPolicy}. */
    public B maxRetries(int maxRetries) {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries must not be negative, but is " + maxRetries);
        }
        return retryPolicy(RetryPolicy.from(retryPolicy)
                .maxAttempts(maxRetries == Integer.MAX_VALUE ? maxRetries : maxRetries + 1)
                .build());
    }

    /**
     * What calls cost, where a service tells it; by default the price list that the class path brings, if it brings one: see
     * {@link Pricing#found()}. {@link Pricing#NONE} prices nothing.
     */
    public B pricing(@Nullable Pricing pricing) {
        this.pricing = pricing;
        return self();
    }

    /**
     * How large an answer may be, 64 MiB by default: a thousand pages of a document, or the pages of fifty search results, have some
     * megabytes. It is held in memory, more than once. A larger one is an {@code AnswerTooLargeException}.
     *
     * @throws IllegalArgumentException if it is less than one or more than a gibibyte
     */
    public B maxAnswerBytes(int maxAnswerBytes) {
        if (maxAnswerBytes < 1 || maxAnswerBytes > MOST_ANSWER_BYTES) {
            throw new IllegalArgumentException(
                    "maxAnswerBytes must be between 1 and " + MOST_ANSWER_BYTES + ", but is " + maxAnswerBytes);
        }
        this.maxAnswerBytes = maxAnswerBytes;
        return self();
    }

    ServiceCalls calls(Class<?> owner) {
        Endpoints endpoints = endpoints();
        return new ServiceCalls(
                endpoints,
                headers(),
                timeouts(),
                retryPolicy,
                lifetime(endpoints, log(owner)),
                scheduler(),
                new Prices(pricing != null ? pricing : Pricing.found(), Clock.systemUTC(), SafeLog.of(log(owner))),
                maxAnswerBytes,
                log(owner));
    }
}
