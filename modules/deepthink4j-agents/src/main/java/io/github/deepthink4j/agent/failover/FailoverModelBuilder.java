package io.github.deepthink4j.agent.failover;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.agent.CombinedModelBuilder;
import io.github.deepthink4j.agent.failover.Failover.Reserve;
import io.github.deepthink4j.agent.internal.Part;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What the builders of the blocking and the streaming model share.
 *
 * @param <M> {@code ChatModel} or {@code StreamingChatModel}
 * @param <B> the builder itself
 */
public abstract class FailoverModelBuilder<M, B extends FailoverModelBuilder<M, B>> extends CombinedModelBuilder<B> {

    /**
     * Half of the last 10 calls, and at least 5 of them, must fail; then a part rests for 30 seconds, and one call tries it again.
     * A slow call is no failure: a thought may take minutes, and a timeout is a failure by itself.
     */
    public static final CircuitBreakerConfig DEFAULT_CIRCUIT_BREAKER = CircuitBreakerConfig.custom()
            .slidingWindowSize(10)
            .minimumNumberOfCalls(5)
            .failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(30))
            .permittedNumberOfCallsInHalfOpenState(1)
            .slowCallDurationThreshold(Duration.ofDays(1))
            .build();

    private final List<Part<M>> parts = new ArrayList<>();
    private CircuitBreakerConfig circuitBreaker = DEFAULT_CIRCUIT_BREAKER;
    private boolean onEmptyBalance;

    FailoverModelBuilder() {}

    abstract Part<M> part(String name, M model);

    /** Adds a part, to be asked after those added before it. Its name is its place and its model id, such as {@code 1 deepseek-flash}. */
    public B part(M model) {
        Part<M> unnamed = part("part", requireNonNull(model, "model"));
        String place = String.valueOf(parts.size() + 1);
        return named(unnamed.modelName() == null ? place : place + " " + unnamed.modelName(), model);
    }

    /**
     * As {@code part(model)}, with a name for metadata, listeners and errors.
     *
     * @throws IllegalArgumentException if there is a part of that name
     */
    public B namedPart(String name, M model) {
        return named(requireNonNull(name, "name"), requireNonNull(model, "model"));
    }

    private B named(String name, M model) {
        if (parts.stream().anyMatch(part -> part.name().equals(name))) {
            throw new IllegalArgumentException("there are two parts named '" + name + "': give them different names");
        }
        parts.add(part(name, model));
        return self();
    }

    /** Whether a part whose account is empty (HTTP 402) is passed over too; it is not by default, so that somebody notices. */
    public B failoverOnEmptyBalance(boolean failoverOnEmptyBalance) {
        this.onEmptyBalance = failoverOnEmptyBalance;
        return self();
    }

    /**
     * When a part that keeps failing is to rest, and for how long; {@link #DEFAULT_CIRCUIT_BREAKER} by default. Each part has a
     * breaker of its own. Only failures that lead to the next part count.
     */
    public B circuitBreaker(CircuitBreakerConfig config) {
        this.circuitBreaker = requireNonNull(config, "config");
        return self();
    }

    Failover<M> failover() {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(
                    "a failover model needs parts: add them to the builder, the first choice first");
        }
        return new Failover<>(
                parts.stream()
                        .map(part -> new Reserve<>(part, CircuitBreaker.of(part.name(), circuitBreaker)))
                        .toList(),
                new FailoverPolicy(onEmptyBalance),
                builtPromptLanguage());
    }
}
