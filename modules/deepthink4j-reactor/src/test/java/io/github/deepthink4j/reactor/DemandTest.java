package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReasoningEvent.Completed;
import io.github.deepthink4j.reactor.ReasoningEvent.Thinking;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.thorough.Thorough;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.StepVerifier;

class DemandTest extends Simulated {

    private static final int PIECES = Thorough.times(100_000, 30_000);

    /** What the JDK's client hands over in one read at most: three buffers. */
    private static final int ONE_READ = 3 * 16 * 1024;

    /** What the client and the two ends of a connection within one machine hold beside that, by far. */
    private static final int IN_BUFFERS = 4 << 20;

    /** The bytes that have come to the decoder. */
    private final AtomicLong decoded = new AtomicLong();

    private ReactiveDeepSeekChatModel counting(
            DeepSeekStreamingChatModel.Builder builder, boolean langChain4jsHttpClient) {
        return ReactiveDeepSeekChatModel.from(builder.transport(new CountingTransport(langChain4jsHttpClient, decoded))
                .build());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_not_read_ahead_of_a_slow_subscriber_and_lose_nothing(boolean langChain4jsHttpClient)
            throws IOException {
        try (CountingServer server = new CountingServer(PIECES)) {
            DeepSeekStreamingChatModel.Builder builder = builder().baseUrl(server.baseUrl());
            int thoughts = 0;
            long mostAhead = 0;
            ReasoningEvent last = null;

            OneByOne slow = new OneByOne();
            counting(builder, langChain4jsHttpClient).stream(HI).subscribe(slow);
            for (ReasoningEvent event = slow.next(); event != null; event = slow.next()) {
                if (thoughts % 20_000 == 1) {
                    letItRunAheadIfItCan();
                    assertThat(server.written() - decoded.get()).isLessThan(IN_BUFFERS);
                }
                mostAhead = Math.max(mostAhead, decoded.get() - (long) thoughts * CountingServer.PIECE.length);
                thoughts += event instanceof Thinking ? 1 : 0;
                last = event;
            }

            assertThat(thoughts).isEqualTo(PIECES);
            assertThat(last)
                    .isInstanceOfSatisfying(
                            Completed.class,
                            completed -> assertThat(
                                            completed.response().aiMessage().text())
                                    .isEqualTo("42"));
            assertThat(mostAhead).as("bytes decoded ahead").isBetween(1L, 2L * ONE_READ);
        }
    }

    /** Asks for the next event when it is wanted; what waits already comes on the asking thread. */
    private static final class OneByOne extends BaseSubscriber<ReasoningEvent> {

        private final Queue<ReasoningEvent> events = new ConcurrentLinkedQueue<>();
        private final Thread asking = Thread.currentThread();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Nothing is asked for yet.
        }

        @Override
        protected void hookOnNext(ReasoningEvent event) {
            events.add(event);
            // This thread must not block, and a queue that wakes up has a lock.
            LockSupport.unpark(asking);
        }

        /** {@code null} after the last one. */
        @Nullable
        ReasoningEvent next() {
            request(1);
            ReasoningEvent event = events.poll();
            while (event == null && !isDisposed()) {
                LockSupport.parkNanos(10_000_000);
                event = events.poll();
            }
            assertThat(events.isEmpty())
                    .as("no event that nobody has asked for")
                    .isTrue();
            return event;
        }
    }

    /** Until nothing has come for a while. */
    private void letItRunAheadIfItCan() {
        long before;
        do {
            before = decoded.get();
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } while (decoded.get() != before);
    }

    @Test
    void should_hold_up_the_server_while_nothing_is_asked_for() throws IOException {
        try (CountingServer server = new CountingServer(Integer.MAX_VALUE)) {
            ReactiveDeepSeekChatModel model = counting(builder().baseUrl(server.baseUrl()), false);

            StepVerifier.create(model.stream(HI), 1)
                    .expectNextCount(1)
                    .then(() -> {
                        letItRunAheadIfItCan();
                        assertThat(decoded.get()).isBetween(1L, 2L * ONE_READ);
                        assertThat(server.written()).isLessThan(IN_BUFFERS);
                    })
                    .thenRequest(2L * IN_BUFFERS / CountingServer.PIECE.length)
                    .expectNextCount(2L * IN_BUFFERS / CountingServer.PIECE.length)
                    .then(() -> assertThat(server.written()).isGreaterThan(IN_BUFFERS))
                    .thenCancel()
                    .verify();
            await("the connection is closed", server::clientHasGone);
        }
    }

    @Test
    void should_give_as_many_as_asked_for() {
        respond(Answer.thinking("abc").pieces(1).thenText("d"));

        StepVerifier.create(model().stream(HI), 0)
                .expectSubscription()
                .then(() ->
                        await("all was sent", () -> !deepSeek.requests().isEmpty() && deepSeek.runningAnswers() == 0))
                .expectNoEvent(Duration.ofMillis(50))
                .thenRequest(1)
                .expectNext(new Thinking("a"))
                .expectNoEvent(Duration.ofMillis(50))
                .thenRequest(2)
                .expectNext(new Thinking("b"), new Thinking("c"))
                .thenRequest(1)
                .expectNext(new ReasoningEvent.Answer("d"))
                .expectNoEvent(Duration.ofMillis(50))
                .thenRequest(1)
                .expectNextMatches(Completed.class::isInstance)
                .verifyComplete();
    }
}
