package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.reactor.ReasoningEvent.Completed;
import io.github.deepthink4j.reactor.ReasoningEvent.Thinking;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

/** Reactor's own timeout and retry, in virtual time; the answers are real. */
class OperatorsTest extends Simulated {

    private ReactiveDeepSeekChatModel withoutRetries() {
        return ReactiveDeepSeekChatModel.from(
                builder().retryPolicy(RetryPolicy.NONE).build());
    }

    private static void awaitTimer() {
        await("a timer is set", () -> VirtualTimeScheduler.get().getScheduledTaskCount() > 0);
    }

    @Test
    void should_close_the_connection_on_a_timeout() {
        deepSeek.respond(Answer.thinking("never").fault(Fault.STALL_BEFORE_HEADERS));

        StepVerifier.withVirtualTime(() -> model().stream(HI).timeout(Duration.ofMinutes(3)))
                .expectSubscription()
                .then(() -> await("the request has come", () -> deepSeek.runningAnswers() == 1))
                .expectNoEvent(Duration.ofMinutes(2))
                .thenAwait(Duration.ofMinutes(1))
                .verifyError(TimeoutException.class);
        await("the connection is closed", () -> deepSeek.openConnections() == 0);
    }

    @Test
    void should_time_out_between_two_pieces() {
        deepSeek.respond(Answer.thinking("ab").pieces(1).thenText("c").pause(Duration.ofMinutes(10)));

        StepVerifier.withVirtualTime(() -> model().stream(HI).timeout(Duration.ofSeconds(30)))
                .expectNext(new Thinking("a"))
                .then(OperatorsTest::awaitTimer)
                .thenAwait(Duration.ofSeconds(30))
                .verifyError(TimeoutException.class);
    }

    @Test
    void should_begin_anew_with_each_retry() {
        respond(
                Answer.thinking("ab").pieces(1).fault(Fault.CUT_IN_THOUGHT),
                Answer.error(503, "busy"),
                Answer.thinking("so").thenText("done").pieces(10));

        StepVerifier.withVirtualTime(() -> withoutRetries().stream(HI)
                        .retryWhen(Retry.fixedDelay(2, Duration.ofMinutes(1))
                                .filter(error -> error instanceof StreamCutException
                                        || error instanceof ServerOverloadedException)))
                .expectNext(new Thinking("a"))
                .then(OperatorsTest::awaitTimer)
                .thenAwait(Duration.ofMinutes(1))
                .then(() -> await(
                        "the second request has come", () -> deepSeek.requests().size() == 2))
                .then(OperatorsTest::awaitTimer)
                .thenAwait(Duration.ofMinutes(1))
                .expectNext(new Thinking("so"), new ReasoningEvent.Answer("done"))
                .expectNextMatches(Completed.class::isInstance)
                .verifyComplete();
        assertThat(deepSeek.requests()).hasSize(3);
    }

    @Test
    void should_leave_what_is_not_to_be_retried() {
        respond(Answer.error(503, "busy"));

        StepVerifier.create(withoutRetries().chat(HI).retryWhen(Retry.max(5).filter(error -> false)))
                .verifyError(ServerOverloadedException.class);
        assertThat(deepSeek.requests()).hasSize(1);
    }
}
