package io.github.deepthink4j.spring.slice;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.DeepSeekTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

/** What a user writes who tests his application without the real API. */
@SpringBootTest(
        classes = DeepSeekTestSliceTest.Application.class,
        properties = {
            "deepthink4j.base-url=https://api.deepseek.com",
            "deepthink4j.models.spare.base-url=https://spare.invalid/v1",
            "deepthink4j.models.spare.model-name=deepseek-flash",
            "deepthink4j.models.spare.api-key=sk-of-no-use-at-all",
            "deepthink4j.retry.max-attempts=1",
            "deepthink4j.budget.money=5"
        })
@DeepSeekTest
class DeepSeekTestSliceTest {

    @Autowired
    private ChatModel model;

    @Autowired
    @Qualifier("spare")
    private ChatModel spare;

    @Autowired
    private DeepSeekSimulator simulator;

    /** Each time the scripts and requests of the time before are gone. */
    @RepeatedTest(2)
    void should_answer_the_application_from_the_simulator(DeepSeekSimulator deepSeek) {
        assertThat(deepSeek).isSameAs(simulator);
        assertThat(deepSeek.requests()).isEmpty();
        assertThatThrownBy(() -> deepSeek.lastRequest()).isInstanceOf(IllegalStateException.class);

        deepSeek.onMessage(containing("capital")).think("Germany...").answer("Berlin");

        assertThat(model.chat("What is the capital of Germany?")).isEqualTo("Berlin");
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_bring_named_models_with_addresses_of_their_own_to_the_simulator(@Autowired DeepSeekSimulator deepSeek) {
        deepSeek.onAnyMessage().answer("Hello");

        assertThat(spare.chat("Hi")).isEqualTo("Hello");
    }

    @Test
    void should_refuse_what_nothing_was_set_up_for() {
        assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(RequestRejectedException.class);
        simulator.reset();
    }

    /** With the context of the class around it. */
    @Nested
    class Inner {

        @Test
        void should_have_the_same_simulator(DeepSeekSimulator deepSeek) {
            deepSeek.onAnyMessage().answer("Hello from within");

            assertThat(deepSeek).isSameAs(simulator);
            assertThat(model.chat("Hi")).isEqualTo("Hello from within");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}
}
