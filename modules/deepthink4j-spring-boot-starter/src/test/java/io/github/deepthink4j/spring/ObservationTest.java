package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import io.github.deepthink4j.micrometer.DeepSeekObservations;
import io.github.deepthink4j.micrometer.ObservedTools;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Listeners, metrics and traces. */
class ObservationTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    private ApplicationContextRunner runner() {
        deepSeek.onAnyMessage().answer("Hello");
        return Runners.withKey().withPropertyValues("deepthink4j.base-url=" + deepSeek.baseUrl());
    }

    @Test
    void should_count_tokens_where_there_is_a_registry_of_meters() {
        MeterRegistry meters = new SimpleMeterRegistry();
        runner().withBean(MeterRegistry.class, () -> meters)
                .run(context -> context.getBean(ChatModel.class).chat("Hi"));

        assertThat(meters.find("deepthink4j.client.tokens").counters()).isNotEmpty();
        assertThat(meters.find("gen_ai.client.operation.duration").timers()).isNotEmpty();
    }

    @Test
    void should_count_a_call_of_a_failover_model_once() {
        MeterRegistry meters = new SimpleMeterRegistry();
        AtomicInteger told = new AtomicInteger();
        runner().withBean(MeterRegistry.class, () -> meters)
                .withBean(ChatModelListener.class, () -> new ChatModelListener() {
                    @Override
                    public void onRequest(ChatModelRequestContext request) {
                        told.incrementAndGet();
                    }
                })
                .withPropertyValues("deepthink4j.failover.parts=default")
                .run(context -> context.getBean(ChatModel.class).chat("Hi"));

        assertThat(told).hasValue(1);
        assertThat(meters.find("gen_ai.client.token.usage").summaries())
                .allSatisfy(summary -> assertThat(summary.count()).isEqualTo(1));
    }

    @Test
    void should_observe_nothing_without_a_registry_or_if_it_is_switched_off() {
        runner().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("deepSeekObservations"));
        runner().withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withPropertyValues("deepthink4j.observations.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("deepSeekObservations"));
    }

    @Test
    void should_have_observations_for_tools_and_give_way_to_the_applications() {
        runner().withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            assertThat(ObservedTools.by(context.getBean(DeepSeekObservations.class)))
                    .isNotNull();
            assertThat(context).hasSingleBean(CallListener.class);
        });
        DeepSeekObservations own =
                DeepSeekObservations.builder().meters(new SimpleMeterRegistry()).build();
        runner().withBean("deepSeekObservations", DeepSeekObservations.class, () -> own)
                .run(context -> {
                    assertThat(context.getBean(DeepSeekObservations.class)).isSameAs(own);
                    assertThat(context).hasSingleBean(CallListener.class);
                });
    }

    @Test
    void should_observe_with_a_registry_of_observations_alone() {
        AtomicInteger started = new AtomicInteger();
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(context -> {
            started.incrementAndGet();
            return false;
        });
        runner().withBean(ObservationRegistry.class, () -> observations).run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(ChatModel.class).chat("Hi");
        });

        assertThat(started).hasPositiveValue();
    }
}
