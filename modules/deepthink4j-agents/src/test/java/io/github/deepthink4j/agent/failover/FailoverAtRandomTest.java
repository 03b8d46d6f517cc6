package io.github.deepthink4j.agent.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Heard;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.thorough.Thorough;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls, of which many fail: each is answered, each attempt is counted. */
@Timeout(60)
class FailoverAtRandomTest {

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

    @Test
    void should_answer_each_of_many_calls_over_two_parts_that_fail_at_random() {
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
        int rounds = Thorough.times(500, 50);
        for (int i = 0; i < rounds; i++) {
            answered += blocking.chat(HI).aiMessage().text().isEmpty() ? 0 : 1;
            Heard heard = new Heard();
            streaming.chat(Duo.request(HI), heard);
            answered += heard.response().aiMessage().text().equals(heard.text()) ? 1 : 0;
        }

        int attempts = first.requests().size()
                + second.requests().size()
                + third.requests().size();
        assertThat(answered).isEqualTo(2 * rounds);
        assertThat(failures).hasPositiveValue();
        assertThat(counted.steps).hasValue(attempts);
        assertThat(counted.failedSteps).hasValue(failures.get());
        assertThat(attempts).isEqualTo(2 * rounds + failures.get());
        assertThat(counted.requests).hasValue(attempts);
        assertThat(counted.responses).hasValue(2 * rounds);
        assertThat(counted.errors).hasValue(failures.get());
        System.out.println("FailoverTest: " + 2 * rounds + " calls, " + attempts + " attempts, of which " + failures
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
}
