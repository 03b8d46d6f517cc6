package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.stream.GuardedListeners;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * How calls are made: what the builders of chat models and of models that complete in the middle share.
 *
 * @param <B> the builder itself
 */
public abstract class DeepSeekCallBuilder<B extends DeepSeekCallBuilder<B>> extends DeepSeekConnectionBuilder<B> {

    private @Nullable ModelProfile profile;
    private @Nullable ReasoningDialect dialect;
    private ParameterCheck parameterCheck = ParameterCheck.FAIL;
    private DecoderLimits limits = DecoderLimits.DEFAULT;
    private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
    private List<Gate> gates = List.of();
    private @Nullable Pricing pricing;
    private Clock clock = Clock.systemUTC();
    private List<ChatModelListener> listeners = List.of();

    DeepSeekCallBuilder() {}

    /**
     * The rules of the model, for every request of this model object. By default each request's model id decides, see
     * {@link ModelProfile#forModel}.
     */
    public B profile(@Nullable ModelProfile profile) {
        this.profile = profile;
        return self();
    }

    /**
     * The host that serves the model, such as {@link ReasoningDialect#VLLM}; it is applied to whichever profile holds. By
     * default the profile's own.
     */
    public B dialect(@Nullable ReasoningDialect dialect) {
        this.dialect = dialect;
        return self();
    }

    /** What to do with a request against the model's rules; {@link ParameterCheck#FAIL} by default. */
    public B parameterCheck(ParameterCheck parameterCheck) {
        this.parameterCheck = requireNonNull(parameterCheck, "parameterCheck");
        return self();
    }

    /** Which failures to try again, and when; {@link RetryPolicy#DEFAULT} by default. */
    public B retryPolicy(RetryPolicy retryPolicy) {
        this.retryPolicy = requireNonNull(retryPolicy, "retryPolicy");
        return self();
    }

    /** How often to try again after the first attempt: short for {@link #retryPolicy}. */
    public B maxRetries(int maxRetries) {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("maxRetries must not be negative, but is " + maxRetries);
        }
        return retryPolicy(RetryPolicy.from(this.retryPolicy)
                .maxAttempts(maxRetries == Integer.MAX_VALUE ? maxRetries : maxRetries + 1)
                .build());
    }

    /**
     * What each attempt passes before it is sent, retries included, one after the other: a {@code CallLimit}, or budgets of
     * {@code deepthink4j-cost}. None by default. The order in which they are given means nothing: all calls pass limits in the order in
     * which these were built, and then budgets, so that calls of several models can't wait for each other. A further call adds to
     * those that are set, unlike {@link #listeners}, so that nobody loses a budget which somebody else has set.
     *
     * @throws IllegalArgumentException if one does not come from this project's modules
     */
    public B gates(CallGate... gates) {
        return gates(List.of(gates));
    }

    /**
     * What each attempt passes before it is sent, besides what is set already, see {@link #gates(CallGate...)}; one that is there twice
     * is passed once.
     *
     * @throws IllegalArgumentException if one does not come from this project's modules
     */
    public B gates(List<? extends CallGate> gates) {
        // A gate that is there twice would make a call wait for itself, and two orders of two gates would make calls
        // wait for each other.
        this.gates = Stream.concat(this.gates.stream(), gates.stream().map(DeepSeekCallBuilder::ours))
                .distinct()
                .sorted(Comparator.comparing(Gate::order))
                .toList();
        return self();
    }

    private static Gate ours(CallGate gate) {
        if (gate instanceof Gate ours) {
            return ours;
        }
        throw new IllegalArgumentException(
                "gates takes what a module of deepthink4j makes, such as CallLimit.atMost(10), but is "
                        + gate.getClass().getName());
    }

    /** How much an answer may hold before it is taken for an attack; {@link DecoderLimits#DEFAULT} by default. */
    public B limits(DecoderLimits limits) {
        this.limits = requireNonNull(limits, "limits");
        return self();
    }

    /**
     * What calls cost, for {@code cost()} of a response's metadata and usage, and of an error; a {@code PriceList} of
     * {@code deepthink4j-cost}, say. By default the one that the class path brings, if it brings one: see {@link Pricing#found()}.
     * {@link Pricing#NONE} prices nothing.
     */
    public B pricing(@Nullable Pricing pricing) {
        this.pricing = pricing;
        return self();
    }

    /** What the time is, which decides about prices; the system's by default. Timeouts and retries do not go by it. */
    public B clock(Clock clock) {
        this.clock = requireNonNull(clock, "clock");
        return self();
    }

    /** Who hears of calls, in place of those that are set, as everywhere in LangChain4j. */
    public B listeners(List<ChatModelListener> listeners) {
        this.listeners = List.copyOf(listeners);
        return self();
    }

    /** As {@link #listeners(List)}. */
    public B listeners(ChatModelListener... listeners) {
        return listeners(List.of(listeners));
    }

    List<ChatModelListener> builtListeners() {
        return GuardedListeners.of(listeners);
    }

    ModelSettings settings(Class<?> owner, PromptLanguage promptLanguage, boolean strictTools, boolean streamOnWire) {
        Logger log = log(owner);
        Endpoints endpoints = endpoints();
        return new ModelSettings(
                endpoints,
                headers(),
                profile,
                dialect,
                parameterCheck,
                promptLanguage,
                timeouts(),
                retryPolicy,
                gates,
                limits,
                lifetime(endpoints, log),
                scheduler(),
                new Prices(pricing != null ? pricing : Pricing.found(), clock, SafeLog.of(log)),
                strictTools,
                streamOnWire,
                log);
    }
}
