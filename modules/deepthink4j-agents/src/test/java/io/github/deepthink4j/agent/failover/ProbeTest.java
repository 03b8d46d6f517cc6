package io.github.deepthink4j.agent.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Heard;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A part that rests is tried again by one call, and by no other until that one has ended. However it ends, the part is tried
 * again: a probe that is never given back would shut the part out for good.
 */
@Timeout(60)
class ProbeTest {

    private static final UserMessage HI = UserMessage.from("Hi");

    /** One failure, and it rests; for so short a time that the next call but one tries it again. */
    private static final CircuitBreakerConfig TOUCHY = CircuitBreakerConfig.custom()
            .slidingWindowSize(1)
            .minimumNumberOfCalls(1)
            .failureRateThreshold(100)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitDurationInOpenState(Duration.ofMillis(1))
            .build();

    /** Counts the starts that have no end yet. */
    private static final class Balance implements StepListener {

        private final AtomicInteger running = new AtomicInteger();
        private final List<Throwable> errors = new ArrayList<>();

        @Override
        public void onStart(StepKind kind, String part, String modelName) {
            running.incrementAndGet();
        }

        @Override
        public synchronized void onEnd(Step step, ChatResponse response) {
            running.decrementAndGet();
            errors.add(step.error());
        }
    }

    private static ChatResponse answer(String text) {
        return ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable error) throws E {
        throw (E) error;
    }

    /** Fails at first, does what the test wants at the probe, and is well from then on. */
    private static final class Ill implements StreamingChatModel, ChatModel, StreamingHandle {

        private final AtomicInteger asked = new AtomicInteger();
        private final Consumer<StreamingChatResponseHandler> atTheProbe;

        Ill(Consumer<StreamingChatResponseHandler> atTheProbe) {
            this.atTheProbe = atTheProbe;
        }

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            switch (asked.incrementAndGet()) {
                case 1 -> handler.onError(new RateLimitException("slow down"));
                case 2 -> atTheProbe.accept(handler);
                default -> handler.onCompleteResponse(answer("well"));
            }
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            ChatResponse[] response = new ChatResponse[1];
            doChat(request, new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse complete) {
                    response[0] = complete;
                }

