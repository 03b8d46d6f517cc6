package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * A controller that lets a failed call's exception through is answered with a 500: Spring MVC answers 200 and nothing, and logs nothing,
 * where it takes an exception for the browser having gone.
 */
class LostConnectionsTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    @Test
    void should_be_what_spring_takes_for_a_browser_that_has_gone() {
        assertThat(DisconnectedClientHelper.isClientDisconnectedException(
                        new IllegalStateException(new IOException("cut", new EOFException()))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void should_not_be_taken_for_a_browser_that_has_gone(Fault fault) {
        deepSeek.respond(Answer.thinking("A thought of some length, in several pieces.")
                .thenText("An answer of some length, in several pieces.")
                .andToolCall("getWeather", "{\"city\":\"Munich\"}")
                .fault(fault));
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey(Runners.KEY)
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .limits(DecoderLimits.custom()
                        .maxEventBytes(1 << 20)
                        .maxAnswerBytes(4 << 20)
                        .build())
                .timeouts(Timeouts.custom()
                        .firstByte(Duration.ofSeconds(3))
                        .idle(Duration.ofSeconds(3))
                        .total(Duration.ofSeconds(6))
                        .build())
                .build()) {

            Throwable error = catchThrowable(() -> model.chat("Hi"));

            assertThat(error).isInstanceOf(DeepSeekError.class);
            assertThat(DisconnectedClientHelper.isClientDisconnectedException(error))
                    .isFalse();
        }
    }
}
