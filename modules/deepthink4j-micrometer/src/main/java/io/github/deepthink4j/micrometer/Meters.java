package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The meters beside the timer that Micrometer makes of each observation. Tags are bounded words: no id, and nothing that a user has said. */
final class Meters {

    static final String TOKEN_USAGE = "gen_ai.client.token.usage";
    static final String TOKENS = "deepthink4j.client.tokens";
    static final String FIRST_THOUGHT = "deepthink4j.client.first_thought";
    static final String FIRST_WORD = "deepthink4j.client.first_word";
    static final String COST = "deepthink4j.client.cost";
    static final String UNPRICED = "deepthink4j.client.unpriced";
    static final String ERRORS = "deepthink4j.client.errors";
    static final String RETRIES = "deepthink4j.client.retries";
    static final String CANCELLED = "deepthink4j.client.cancelled";
    static final String OPEN_STREAMS = "deepthink4j.client.open_streams";

    /** A gauge is one for its registry, whoever counts. */
    private static final Map<MeterRegistry, AtomicInteger> OPEN = new WeakHashMap<>();

    private final MeterRegistry registry;
    private final BoundedNames names;
    private final DefaultChatObservationConvention convention;
    private final AtomicInteger open;

    Meters(MeterRegistry registry, BoundedNames names, DefaultChatObservationConvention convention) {
        this.registry = registry;
        this.names = names;
        this.convention = convention;
        synchronized (OPEN) {
            this.open = OPEN.computeIfAbsent(registry, key -> new AtomicInteger());
        }
        Guard.run(() -> Gauge.builder(OPEN_STREAMS, open, AtomicInteger::get)
                .description("Calls that were sent and whose answer has not ended")
                .strongReference(true)
                .register(registry));
    }

    /** In nanoseconds, by the registry's clock. */
    long nanoTime() {
        try {
            return registry.config().clock().monotonicTime();
        } catch (Throwable e) {
            Guard.log(e);
            return System.nanoTime();
        }
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    void firstThought(ChatObservationContext call, Duration after) {
        time(FIRST_THOUGHT, "From the call to the first piece of the thought", call, after);
    }

    void firstWord(ChatObservationContext call, Duration after) {
        time(FIRST_WORD, "From the call to the first piece of the answer's text", call, after);
    }

    private void time(String name, String description, ChatObservationContext call, Duration after) {
        Timer.builder(name)
                .description(description)
                .tags(asked(call))
                .register(registry)
                .record(after);
    }

    void retried(ChatObservationContext call, Throwable error) {
        Counter.builder(RETRIES)
                .description("Further attempts, by the error of the attempt before")
                .tags(asked(call).and("error.type", names.of("error.type", ErrorTypes.of(error))))
                .register(registry)
                .increment();
    }

    void failed(ChatObservationContext call, Throwable error) {
        Counter.builder(ERRORS)
                .description("Calls that have failed")
                .tags(asked(call).and("error.type", names.of("error.type", ErrorTypes.of(error))))
                .register(registry)
                .increment();
    }

    void cancelled(ChatObservationContext call) {
        Counter.builder(CANCELLED)
                .description("Calls that their caller has cancelled")
                .tags(asked(call))
                .register(registry)
                .increment();
    }

    void used(ChatObservationContext call, @Nullable TokenUsage usage) {
        if (usage == null) {
            return;
        }
        usage(call, "input", usage.inputTokenCount());
        usage(call, "output", usage.outputTokenCount());
        DeepSeekTokenUsage own = usage instanceof DeepSeekTokenUsage known ? known : null;
        split(
                call,
                usage.inputTokenCount(),
                "cache_hit",
                own == null ? null : own.cacheHitTokenCount(),
                "cache_miss",
                "input");
        split(
                call,
                usage.outputTokenCount(),
                "reasoning",
                own == null ? null : own.reasoningTokenCount(),
                "answer",
                "output");
    }

    private void usage(ChatObservationContext call, String type, @Nullable Integer tokens) {
        if (tokens != null) {
            DistributionSummary.builder(TOKEN_USAGE)
                    .description("Tokens of a call")
                    .baseUnit("token")
                    .tags(answered(call).and("gen_ai.token.type", type))
                    .register(registry)
                    .record(tokens);
        }
    }

    /** In parts that add up to the whole; the whole by itself where its parts are not known. */
    private void split(
            ChatObservationContext call,
            @Nullable Integer whole,
            String part,
            @Nullable Integer ofIt,
            String rest,
            String undivided) {
        if (whole == null) {
            return;
        }
        if (ofIt == null || ofIt > whole) {
            tokens(call, undivided, whole);
        } else {
            tokens(call, part, ofIt);
            tokens(call, rest, whole - ofIt);
        }
    }

    private void tokens(ChatObservationContext call, String kind, int tokens) {
        Counter.builder(TOKENS)
                .description("Tokens, in parts that add up")
                .baseUnit("tokens")
                .tags(answered(call).and("deepthink4j.token.kind", kind))
                .register(registry)
                .increment(tokens);
    }

    /** What is known of it; calls of which it is not known are counted by themselves, and never as zero. */
    void cost(ChatObservationContext call, @Nullable Cost cost) {
        if (cost == null) {
            return;
        }
        Map<Currency, Cost> priced = cost.byCurrency();
        unpriced(
                call,
                cost.calls() - priced.values().stream().mapToLong(Cost::calls).sum());
        priced.forEach((currency, part) -> {
            BigDecimal amount = part.total();
            if (amount != null) {
                String code = currency.getCurrencyCode();
                Counter.builder(COST)
                        .description("What calls have cost, by currency")
                        .tags(answered(call).and("deepthink4j.currency", names.of("deepthink4j.currency", code)))
                        .register(registry)
                        .increment(amount.doubleValue());
            }
        });
    }

    private void unpriced(ChatObservationContext call, long calls) {
        if (calls > 0) {
            Counter.builder(UNPRICED)
                    .description("Calls whose cost is not known")
                    .tags(answered(call))
                    .register(registry)
                    .increment(calls);
        }
    }

    private Tags asked(ChatObservationContext call) {
        return Tags.of(
                "gen_ai.operation.name", DefaultChatObservationConvention.operation(call),
                "gen_ai.provider.name", call.provider(),
                "gen_ai.request.model", convention.requestModel(call));
    }

    private Tags answered(ChatObservationContext call) {
        return asked(call).and("gen_ai.response.model", convention.responseModel(call));
    }
}
