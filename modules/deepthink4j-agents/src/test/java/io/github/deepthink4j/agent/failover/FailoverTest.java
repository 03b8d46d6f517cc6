package io.github.deepthink4j.agent.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts in order, and those that rest. */
@Timeout(60)
class FailoverTest {

    private static final UserMessage HI = UserMessage.from("Hi");
    private static final Answer BUSY = Answer.error(503, "busy");

    private final DeepSeekSimulator first =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> BUSY);
    private final DeepSeekSimulator second =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("second"));
    private final DeepSeekSimulator third =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("third"));

    @AfterEach
    void close() {
        first.close();
        second.close();
        third.close();
    }

    private static ChatModel model(DeepSeekSimulator simulator) {
        return Duo.at(simulator, "deepseek-flash", DeepSeekChatModel.builder()).build();
    }

    private static StreamingChatModel stream(DeepSeekSimulator simulator) {
        return Duo.at(simulator, "deepseek-flash", DeepSeekStreamingChatModel.builder())
                .build();
    }

    private static ChatModel foreign(Supplier<AiMessage> answer) {
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return ChatResponse.builder().aiMessage(answer.get()).build();
            }
        };
    }

    @Test
    void should_let_a_part_rest_that_keeps_failing_and_try_it_again_later() throws InterruptedException {
        FailoverChatModel model = FailoverChatModel.builder()
                .part(model(first))
                .part(model(second))
                .circuitBreaker(CircuitBreakerConfig.from(FailoverModelBuilder.DEFAULT_CIRCUIT_BREAKER)
                        .waitDurationInOpenState(Duration.ofSeconds(1))
                        .build())
                .build();

        for (int i = 0; i < 20; i++) {
            assertThat(model.chat(HI).aiMessage().text()).isEqualTo("second");
        }
        assertThat(first.requests()).hasSizeBetween(5, 7);

        first.brain(request -> Answer.text("first again"));
        while (!model.chat(HI).aiMessage().text().equals("first again")) {
            Thread.sleep(20);
        }
        assertThat(model.chat(HI).aiMessage().text()).isEqualTo("first again");
    }

    @Test
    void should_say_that_all_rest() {
        FailoverChatModel model = FailoverChatModel.builder().part(model(first)).build();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> model.chat(HI)).isInstanceOf(ServerOverloadedException.class);
        }

        assertThatThrownBy(() -> model.chat(HI))
                .isInstanceOf(AllPartsRestingException.class)
                .hasMessageContaining("Try again later");
        assertThat(first.requests()).hasSize(5);
    }

    @Test
    void should_not_let_a_part_rest_for_requests_that_are_bad() {
        first.brain(request -> Answer.error(400, "bad"));
        FailoverChatModel model = FailoverChatModel.builder()
                .part(model(first))
                .part(model(second))
                .build();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> model.chat(HI)).isInstanceOf(InvalidRequestException.class);
        }
        assertThat(first.requests()).hasSize(20);
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void should_pass_over_an_empty_balance_only_if_asked() {
        first.brain(request -> Answer.error(402, "Insufficient Balance"));

        ChatModel strict = FailoverChatModel.builder()
                .part(model(first))
                .part(model(second))
                .build();
        ChatModel lenient = FailoverChatModel.builder()
                .part(model(first))
                .part(model(second))
                .failoverOnEmptyBalance(true)
                .build();

        assertThatThrownBy(() -> strict.chat(HI)).isInstanceOf(InsufficientBalanceException.class);
        assertThat(lenient.chat(HI).aiMessage().text()).isEqualTo("second");
    }

    @Test
    void should_pass_over_a_part_that_can_not_be_reached() {
        String nobodyThere;
        try (DeepSeekSimulator gone = DeepSeekSimulator.as(Generation.V4_1)) {
            nobodyThere = gone.baseUrl();
        }
        ChatModel model = FailoverChatModel.builder()
                .part(DeepSeekChatModel.builder()
                        .baseUrl(nobodyThere)
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .retryPolicy(RetryPolicy.NONE)
                        .build())
                .part(model(second))
                .build();

        assertThat(model.chat(HI).aiMessage().text()).isEqualTo("second");
    }

    @Test
    void should_tell_the_last_failure_with_the_earlier_ones() {
        second.brain(request -> Answer.error(429, "slow down"));
        ChatModel model = FailoverChatModel.builder()
                .part(model(first))
                .part(model(second))
                .build();

        assertThatThrownBy(() -> model.chat(HI))
                .isInstanceOf(RateLimitException.class)
                .satisfies(error -> assertThat(error.getSuppressed())
                        .singleElement()
                        .isInstanceOf(ServerOverloadedException.class));
    }

    @Test
    void should_know_other_vendors_failures() {
        List<Supplier<AiMessage>> passable = List.of(
                () -> {
                    throw new RateLimitException("slow down");
                },
                () -> {
                    throw new HttpException(502, "bad gateway");
                },
                () -> {
                    throw new RuntimeException(new ConnectException("refused"));
                },
                () -> AiMessage.from(" "));
        for (Supplier<AiMessage> failure : passable) {
            ChatModel model = FailoverChatModel.builder()
                    .part(foreign(failure))
                    .part(model(second))
                    .build();
            assertThat(model.chat(HI).aiMessage().text()).isEqualTo("second");
        }
        List<RuntimeException> final_ = List.of(
                new AuthenticationException("bad key"),
                new InvalidRequestException("bad request"),
                new HttpException(402, "no money"),
                new IllegalStateException("a bug"));
        for (RuntimeException failure : final_) {
            ChatModel model = FailoverChatModel.builder()
                    .part(foreign(() -> {
                        throw failure;
                    }))
                    .part(model(second))
                    .build();
            assertThatThrownBy(() -> model.chat(HI)).isSameAs(failure);
        }
    }

    @Test
    void should_be_able_to_do_what_all_parts_can() {
        ChatModel both = FailoverChatModel.builder()
                .part(model(first))
                .part(model(second))
                .build();
        ChatModel withForeign = FailoverChatModel.builder()
                .part(model(first))
                .part(foreign(() -> AiMessage.from("Hi")))
                .build();

        assertThat(both.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(withForeign.supportedCapabilities()).isEmpty();
    }

    @Test
    void should_name_parts_and_refuse_two_of_a_name() {
        List<String> asked = new ArrayList<>();
        ChatModel model = FailoverChatModel.builder()
                .namedPart("ours", model(first))
                .namedPart("theirs", model(second))
                .stepListener(new StepListener() {
                    @Override
                    public void onStart(StepKind kind, String part, String modelName) {
                        asked.add(kind + " " + part + " " + modelName);
                    }
                })
                .build();

        model.chat(HI);

        assertThat(asked).containsExactly("ATTEMPT ours deepseek-flash", "ATTEMPT theirs deepseek-flash");
        assertThatThrownBy(() ->
                        FailoverChatModel.builder().namedPart("a", model(first)).namedPart("a", model(second)))
                .hasMessageContaining("two parts named 'a'");
        assertThatThrownBy(() -> FailoverChatModel.builder().build()).hasMessageContaining("needs parts");
    }
}
