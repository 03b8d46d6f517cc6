package io.github.deepthink4j.agent;

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
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.Answer;
import io.github.deepthink4j.testkit.Brain;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.Fault;
import io.github.deepthink4j.testkit.Generation;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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
    void should_answer_each_of_a_thousand_calls_over_two_parts_that_fail_at_random() {
        long seed = System.nanoTime();
        System.out.println("FailoverTest: seed " + seed);
        AtomicInteger failures = new AtomicInteger();
        first.brain(failingAtRandom(new Random(seed), failures));
        second.brain(failingAtRandom(new Random(seed + 1), failures));
        Counted counted = new Counted();
        // They are to fail now and then, and not to rest.
        CircuitBreakerConfig patient = CircuitBreakerConfig.from(FailoverModelBuilder.DEFAULT_CIRCUIT_BREAKER)
                .slidingWindowSize(100)
                .minimumNumberOfCalls(100)
                .failureRateThreshold(100)
                .build();
        FailoverChatModel blocking = FailoverChatModel.builder()
                .circuitBreaker(patient)
                .part(model(first))
                .part(model(second))
                .part(model(third))
                .stepListener(counted)
                .listeners(counted)
                .build();
        FailoverStreamingChatModel streaming = FailoverStreamingChatModel.builder()
                .circuitBreaker(patient)
                .part(stream(first))
                .part(stream(second))
                .part(stream(third))
                .stepListener(counted)
                .listeners(counted)
                .build();

        int answered = 0;
        for (int i = 0; i < 500; i++) {
            answered += blocking.chat(HI).aiMessage().text().isEmpty() ? 0 : 1;
            Heard heard = new Heard();
            streaming.chat(Duo.request(HI), heard);
            answered += heard.response().aiMessage().text().equals(heard.text()) ? 1 : 0;
        }

        int attempts = first.requests().size()
                + second.requests().size()
                + third.requests().size();
        assertThat(answered).isEqualTo(1000);
        assertThat(failures).hasPositiveValue();
        assertThat(counted.steps).hasValue(attempts);
        assertThat(counted.failedSteps).hasValue(failures.get());
        assertThat(attempts).isEqualTo(1000 + failures.get());
        assertThat(counted.requests).hasValue(attempts);
        assertThat(counted.responses).hasValue(1000);
        assertThat(counted.errors).hasValue(failures.get());
        System.out.println("FailoverTest: 1000 calls, " + attempts + " attempts, of which " + failures
                + " failed; the third part answered " + third.requests().size());
    }

    private static Brain failingAtRandom(Random random, AtomicInteger failures) {
        return request -> {
            int dice;
            synchronized (random) {
                dice = random.nextInt(8);
            }
            if (dice < 4) {
                failures.incrementAndGet();
            }
            return switch (dice) {
                case 0 -> BUSY;
                case 1 -> Answer.error(429, "slow down");
                case 2 -> Answer.text("cut").fault(Fault.CUT_BEFORE_FIRST_PIECE);
                case 3 -> Answer.text("empty").fault(Fault.EMPTY_ANSWER);
                default -> Answer.text("fine");
            };
        };
    }

    /** Told by the failover model of its steps, and as a listener of its attempts. */
    private static final class Counted implements StepListener, ChatModelListener {

        final AtomicInteger steps = new AtomicInteger();
        final AtomicInteger failedSteps = new AtomicInteger();
        final AtomicInteger requests = new AtomicInteger();
        final AtomicInteger responses = new AtomicInteger();
        final AtomicInteger errors = new AtomicInteger();

        @Override
        public void onEnd(Step step, ChatResponse response) {
            steps.incrementAndGet();
            failedSteps.addAndGet(step.failed() ? 1 : 0);
        }

        @Override
        public void onRequest(ChatModelRequestContext context) {
            requests.incrementAndGet();
        }

        @Override
        public void onResponse(ChatModelResponseContext context) {
            responses.incrementAndGet();
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            errors.incrementAndGet();
        }
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

    @Test
    void should_stop_the_part_that_speaks_when_cancelled_and_hold_nothing_against_it() throws InterruptedException {
        second.brain(request -> Answer.text("a long answer in many pieces").pause(Duration.ofMillis(50)));
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .part(stream(first))
                .part(stream(second))
                .build();
        Heard heard = new Heard().onPiece(StreamingHandle::cancel);

        model.chat(Duo.request(HI), heard);

        while (second.requests().isEmpty() || !second.lastRequest().cancelled()) {
            Thread.sleep(5);
        }
        assertThat(heard.events).hasSize(1);
    }

    @Test
    void should_stop_an_attempt_before_its_first_piece() throws InterruptedException {
        first.brain(request -> Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        List<String> seen = new CopyOnWriteArrayList<>();
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .part(stream(first))
                .part(stream(second))
                .listeners(new ChatModelListener() {
                    @Override
                    public void onRequest(ChatModelRequestContext context) {
                        seen.add("request");
                    }
                })
                .build();

        StreamingHandle handle = model.start(Duo.request(HI), new Heard());
        while (first.requests().isEmpty()) {
            Thread.sleep(5);
        }
        handle.cancel();

        while (!first.lastRequest().cancelled()) {
            Thread.sleep(5);
        }
        assertThat(second.requests()).isEmpty();
        assertThat(seen).containsExactly("request");
    }
}
