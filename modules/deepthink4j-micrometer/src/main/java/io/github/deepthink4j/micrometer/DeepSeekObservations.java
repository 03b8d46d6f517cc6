package io.github.deepthink4j.micrometer;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.settings.CallListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics and traces of chat models, by one line on any builder: {@code .listeners(DeepSeekObservations.listener(observations, meters))}.
 *
 * <p>Each call is an observation {@code gen_ai.client.operation.duration}: a timer and a span under the names of OpenTelemetry's
 * conventions for generative AI, which ends once, also where the call is cancelled. What is said is shown in spans only where
 * {@link Builder#content} asks for it, and keys never. Whatever a registry or a handler throws is logged, and costs no call.
 */
public final class DeepSeekObservations {

    private static final int NAMES = 100;

    private final ObservationRegistry observations;
    private final @Nullable Meters meters;
    private final BoundedNames names;
    private final @Nullable ChatObservationConvention convention;
    private final DefaultChatObservationConvention defaultConvention;
    private final @Nullable MessageContent content;
    private final CallListener listener;

    private DeepSeekObservations(Builder builder) {
        MeterRegistry meterRegistry = builder.meters;
        this.observations = builder.observations != null ? builder.observations : timersOnly(meterRegistry);
        this.names = new BoundedNames(builder.mostNames);
        this.convention = builder.convention;
        this.defaultConvention = new DefaultChatObservationConvention(names);
        this.meters = meterRegistry == null ? null : new Meters(meterRegistry, names, defaultConvention);
        this.content = builder.content ? new MessageContent(builder.redaction) : null;
        this.listener = hasAgents() ? Agents.listener(this) : new ObservedCalls(this);
    }

    private static ObservationRegistry timersOnly(@Nullable MeterRegistry meters) {
        ObservationRegistry registry = ObservationRegistry.create();
        if (meters != null) {
            registry.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        }
        return registry;
    }

    private static boolean hasAgents() {
        try {
            Class.forName(
                    "io.github.deepthink4j.agent.StepListener", false, DeepSeekObservations.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Apart, so that nothing of it is loaded where {@code deepthink4j-agents} is missing. */
    private static final class Agents {

        static CallListener listener(DeepSeekObservations settings) {
            return new ObservedSteps(settings);
        }
    }

    /** Metrics alone, without spans: all meters of this page in one registry. */
    public static CallListener listener(MeterRegistry meters) {
        return builder().meters(meters).build().listener();
    }

    /** Observations alone: a timer and a span for each call, as far as the registry has handlers for them. */
    public static CallListener listener(ObservationRegistry observations) {
        return builder().observations(observations).build().listener();
    }

    /**
     * Observations and all meters. The registry of observations needs a {@code DefaultMeterObservationHandler} for the timers, and a
     * handler of Micrometer Tracing for spans; Spring Boot sets both.
     */
    public static CallListener listener(ObservationRegistry observations, MeterRegistry meters) {
        return builder().observations(observations).meters(meters).build().listener();
    }

    /**
     * Buckets for the timers and the token histogram, as the conventions advise them, for backends that make percentiles of them:
     * {@code registry.config().meterFilter(DeepSeekObservations.buckets())} before the first call. Without it there are none, which costs
     * a fraction of the series.
     */
    public static MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                double[] bounds = bounds(id.getName());
                return bounds == null
                        ? config
                        : DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(bounds)
                                .build()
                                .merge(config);
            }
        };
    }

    /** In nanoseconds for timers: a hundredth of a second, doubled up to eleven minutes, since a thought may take ten. */
    private static double @Nullable [] bounds(String name) {
        return switch (name) {
            case DefaultChatObservationConvention.NAME, Meters.FIRST_THOUGHT, Meters.FIRST_WORD ->
                DoubleStream.iterate(0.01, bound -> bound * 2)
                        .limit(17)
                        .map(seconds -> seconds * 1e9)
                        .toArray();
            case Meters.TOKEN_USAGE ->
                IntStream.range(0, 11).mapToDouble(power -> Math.pow(4, power)).toArray();
            default -> null;
        };
    }

    public static Builder builder() {
        return new Builder();
    }

    /** For {@code listeners(...)} of any builder: models, models made of several, and other vendors'. One for all of them. */
    public CallListener listener() {
        return listener;
    }

    ObservationRegistry observations() {
        return observations;
    }

    @Nullable
    Meters meters() {
        return meters;
    }

    BoundedNames names() {
        return names;
    }

    @Nullable
    ChatObservationConvention convention() {
        return convention;
    }

    DefaultChatObservationConvention defaultConvention() {
        return defaultConvention;
    }

    @Nullable
    MessageContent content() {
        return content;
    }

    /** What an error's words become before they are shown; {@code null} if they are not. */
    @Nullable
    UnaryOperator<String> shownWords() {
        return content == null ? null : content::redacted;
    }

    long nanoTime() {
        return meters == null ? System.nanoTime() : meters.nanoTime();
    }

    /** {@code null} for none. */
    @Nullable
    Observation current() {
        try {
            return observations.isNoop() ? null : observations.getCurrentObservation();
        } catch (Throwable e) {
            Guard.log(e);
            return null;
        }
    }

    /** Builds {@link DeepSeekObservations}. */
    public static final class Builder {

        private @Nullable ObservationRegistry observations;
        private @Nullable MeterRegistry meters;
        private @Nullable ChatObservationConvention convention;
        private boolean content;
        private UnaryOperator<String> redaction = UnaryOperator.identity();
        private int mostNames = NAMES;

        private Builder() {}

        /** Where observations go; by default to the timers of {@link #meters} and nowhere else. */
        public Builder observations(ObservationRegistry observations) {
            this.observations = requireNonNull(observations, "observations");
            return this;
        }

        /** Where tokens, first thoughts and words, cost, errors, retries and open streams are counted; nowhere by default. */
        public Builder meters(MeterRegistry meters) {
            this.meters = requireNonNull(meters, "meters");
            return this;
        }

        /** Other names for the timer and the span of a call; by default those of the conventions. */
        public Builder convention(ChatObservationConvention convention) {
            this.convention = requireNonNull(convention, "convention");
            return this;
        }

        /** Whether spans show what was asked and answered, thoughts, tool arguments and results included; {@code false} by default. */
        public Builder content(boolean content) {
            this.content = content;
            return this;
        }

        /**
         * What each text becomes before it is shown, such as without names and numbers, an error's message too. If it throws, {@code ***} is shown. Has no
         * effect without {@link #content}.
         */
        public Builder redaction(UnaryOperator<String> redaction) {
            this.redaction = requireNonNull(redaction, "redaction");
            return this;
        }

        /**
         * How many values a tag may have whose words come from outside, such as the model's name; further ones are {@code other}.
         * 100 by default.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder mostNames(int mostNames) {
            if (mostNames < 1) {
                throw new IllegalArgumentException("mostNames must be at least 1, but is " + mostNames);
            }
            this.mostNames = mostNames;
            return this;
        }

        /**
         * @throws IllegalArgumentException if there is no registry
         */
        public DeepSeekObservations build() {
            if (observations == null && meters == null) {
                throw new IllegalArgumentException("a registry is missing: set observations, meters or both");
            }
            return new DeepSeekObservations(this);
        }
    }
}