                @Override
                public void onError(Throwable error) {
                    ProbeTest.<RuntimeException>sneak(error);
                }
            });
            return response[0];
        }

        void piece(StreamingChatResponseHandler handler) {
            handler.onPartialResponse(new PartialResponse("piece"), new PartialResponseContext(this));
        }

        @Override
        public void cancel() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public dev.langchain4j.model.chat.request.ChatRequestParameters defaultRequestParameters() {
            return ChatModel.super.defaultRequestParameters();
        }

        @Override
        public List<ChatModelListener> listeners() {
            return List.of();
        }

        @Override
        public dev.langchain4j.model.ModelProvider provider() {
            return ChatModel.super.provider();
        }

        @Override
        public java.util.Set<dev.langchain4j.model.chat.Capability> supportedCapabilities() {
            return java.util.Set.of();
        }
    }

    private static final class Well implements ChatModel {
        @Override
        public ChatResponse doChat(ChatRequest request) {
            return answer("other");
        }
    }

    private static final class WellStream implements StreamingChatModel {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            handler.onCompleteResponse(answer("other"));
        }
    }

    private static void blocking(Consumer<StreamingChatResponseHandler> atTheProbe) {
        Ill ill = new Ill(atTheProbe);
        Balance balance = new Balance();
        FailoverChatModel model = FailoverChatModel.builder()
                .circuitBreaker(TOUCHY)
                .part((ChatModel) ill)
                .part(new Well())
                .stepListener(balance)
                .build();
        while (ill.asked.get() < 3 && !Thread.currentThread().isInterrupted()) {
            catchThrowable(() -> model.chat(HI));
        }
        assertThat(ill.asked).hasValue(3);
        assertThat(balance.running).hasValue(0);
    }

    private static Balance streaming(
            Consumer<StreamingChatResponseHandler> atTheProbe,
            CircuitBreakerConfig breaker,
            Consumer<StreamingHandle> onPiece) {
        Ill ill = new Ill(atTheProbe);
        Balance balance = new Balance();
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .circuitBreaker(breaker)
                .part((StreamingChatModel) ill)
                .part(new WellStream())
                .stepListener(balance)
                .build();
        while (ill.asked.get() < 3 && !Thread.currentThread().isInterrupted()) {
            catchThrowable(() -> model.chat(Duo.request(HI), new Heard().onPiece(onPiece)));
        }
        assertThat(ill.asked).hasValue(3);
        assertThat(balance.running).hasValue(0);
        return balance;
    }

    @Test
    void should_give_a_probe_back_whatever_the_part_throws() {
        for (Throwable thrown : List.of(
                new NoClassDefFoundError("of a vendor"),
                new AssertionError("of a vendor"),
                new StackOverflowError(),
                new AuthenticationException("who?"),
                new NullPointerException(),
                new IOException("sneaked"),
                new RateLimitException("slow down"))) {
            Consumer<StreamingChatResponseHandler> throwing = handler -> ProbeTest.<RuntimeException>sneak(thrown);
            Consumer<StreamingChatResponseHandler> telling = handler -> handler.onError(thrown);

            blocking(throwing);
            streaming(throwing, TOUCHY, handle -> {});
            streaming(telling, TOUCHY, handle -> {});
        }
    }

    @Test
    void should_give_a_probe_back_when_the_users_callback_breaks() {
        Ill speaking = new Ill(handler -> {});
        Balance balance = streaming(
                handler -> {
                    speaking.piece(handler);
                    speaking.piece(handler);
                },
                TOUCHY,
                handle -> {
                    throw new AssertionError("of the user");
                });

        assertThat(balance.errors.get(balance.errors.size() - 2)).isInstanceOf(CancellationException.class);
    }

    @Test
    void should_give_a_probe_back_when_the_user_cancels_and_end_its_step() {
        Ill speaking = new Ill(handler -> {});
        Balance balance = streaming(speaking::piece, TOUCHY, StreamingHandle::cancel);

        assertThat(balance.errors.get(balance.errors.size() - 2)).isInstanceOf(CancellationException.class);
    }

    @Test
    void should_give_a_probe_back_when_a_predicate_of_the_breaker_breaks() {
        AtomicInteger judged = new AtomicInteger();
        CircuitBreakerConfig broken = CircuitBreakerConfig.from(TOUCHY)
                .recordException(error -> {
                    if (judged.incrementAndGet() == 2) {
                        throw new StackOverflowError();
                    }
                    return true;
                })
                .build();

        streaming(handler -> handler.onError(new RateLimitException("slow down")), broken, handle -> {});

        assertThat(judged).hasValueGreaterThanOrEqualTo(2);
    }

    @Test
    void should_try_a_part_again_while_many_users_fail_cancel_break_and_are_interrupted() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Ill speaking = new Ill(handler -> {});
        StreamingChatModel moody = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                switch (asked.incrementAndGet() % 4) {
                    case 0 -> handler.onError(new RateLimitException("slow down"));
                    case 1 -> throw new NoClassDefFoundError("of a vendor");
                    case 2 -> speaking.piece(handler);
                    default -> handler.onCompleteResponse(answer("well"));
                }
            }
        };
        Balance balance = new Balance();
        FailoverStreamingChatModel model = FailoverStreamingChatModel.builder()
                .circuitBreaker(TOUCHY)
                .part(moody)
                .part(new WellStream())
                .stepListener(balance)
                .build();
        ExecutorService users = Executors.newFixedThreadPool(16);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            int user = i;
            calls.add(users.submit(() -> {
                Heard heard = new Heard().onPiece(handle -> {
                    if (user % 2 == 0) {
                        throw new AssertionError("of the user");
                    }
                    handle.cancel();
                });
                if (user % 3 == 0) {
                    Thread.currentThread().interrupt();
                }
                catchThrowable(() -> model.chat(Duo.request(HI), heard));
                Thread.interrupted();
                return heard.events.stream().filter(event -> !event.startsWith("text"));
            }));
        }
        for (Future<?> call : calls) {
            call.get(30, TimeUnit.SECONDS);
        }
        users.shutdown();

        int before = asked.get();
        while (asked.get() < before + 8 && !Thread.currentThread().isInterrupted()) {
            catchThrowable(() -> model.chat(Duo.request(HI), new Heard().onPiece(StreamingHandle::cancel)));
        }
        assertThat(balance.running).hasValue(0);
    }
}
