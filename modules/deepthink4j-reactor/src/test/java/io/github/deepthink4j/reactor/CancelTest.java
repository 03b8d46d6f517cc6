package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** The connection to the model is closed at once, whatever phase the answer is in; the base class looks whether it was. */
class CancelTest extends Simulated {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMillis(300);
    private static final Answer THOUGHT =
            Answer.thinking("abcdef").thenText("never").pieces(1).pause(LONG);

    static Stream<Arguments> phases() {
        return Stream.of(
                Arguments.of(
                        "before the head of the response",
                        0,
                        Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS)),
                Arguments.of("within the head", 0, Answer.text("never").fault(Fault.SLOW_HEADERS)),
                Arguments.of("among keep-alives", 0, Answer.text("never").keepAlives(100_000)),
                Arguments.of("in the thought", 1, THOUGHT),
                Arguments.of("in the answer", 1, Answer.text("abc").pieces(1).pause(LONG)),
                Arguments.of(
                        "in a tool call",
                        1,
                        Answer.toolCall("weather", "{\"city\":\"Oslo\"}").pause(TICK)),
                Arguments.of(
                        "in a silent answer", 1, Answer.thinking("a thought").fault(Fault.STALL_SILENT)),
                Arguments.of("in a flood", 100, Answer.thinking("a thought").fault(Fault.ENDLESS_ANSWER)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("phases")
    void should_close_the_connection(String phase, int after, Answer answer) {
        deepSeek.respond(answer);
        List<ReasoningEvent> events = new CopyOnWriteArrayList<>();
        Disposable subscriber = model().stream(HI).subscribe(events::add);
        await("the request has come", () -> deepSeek.requests().size() == 1);
        await("events have come", () -> events.size() >= after);

        subscriber.dispose();

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
        int before = events.size();
        await("the answer has ended", () -> deepSeek.runningAnswers() == 0);
        assertThat(events).hasSize(before);
    }

    @Test
    void should_close_the_connection_while_nothing_is_asked_for() {
        deepSeek.respond(Answer.thinking("a thought").fault(Fault.ENDLESS_ANSWER));
        List<ReasoningEvent> events = new CopyOnWriteArrayList<>();
        BaseSubscriber<ReasoningEvent> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(ReasoningEvent event) {
                events.add(event);
            }
        };
        model().stream(HI).subscribe(subscriber);
        await("an event has come", () -> events.size() == 1);

        subscriber.cancel();

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
        assertThat(events).hasSize(1);
    }

    @Test
    void should_not_try_again_after_a_cancel() {
        deepSeek.respond(Answer.error(503, "busy").header("Retry-After", "30").header("Connection", "close"));
        Disposable subscriber = model().stream(HI).subscribe();
        await("the first attempt has failed", () -> deepSeek.requests().stream().anyMatch(r -> r.status() == 503));

        subscriber.dispose();

        await("the connection is closed", () -> deepSeek.openConnections() == 0);
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_close_the_connection_after_take() {
        deepSeek.respond(THOUGHT.pause(Duration.ofMillis(1)).fault(Fault.ENDLESS_ANSWER));

        assertThat(model().stream(HI).take(3).collectList().block()).hasSize(3);
    }

    @Test
    void should_close_the_connection_of_a_mono() {
        deepSeek.respond(THOUGHT);

        Disposable subscriber = model().chat(HI).subscribe();
        await("the request has come", () -> deepSeek.requests().size() == 1);
        subscriber.dispose();
    }

    @Test
    void should_send_nothing_for_a_subscriber_that_cancels_at_once() {
        BaseSubscriber<ReasoningEvent> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        };

        model().stream(HI).subscribe(subscriber);

        assertThat(deepSeek.openConnections()).isZero();
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_close_only_its_own_connection() {
        deepSeek.respond(THOUGHT, closing(Answer.thinking("so").thenText("done").pause(Duration.ofMillis(20))));
        ReactiveDeepSeekChatModel model = model();
        Disposable one = model.stream(HI).subscribe();
        await("the first request has come", () -> deepSeek.requests().size() == 1);
        Mono<String> other = model.stream(HI)
                .doOnNext(event -> one.dispose())
                .transform(Reasoning::answerText)
                .last();

        assertThat(other.block()).isEqualTo("done");
    }
}
