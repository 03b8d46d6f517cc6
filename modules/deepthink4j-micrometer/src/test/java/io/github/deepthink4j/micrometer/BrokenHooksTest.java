package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.TextMatch;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is set on a registry may throw whatever it wants: each call has the result that it would have without it. */
class BrokenHooksTest {

    enum Place {
        PREDICATE,
        SUPPORTS_CONTEXT,
        START,
        SCOPE_OPENED,
        SCOPE_CLOSED,
        ERROR,
        STOP,
        OBSERVATION_FILTER,
        CONVENTION_SUPPORTS,
        CONVENTION_NAME,
        CONVENTION_VALUES,
        OWN_CONVENTION_NAME,
        OWN_CONVENTION_VALUES,
        METER_FILTER_MAP,
        METER_FILTER_ACCEPT,
        METER_FILTER_CONFIGURE,
        METER_ADDED,
        CLOCK,
        REDACTION
    }

    private static void thrown(String kind) {
        switch (kind) {
            case "exception" -> throw new IllegalStateException("broken");
            case "assertion" -> throw new AssertionError("broken");
            case "memory" -> throw new OutOfMemoryError("broken");
            default -> endless(0);
        }
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    static Stream<Arguments> hooks() {
        return Stream.of(Place.values())
                .flatMap(place ->
                        Stream.of("exception", "assertion", "memory", "stack").map(kind -> Arguments.of(place, kind)));
    }

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @BeforeEach
    void script() {
        deepSeek.onMessage(TextMatch.containing("good")).answer("Hello");
        deepSeek.onMessage(TextMatch.containing("bad")).error(402, "Insufficient Balance");
    }

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @ParameterizedTest
    @MethodSource("hooks")
    void should_cost_no_call(Place broken, String kind) {
        // Given
        ObservationRegistry observations = observations(broken, kind);
        SimpleMeterRegistry meters = meters(broken, kind);
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        DeepSeekObservations.Builder builder = DeepSeekObservations.builder()
                .observations(observations)
                .meters(meters)
                .content(true)
                .redaction(text -> {
                    throwIf(broken == Place.REDACTION, kind);
                    return text;
                });
        if (broken == Place.OWN_CONVENTION_NAME || broken == Place.OWN_CONVENTION_VALUES) {
            builder.convention(own(broken, kind));
        }
        CallListener listener = builder.build().listener();

        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("any")
                        .modelName("deepseek-flash")
                        .maxRetries(0)
                        .listeners(listener)
                        .build();
                DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("any")
                        .modelName("deepseek-flash")
                        .maxRetries(0)
                        .listeners(listener)
                        .build()) {
            FailoverChatModel failover = FailoverChatModel.builder()
                    .part(model)
                    .part(model)
                    .listeners(listener)
                    .build();

            // When
            List<String> ends = List.of(
                    end(() -> model.chat("good")),
                    end(() -> model.chat("bad")),
                    end(() -> await(model.chatAsync(ask("good"))).aiMessage().text()),
                    end(() -> await(streamed(streaming, "good"))),
                    end(() -> await(streamed(streaming, "bad"))),
                    end(() -> failover.chat("good")),
                    end(() -> failover.chat("bad")));

            // Then
            String refused = "InsufficientBalanceException";
            assertThat(ends).containsExactly("Hello", refused, "Hello", "Hello", refused, "Hello", refused);
            assertThat(observations.getCurrentObservationScope()).isNull();
        }
    }

    private interface Call {
        String text() throws Exception;
    }

    private static String end(Call call) {
        try {
            return call.text();
        } catch (Throwable e) {
            Throwable cause = e.getCause() == null || !(e instanceof CompletionException) ? e : e.getCause();
            return cause.getClass().getSimpleName();
        }
    }

    private static ChatRequest ask(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question)).build();
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static CompletableFuture<String> streamed(DeepSeekStreamingChatModel model, String question) {
        CompletableFuture<String> end = new CompletableFuture<>();
        model.chat(ask(question), new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response.aiMessage().text());
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        return end;
    }

    private static void throwIf(boolean here, String kind) {
        if (here) {
            thrown(kind);
        }
    }

    private static ObservationRegistry observations(Place broken, String kind) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig()
                .observationPredicate((name, context) -> {
                    throwIf(broken == Place.PREDICATE, kind);
                    return true;
                })
                .observationFilter(context -> {
                    throwIf(broken == Place.OBSERVATION_FILTER, kind);
                    return context;
                })
                .observationConvention(new GlobalObservationConvention<Observation.Context>() {
                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        throwIf(broken == Place.CONVENTION_SUPPORTS, kind);
                        return broken == Place.CONVENTION_NAME || broken == Place.CONVENTION_VALUES;
                    }

                    @Override
                    public String getName() {
                        throwIf(broken == Place.CONVENTION_NAME, kind);
                        return "own";
                    }

                    @Override
                    public KeyValues getLowCardinalityKeyValues(Observation.Context context) {
                        throwIf(broken == Place.CONVENTION_VALUES, kind);
                        return KeyValues.empty();
                    }
                })
                .observationHandler(new ObservationHandler<Observation.Context>() {
                    @Override
                    public void onStart(Observation.Context context) {
                        throwIf(broken == Place.START, kind);
                    }

                    @Override
                    public void onScopeOpened(Observation.Context context) {
                        throwIf(broken == Place.SCOPE_OPENED, kind);
                    }

                    @Override
                    public void onScopeClosed(Observation.Context context) {
                        throwIf(broken == Place.SCOPE_CLOSED, kind);
                    }

                    @Override
                    public void onError(Observation.Context context) {
                        throwIf(broken == Place.ERROR, kind);
                    }

                    @Override
                    public void onStop(Observation.Context context) {
                        throwIf(broken == Place.STOP, kind);
                    }

                    @Override
                    public boolean supportsContext(Observation.Context context) {
                        throwIf(broken == Place.SUPPORTS_CONTEXT, kind);
                        return true;
                    }
                });
        return registry;
    }

    private static ChatObservationConvention own(Place broken, String kind) {
        return new ChatObservationConvention() {
            @Override
            public String getName() {
                throwIf(broken == Place.OWN_CONVENTION_NAME, kind);
                return "own";
            }

            @Override
            public KeyValues getLowCardinalityKeyValues(ChatObservationContext context) {
                throwIf(broken == Place.OWN_CONVENTION_VALUES, kind);
                return KeyValues.empty();
            }
        };
    }

    private static SimpleMeterRegistry meters(Place broken, String kind) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock() {
            @Override
            public long monotonicTime() {
                throwIf(broken == Place.CLOCK, kind);
                return super.monotonicTime();
            }
        });
        registry.config().onMeterAdded(meter -> throwIf(broken == Place.METER_ADDED, kind));
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                throwIf(broken == Place.METER_FILTER_MAP, kind);
                return id.withTag(Tag.of("filtered", "yes"));
            }

            @Override
            public MeterFilterReply accept(Meter.Id id) {
                throwIf(broken == Place.METER_FILTER_ACCEPT, kind);
                return MeterFilterReply.NEUTRAL;
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                throwIf(broken == Place.METER_FILTER_CONFIGURE, kind);
                return config;
            }
        });
        return registry;
    }
}
