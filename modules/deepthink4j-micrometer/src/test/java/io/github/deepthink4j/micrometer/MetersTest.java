package io.github.deepthink4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted, with which tags. */
class MetersTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final CallListener listener = DeepSeekObservations.listener(meters);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(3)
                        .baseDelay(Duration.ofMillis(1))
                        .build())
                .listeners(listener)
                .build();
    }

    private double tokens(String kind) {
        return meters.get("deepthink4j.client.tokens")
                .tag("deepthink4j.token.kind", kind)
                .counter()
                .count();
    }

    @Test
    void should_count_an_answer() {
        // Given
        deepSeek.respond(Answer.thinking("A greeting.").thenText("Hello"));

        // When
        ChatResponse response = model().chat(ask());

        // Then
        DeepSeekTokenUsage usage = (DeepSeekTokenUsage) response.metadata().tokenUsage();
        Timer duration = meters.get("gen_ai.client.operation.duration")
                .tag("gen_ai.operation.name", "chat")
                .tag("gen_ai.provider.name", "deepseek")
                .tag("gen_ai.request.model", "deepseek-flash")
                .tag("gen_ai.response.model", response.metadata().modelName())
                .tag("server.address", "127.0.0.1")
                .tag("server.port", String.valueOf(deepSeek.port()))
                .tag("error.type", "none")
                .tag("deepthink4j.outcome", "answered")
                .timer();
        assertThat(duration.count()).isEqualTo(1);
        for (String type : new String[] {"input", "output"}) {
            assertThat(meters.get("gen_ai.client.token.usage")
                            .tag("gen_ai.token.type", type)
                            .tag("gen_ai.response.model", response.metadata().modelName())
                            .summary()
                            .totalAmount())
                    .isEqualTo((double) (type.equals("input") ? usage.inputTokenCount() : usage.outputTokenCount()));
        }
        assertThat(tokens("reasoning")).isEqualTo((double) usage.reasoningTokenCount());
        assertThat(tokens("answer")).isEqualTo((double) (usage.outputTokenCount() - usage.reasoningTokenCount()));
        assertThat(tokens("cache_hit") + tokens("cache_miss")).isEqualTo((double) usage.inputTokenCount());
        assertThat(meters.get("deepthink4j.client.first_thought").timer().count())
                .isEqualTo(1);
        assertThat(meters.get("deepthink4j.client.first_word").timer().count()).isEqualTo(1);
        assertThat(meters.get("deepthink4j.client.open_streams").gauge().value())
                .isZero();
    }

    @Test
    void should_count_retries_and_errors_by_their_code() {
        // Given
        deepSeek.respond(Answer.error(503, "busy"), Answer.error(429, "too many"), Answer.error(402, "no money"));

        // When
        assertThatThrownBy(() -> model().chat(ask())).isInstanceOf(RuntimeException.class);

        // Then
        assertThat(meters.get("deepthink4j.client.retries").counters())
                .extracting(counter -> counter.getId().getTag("error.type"), Counter::count)
                .containsExactlyInAnyOrder(tuple("server_overloaded", 1.0), tuple("rate_limit", 1.0));
        assertThat(meters.get("deepthink4j.client.errors").counters())
                .extracting(counter -> counter.getId().getTag("error.type"), Counter::count)
                .containsExactly(tuple("insufficient_balance", 1.0));
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("error.type", "insufficient_balance")
                        .tag("deepthink4j.outcome", "failed")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void should_count_the_tokens_of_a_model_made_of_several_once() {
        // Given
        deepSeek.respond(Answer.text("Hello"));
        FailoverChatModel failover = FailoverChatModel.builder()
                .part(model())
                .part(model())
                .listeners(listener)
                .build();

        // When
        ChatResponse response = failover.chat(ask());

        // Then
        assertThat(meters.get("gen_ai.client.token.usage")
                        .tag("gen_ai.token.type", "output")
                        .summaries())
                .singleElement()
                .satisfies(summary -> assertThat(summary.totalAmount())
                        .isEqualTo((double) response.metadata().tokenUsage().outputTokenCount()));
        assertThat(meters.get("deepthink4j.step")
                        .tag("deepthink4j.step.kind", "attempt")
                        .tag("deepthink4j.outcome", "answered")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    private static ChatRequest ask() {
        return ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    }

    private static ChatModelRequestContext call(ModelProvider provider) {
        Map<Object, Object> attributes = new HashMap<>();
        return new ChatModelRequestContext(
                ChatRequest.builder()
                        .messages(UserMessage.from("Hi"))
                        .modelName("m")
                        .build(),
                provider,
                attributes);
    }

    @Test
    void should_measure_the_first_thought_and_the_first_word_by_the_registrys_clock() {
        // Given
        ChatModelRequestContext call = call(ModelProvider.OTHER);

        // When
        listener.onRequest(call);
        listener.onSend(call, new CallListener.Sending(1, true, URI.create("https://api.deepseek.com")));
        clock.add(Duration.ofMillis(300));
        listener.onFirstThinking(call);
        clock.add(Duration.ofSeconds(20));
        listener.onFirstText(call);
        double open = meters.get("deepthink4j.client.open_streams").gauge().value();
        listener.onCancel(call);

        // Then
        assertThat(open).isEqualTo(1);
        assertThat(meters.get("deepthink4j.client.first_thought").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(300);
        assertThat(meters.get("deepthink4j.client.first_word").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(20_300);
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("deepthink4j.outcome", "cancelled")
                        .tag("error.type", "none")
                        .tag("server.address", "api.deepseek.com")
                        .tag("server.port", "443")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("deepthink4j.client.open_streams").gauge().value())
                .isZero();
    }

    @Test
    void should_count_a_call_of_another_vendors_model_as_far_as_it_is_told() {
        // Given
        ChatModelRequestContext call = call(ModelProvider.OPEN_AI);
        ChatResponse response = ChatResponse.builder()
                .aiMessage(AiMessage.from("Hello"))
                .modelName("m-1")
                .tokenUsage(new TokenUsage(3, 5))
                .build();

        // When
        listener.onRequest(call);
        listener.onResponse(
                new ChatModelResponseContext(response, call.chatRequest(), call.modelProvider(), call.attributes()));

        // Then
        assertThat(meters.get("gen_ai.client.operation.duration")
                        .tag("gen_ai.provider.name", "openai")
                        .tag("server.address", "none")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(tokens("input")).isEqualTo(3);
        assertThat(tokens("output")).isEqualTo(5);
    }

    @Test
    void should_end_a_call_once_whatever_it_is_told_afterwards() {
        // Given
        ChatModelRequestContext call = call(ModelProvider.OTHER);

        // When
        listener.onRequest(call);
        listener.onCancel(call);
        listener.onSend(call, new CallListener.Sending(1, true, URI.create("https://api.deepseek.com")));
        listener.onError(new ChatModelErrorContext(
                new IllegalStateException("late"), call.chatRequest(), call.modelProvider(), call.attributes()));

        // Then
        assertThat(meters.get("gen_ai.client.operation.duration").timers())
                .singleElement()
                .satisfies(timer -> assertThat(timer.count()).isEqualTo(1));
        assertThat(meters.find("deepthink4j.client.errors").counters()).isEmpty();
        assertThat(meters.get("deepthink4j.client.open_streams").gauge().value())
                .isZero();
    }
}
