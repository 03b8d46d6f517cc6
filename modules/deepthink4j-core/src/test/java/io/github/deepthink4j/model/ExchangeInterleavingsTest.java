package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.http.Lifetime;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.RetryPolicy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One exchange whose attempts fail and are made again, while users cancel, pause and resume it and the model is closed: it has
 * one end, or none after a cancel, and leaves no attempt open.
 */
@Tag("interleavings")
class ExchangeInterleavingsTest {

    private static final String ANSWER = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final ModelSettings SETTINGS = DeepSeekStreamingChatModel.builder()
            .baseUrl("http://localhost:1")
            .apiKey("test")
            .modelName("deepseek-flash")
            .retryPolicy(RetryPolicy.custom()
                    .maxAttempts(3)
                    .baseDelay(Duration.ofNanos(1))
                    .build())
            .settings(DeepSeekStreamingChatModel.class, true);
    private static final PreparedRequest REQUEST = new RequestComposer(SETTINGS)
            .compose(
                    ChatRequest.builder()
                            .messages(UserMessage.from("Hi"))
                            .parameters(DeepSeekChatRequestParameters.builder()
                                    .modelName("deepseek-flash")
                                    .build())
                            .build(),
                    true);

    @Test
    void should_have_one_end_and_leave_nothing_open() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .check(Exchange.class);
    }

    @Test
    void should_close_an_attempt_that_was_cancelled_while_it_was_sent() {
        Exchange cancelled = new Exchange();
        cancelled.whileSending = cancelled::cancel;

        cancelled.start();

        cancelled.hasOneEnd();
    }

    @Test
    void should_have_its_end_even_if_the_connection_can_not_be_given_back() {
        Exchange broken = new Exchange();
        broken.drain = () -> {
            throw new NoClassDefFoundError("of the transport");
        };
        broken.start();

        assertThatThrownBy(broken::attemptAnswers).hasMessage("of the transport");

        assertThat(broken.ends).hasValue(1);
    }

    public static class Exchange implements AnswerReceiver {

        private final ConcurrentLinkedQueue<Wire> open = new ConcurrentLinkedQueue<>();
        private final AtomicInteger ends = new AtomicInteger();
        private final Lifetime life = new Lifetime(new Transport() {
            @Override
            public TransportCall send(TransportRequest request, TransportListener listener) {
                Wire wire = new Wire(listener, drain);
                open.add(wire);
                // To send takes a while, in which much may happen.
                whileSending.run();
                pauseForAMoment();
                return wire;
            }

            @Override
            public void close() {}
        });
        private final CallLimit limit = CallLimit.atMost(1);
        private final ChatExchange exchange;
        private volatile boolean started;
        private Runnable whileSending = () -> {};
        private Runnable drain = () -> {};

        public Exchange() {
            ModelSettings settings = new ModelSettings(
                    SETTINGS.endpoints(),
                    SETTINGS.headers(),
                    SETTINGS.profile(),
                    SETTINGS.dialect(),
                    SETTINGS.parameterCheck(),
                    SETTINGS.promptLanguage(),
                    SETTINGS.timeouts(),
                    SETTINGS.retryPolicy(),
                    List.of((Gate) limit),
                    SETTINGS.limits(),
                    life,
                    SETTINGS.scheduler(),
                    SETTINGS.prices(),
                    false,
                    true,
                    SETTINGS.log());
            exchange = new ChatExchange(settings, REQUEST, handle -> this);
        }

        @Operation(runOnce = true)
        public void start() {
            started = true;
            try {
                exchange.start();
            } catch (IllegalStateException e) {
                // The model is closed, and says so to the caller.
                ends.incrementAndGet();
            }
        }

        @Operation
        public void attemptFails() {
            Wire wire = open.poll();
            if (wire != null) {
                wire.fail(Kind.RESET);
            }
        }

        @Operation
        public void attemptIsOneTooMany() {
            Wire wire = open.poll();
            if (wire != null) {
                wire.refuse();
            }
        }

        @Operation
        public void attemptAnswers() {
            Wire wire = open.poll();
            if (wire != null) {
                wire.answer();
            }
        }

        @Operation
        public void pause() {
            exchange.pause();
        }

        @Operation
        public void resume() {
            exchange.resume();
        }

        @Operation
        public void cancel() {
            pauseForAMoment();
            exchange.cancel();
        }

        @Operation
        public void close() {
            pauseForAMoment();
            life.close();
        }

        private static void pauseForAMoment() {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(100_000));
        }

        /** Attempts that wait are answered; the next one is sent on a thread of its own. */
        @Validate
        public void hasOneEnd() {
            if (!started) {
                start();
            }
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (ends.get() == 0 && !exchange.isCancelled()) {
                attemptAnswers();
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("no end");
                }
                LockSupport.parkNanos(10_000);
            }
            if (ends.get() > 1) {
                throw new IllegalStateException(ends.get() + " ends");
            }
            if (limit.running() + limit.waiting() > 0) {
                throw new IllegalStateException("its place is not given back: " + limit);
            }
            for (Wire wire : open) {
                if (!wire.over) {
                    throw new IllegalStateException("an attempt is left open");
                }
            }
        }

        @Override
        public void onComplete(ChatResponse response) {
            ends.incrementAndGet();
        }

        @Override
        public void onError(RuntimeException error) {
            ends.incrementAndGet();
        }

        @Override
        public void onThinking(String piece) {}

        @Override
        public void onText(String piece) {}

        @Override
        public void onToolCallPiece(int index, String id, String name, String partialArguments) {}

        @Override
        public void onToolCall(int index, ToolExecutionRequest call) {}
    }

    /** An attempt's connection, which keeps the rules of one: one end, and nothing after a cancel. */
    private static final class Wire implements TransportCall {

        private final TransportListener listener;
        private final Runnable drain;
        private volatile boolean over;
        private volatile boolean cancelled;

        Wire(TransportListener listener, Runnable drain) {
            this.listener = listener;
            this.drain = drain;
        }

        private synchronized boolean end() {
            boolean first = !over;
            over = true;
            return first;
        }

        void fail(Kind kind) {
            if (end()) {
                listener.onFailure(new TransportFailure(kind, null, null));
            }
        }

        void refuse() {
            if (end()) {
                listener.onResponse(429, Map.of("retry-after-ms", List.of("1")));
                listener.onComplete();
            }
        }

        void answer() {
            if (end()) {
                listener.onResponse(200, Map.of());
                listener.onBytes(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.UTF_8)));
                listener.onComplete();
            }
        }

        @Override
        public void cancel() {
            cancelled |= end();
        }

        @Override
        public void abort() {
            fail(Kind.CLOSED);
        }

        @Override
        public void drain() {
            drain.run();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }
}
