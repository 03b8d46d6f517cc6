package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.gate.GateOrder;
import io.github.deepthink4j.internal.gate.Pass;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gates that throw whatever can be thrown, at any moment: each call has one end all the same, and no place is lost. */
@Timeout(120)
class ThrowingGatesTest {

    private static final int CALLS = 24;

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
            .brain(request ->
                    request.lastUserText().contains("fail") ? Answer.error(500, "broken") : Answer.text("Hi"));

    private final CallLimit limit = CallLimit.atMost(3);

    /** Stands before the one that throws. */
    private Gate before = new TestGate(null);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private enum Moment {
        PASS,
        ENTER,
        SENT,
        ANSWERED,
        FAILED,
        CLOSE
    }

    private static final class Expected extends Error {

        private static final long serialVersionUID = 1L;

        Expected() {
            super("expected by this test");
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void thrown(int number) throws E {
        throw (E)
                switch (number % 5) {
                    case 0 -> new IllegalStateException("expected by this test");
                    case 1 -> new IOException("expected by this test");
                    case 2 -> new StackOverflowError("expected by this test");
                    case 3 -> new OutOfMemoryError("expected by this test");
                    default -> new Expected();
                };
    }

    /** Lets all in, but throws for those who say "bad". */
    private static class TestGate implements Gate {

        private final GateOrder order = GateOrder.ofDeciding();
        private final AtomicInteger thrown = new AtomicInteger();
        private final @Nullable Moment moment;

        TestGate(@Nullable Moment moment) {
            this.moment = moment;
        }

        private void at(Moment reached, CallFacts call) {
            if (reached == moment && call.request().messages().toString().contains("bad")) {
                ThrowingGatesTest.<RuntimeException>thrown(thrown.getAndIncrement());
            }
        }

        void enter(Pass.Entrance entrance) {
            entrance.admitted();
        }

        @Override
        public Pass pass(CallFacts call) {
            at(Moment.PASS, call);
            return new Pass() {
                @Override
                public void enter(Entrance entrance) {
                    at(Moment.ENTER, call);
                    TestGate.this.enter(entrance);
                }

                @Override
                public void sent() {
                    at(Moment.SENT, call);
                }

                @Override
                public void answered(ChatResponse response) {
                    at(Moment.ANSWERED, call);
                }

                @Override
                public Verdict failed(FailedAttempt attempt) {
                    at(Moment.FAILED, call);
                    return Verdict.NO_MATTER;
                }

                @Override
                public void close() {
                    at(Moment.CLOSE, call);
                }
            };
        }

        @Override
        public GateOrder order() {
            return order;
        }

        @Override
        public HeldUp heldUp() {
            throw new Expected();
        }
    }

    /** Lets in on a thread where nobody hears of what goes wrong. */
    private static final class LaterGate extends TestGate {

        LaterGate() {
            super(null);
        }

        @Override
        void enter(Pass.Entrance entrance) {
            OwnThreads.run(entrance::admitted);
        }
    }

    private <B extends DeepSeekModelBuilder<B>> B built(B builder, Gate... gates) {
        List<CallGate> all = new ArrayList<>(List.of(gates));
        all.add(limit);
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .gates(all);
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** Its one end, and how often it came. */
    private static final class Ends implements StreamingChatResponseHandler, Flow.Subscriber<Object> {

        private final CompletableFuture<Object> end = new CompletableFuture<>();
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void onCompleteResponse(ChatResponse response) {
            onComplete();
        }

        @Override
        public void onError(Throwable error) {
            count.incrementAndGet();
            end.completeExceptionally(error);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Object event) {}

        @Override
        public void onComplete() {
            count.incrementAndGet();
            end.complete("answered");
        }
    }

    private void checkAll(Moment moment, BiFunction<TestGate, String, CompletableFuture<?>> call) throws Exception {
        for (Gate before : List.of(new TestGate(null), new LaterGate())) {
            TestGate gate = new TestGate(moment);
            List<CompletableFuture<?>> good = new ArrayList<>();
            List<CompletableFuture<?>> bad = new ArrayList<>();
            this.before = before;
            for (int i = 0; i < CALLS; i++) {
                good.add(call.apply(gate, "good " + i));
                bad.add(call.apply(gate, (moment == Moment.FAILED ? "to fail, " : "") + "bad " + i));
            }

            for (CompletableFuture<?> each : good) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isNotNull();
            }
            for (CompletableFuture<?> each : bad) {
                checkEnd(moment, each);
            }
            until(() -> limit.running() + limit.waiting() == 0);
            assertThat(gate.thrown).hasValueGreaterThanOrEqualTo(CALLS);
        }
    }

    private static void checkEnd(Moment moment, CompletableFuture<?> call) throws Exception {
        switch (moment) {
            case ANSWERED, CLOSE -> assertThat(call.get(60, TimeUnit.SECONDS)).isNotNull();
            case FAILED ->
                assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(ServerFaultException.class)
                        .satisfies(e -> assertThat(e.getSuppressed())
                                .anySatisfy(it -> assertThat(it).hasMessage("expected by this test")));
            default ->
                assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .rootCause()
                        .hasMessage("expected by this test");
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void should_end_each_future(Moment moment) throws Exception {
        List<DeepSeekChatModel> models = new ArrayList<>();

        checkAll(moment, (gate, text) -> {
            DeepSeekChatModel model =
                    built(DeepSeekChatModel.builder(), before, gate).build();
            models.add(model);
            return model.chatAsync(saying(text));
        });

        models.forEach(DeepSeekChatModel::close);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void should_end_each_blocking_call(Moment moment) throws Exception {
        List<DeepSeekChatModel> models = new ArrayList<>();

        checkAll(moment, (gate, text) -> {
            DeepSeekChatModel model =
                    built(DeepSeekChatModel.builder(), before, gate).build();
            models.add(model);
            CompletableFuture<Object> answer = new CompletableFuture<>();
            new Thread(() -> {
                        try {
                            answer.complete(model.chat(text));
                        } catch (Throwable e) {
                            answer.completeExceptionally(e);
                        }
                    })
                    .start();
            return answer;
        });

        models.forEach(DeepSeekChatModel::close);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void should_end_each_stream_once(Moment moment) throws Exception {
        List<DeepSeekStreamingChatModel> models = new ArrayList<>();
        List<Ends> all = new ArrayList<>();

        checkAll(moment, (gate, text) -> {
            DeepSeekStreamingChatModel model =
                    built(DeepSeekStreamingChatModel.builder(), before, gate).build();
            models.add(model);
            Ends ends = new Ends();
            all.add(ends);
            try {
                model.chat(saying(text), ends);
            } catch (Throwable e) {
                ends.onError(e);
            }
            return ends.end;
        });

        assertThat(all).allSatisfy(ends -> assertThat(ends.count).hasValue(1));
        models.forEach(DeepSeekStreamingChatModel::close);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void should_end_each_subscription_once(Moment moment) throws Exception {
        List<DeepSeekStreamingChatModel> models = new ArrayList<>();
        List<Ends> all = new ArrayList<>();

        checkAll(moment, (gate, text) -> {
            DeepSeekStreamingChatModel model =
                    built(DeepSeekStreamingChatModel.builder(), before, gate).build();
            models.add(model);
            Ends ends = new Ends();
            all.add(ends);
            subscribe(model, saying(text), ends);
            return ends.end;
        });

        assertThat(all).allSatisfy(ends -> assertThat(ends.count).hasValue(1));
        models.forEach(DeepSeekStreamingChatModel::close);
    }

    @SuppressWarnings("unchecked")
    private static void subscribe(DeepSeekStreamingChatModel model, ChatRequest request, Ends ends) {
        model.chat(request).subscribe(ends);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void should_give_all_places_back_where_calls_are_cancelled_meanwhile(Moment moment) throws Exception {
        TestGate gate = new TestGate(moment);
        try (DeepSeekChatModel model = built(DeepSeekChatModel.builder(), new LaterGate(), gate)
                        .build();
                DeepSeekStreamingChatModel streaming = built(
                                DeepSeekStreamingChatModel.builder(), new LaterGate(), gate)
                        .build()) {
            List<CompletableFuture<ChatResponse>> kept = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                CompletableFuture<ChatResponse> one = model.chatAsync(saying("bad " + i));
                if (i % 2 == 0) {
                    one.cancel(true);
                }
                kept.add(one);
                try {
                    streaming.start(saying("to fail, bad " + i), new Ends()).cancel();
                } catch (Throwable e) {
                    assertThat(e).hasMessage("expected by this test");
                }
            }

            for (CompletableFuture<ChatResponse> each : kept) {
                each.handle((response, error) -> "over").get(60, TimeUnit.SECONDS);
            }
            until(() -> limit.running() + limit.waiting() == 0);
            assertThat(model.chat("good")).isEqualTo("Hi");
        }
    }

    @Test
    void should_end_a_call_whose_gate_can_not_say_what_has_held_it_up() {
        TestGate holding = new TestGate(null) {
            @Override
            void enter(Pass.Entrance entrance) {}
        };
        try (DeepSeekChatModel model = built(DeepSeekChatModel.builder(), holding)
                .timeouts(Timeouts.custom().total(Duration.ofMillis(50)).build())
                .build()) {

            assertThatThrownBy(() -> model.chatAsync(saying("Hi")).get(60, TimeUnit.SECONDS))
                    .rootCause()
                    .hasMessage("expected by this test");
            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseMessage("expected by this test");
        }
        assertThat(limit).hasToString("0 of 3 running, 0 waiting");
    }

    @Test
    void should_end_all_calls_of_a_model_that_is_closed_whatever_one_of_them_throws() throws Exception {
        TestGate holding = new TestGate(Moment.CLOSE) {
            @Override
            void enter(Pass.Entrance entrance) {}
        };
        List<CompletableFuture<ChatResponse>> calls = new ArrayList<>();
        try (DeepSeekChatModel model =
                built(DeepSeekChatModel.builder(), holding).build()) {
            for (int i = 0; i < 10; i++) {
                calls.add(model.chatAsync(saying("bad " + i)));
            }
        }

        for (CompletableFuture<ChatResponse> call : calls) {
            assertThatThrownBy(() -> call.get(60, TimeUnit.SECONDS)).hasMessageContaining("closed");
        }
        until(() -> limit.running() + limit.waiting() == 0);
    }
}
