package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.CallQueueFullException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.internal.http.ManualScheduler;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFactory;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallGate;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models whose calls pass a limit, against a server that has one too. */
@Timeout(120)
class LimitedCallsTest {

    private static final int CALLS = 1_000;
    private static final int AT_A_TIME = 20;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text(request.lastUserText()));

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model(CallLimit limit) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .gates(limit);
    }

    private DeepSeekStreamingChatModel.Builder streaming(CallLimit limit) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .gates(limit);
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static ChatRequest of(String user, String text) {
        return ChatRequest.builder()
                .messages(UserMessage.from(text))
                .parameters(DeepSeekChatRequestParameters.builder().userId(user).build())
                .build();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Throwable errorOf(CompletableFuture<?> future) throws Exception {
        try {
            future.get(60, TimeUnit.SECONDS);
            throw new AssertionError("it has an answer");
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private long refusedByTheServer() {
        return deepSeek.requests().stream().filter(it -> it.status() == 429).count();
    }

    @Test
    void should_get_a_thousand_calls_through_a_server_that_takes_twenty_without_a_thread_that_waits() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CallLimit limit = CallLimit.atMost(AT_A_TIME);
        deepSeek.concurrencyLimit(AT_A_TIME).brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text(request.lastUserText());
        });
        try (DeepSeekChatModel model = model(limit).build()) {
            int before = OwnThreadCount.now();
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                answers.add(model.chatAsync(saying("question " + i)));
            }
            until(() -> limit.running() == AT_A_TIME && limit.waiting() == CALLS - AT_A_TIME);

            assertThat(OwnThreadCount.now() - before)
                    .as("threads while 980 wait")
                    .isLessThanOrEqualTo(40);

            mayAnswer.countDown();
            for (int i = 0; i < CALLS; i++) {
                assertThat(answers.get(i).get(60, TimeUnit.SECONDS).aiMessage().text())
                        .isEqualTo("question " + i);
            }
        }
        assertThat(refusedByTheServer()).isZero();
        assertThat(limit.refusals()).isZero();
        assertThat(deepSeek.requests()).hasSize(CALLS);
        assertThat(limit.running()).isZero();
        assertThat(limit.waiting()).isZero();
    }

    @Test
    void should_refuse_no_caller_while_it_learns_how_many_the_server_takes() throws Exception {
        CallLimit limit = CallLimit.builder().adaptive(200, 200).build();
        CountDownLatch mayAnswer = new CountDownLatch(1);
        deepSeek.concurrencyLimit(AT_A_TIME).brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text(request.lastUserText());
        });
        try (DeepSeekChatModel model = model(limit).build()) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                answers.add(model.chatAsync(saying("question " + i)));
            }
            until(() -> limit.running() == AT_A_TIME && limit.waiting() == 400 - AT_A_TIME);

            assertThat(limit.concurrency()).isEqualTo(AT_A_TIME);
            assertThat(limit.refusals()).isPositive();
            mayAnswer.countDown();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get(60, TimeUnit.SECONDS).aiMessage().text())
                        .isEqualTo("question " + i);
            }
        }
        assertThat(limit.refusals()).isEqualTo(refusedByTheServer());
        assertThat(limit.running()).isZero();
    }

    @Test
    void should_let_users_take_turns() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CallLimit limit = CallLimit.atMost(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        try (DeepSeekChatModel model = model(limit).build()) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            answers.add(model.chatAsync(of("greedy", "first")));
            for (int i = 0; i < 50; i++) {
                answers.add(model.chatAsync(of("greedy", "more " + i)));
            }
            for (int i = 0; i < 3; i++) {
                answers.add(model.chatAsync(of("ann", "ann " + i)));
                answers.add(model.chatAsync(of("bob", "bob " + i)));
            }
            mayAnswer.countDown();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
        assertThat(deepSeek.requests())
                .extracting(SimulatedRequest::lastUserText)
                .startsWith(
                        "first", "more 0", "ann 0", "bob 0", "more 1", "ann 1", "bob 1", "more 2", "ann 2", "bob 2",
                        "more 3", "more 4");
    }

    /** The bound that docs/limits.md states: of ten users who wait, one's k-th call goes as the 10 * k-th of those that have waited. */
    @Test
    void should_let_nine_users_through_within_the_bound_behind_one_who_has_queued_820_calls() throws Exception {
        int greedys = 820;
        int ofEach = 20;
        int users = 10;
        Semaphore mayAnswer = new Semaphore(0);
        BlockingQueue<String> arrivals = new LinkedBlockingQueue<>();
        CallLimit limit = CallLimit.atMost(AT_A_TIME);
        deepSeek.concurrencyLimit(AT_A_TIME).brain(request -> {
            arrivals.add(request.lastUserText());
            mayAnswer.acquireUninterruptibly();
            return Answer.text("Hi");
        });
        List<String> order = new ArrayList<>();
        try (DeepSeekChatModel model = model(limit).build()) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (int i = 0; i < greedys; i++) {
                answers.add(model.chatAsync(of("greedy", "greedy")));
            }
            for (int i = AT_A_TIME; i > 0; i--) {
                order.add(arrivals.take());
            }
            for (int user = 1; user < users; user++) {
                for (int i = 0; i < ofEach; i++) {
                    answers.add(model.chatAsync(of("user-" + user, "user-" + user)));
                }
            }

            // One place at a time is given back, so that the order of arrival is that of the limit.
            while (order.size() < CALLS) {
                mayAnswer.release();
                order.add(arrivals.take());
            }
            mayAnswer.release(AT_A_TIME);
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
        for (int user = 1; user < users; user++) {
            int seen = 0;
            for (int place = AT_A_TIME; place < CALLS; place++) {
                if (order.get(place).equals("user-" + user)) {
                    seen++;
                    assertThat(place - AT_A_TIME + 1)
                            .as("place of call %d of user %d", seen, user)
                            .isLessThanOrEqualTo(users * seen);
                }
            }
            assertThat(seen).isEqualTo(ofEach);
        }
        assertThat(order.lastIndexOf("greedy")).as("his last call").isEqualTo(CALLS - 1);
        assertThat(refusedByTheServer()).isZero();
    }

    @Test
    void should_fail_at_once_where_the_queue_is_full_and_try_nothing_again() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CallLimit limit = CallLimit.builder().atMost(1).maxWaiting(1).build();
        Queue<AttemptEvent> events = new ConcurrentLinkedQueue<>();
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        try (DeepSeekChatModel model = model(limit)
                        .retryPolicy(RetryPolicy.custom().onAttempt(events::add).build())
                        .build();
                DeepSeekStreamingChatModel streaming = streaming(limit).build()) {
            CompletableFuture<ChatResponse> running = model.chatAsync(saying("1"));
            CompletableFuture<ChatResponse> waiting = model.chatAsync(saying("2"));
            Heard stream = new Heard();
            streaming.chat(saying("3"), stream);

            assertThatThrownBy(() -> model.chat(saying("4")))
                    .isInstanceOf(CallQueueFullException.class)
                    .hasMessageContaining("1 of 1 running, 1 waiting");
            assertThat(errorOf(model.chatAsync(saying("5")))).isInstanceOf(CallQueueFullException.class);
            assertThat(errorOf(stream.end)).isInstanceOf(CallQueueFullException.class);
            assertThat(events).isEmpty();
            mayAnswer.countDown();
            running.get(60, TimeUnit.SECONDS);
            waiting.get(60, TimeUnit.SECONDS);
        }
        assertThat(deepSeek.requests()).hasSize(2);
    }

    @Test
    void should_try_a_refused_call_again_once_and_not_twice() {
        Queue<AttemptEvent> events = new ConcurrentLinkedQueue<>();
        CallLimit limit = CallLimit.builder().atMost(5).maxRefusals(2).build();
        Answer refused = Answer.error(429, "busy").header("retry-after-ms", "1");
        deepSeek.respond(refused, refused, Answer.text("Hi"), refused, refused, refused, Answer.error(503, "busy"));
        try (DeepSeekChatModel model = model(limit)
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMillis(1))
                        .onAttempt(events::add)
                        .build())
                .build()) {

            assertThat(model.chat("1")).isEqualTo("Hi");
            assertThat(events).extracting(AttemptEvent::number).containsExactly(1, 2, 3);

            assertThatThrownBy(() -> model.chat("2")).isInstanceOf(DeepSeekRateLimitException.class);
            assertThat(deepSeek.requests())
                    .as("twice more by the limit, and not by the policy")
                    .hasSize(6);

            assertThat(model.chat("3")).as("what is no 429 is the policy's").isEqualTo("3");
            assertThat(deepSeek.requests()).hasSize(8);
        }
        assertThat(limit.refusals()).isEqualTo(5);
        assertThat(limit.running()).isZero();
    }

    @Test
    void should_let_no_other_call_go_before_the_time_that_the_server_has_named() throws Exception {
        CallLimit limit = CallLimit.atMost(5);
        deepSeek.respond(Answer.error(429, "busy").header("Retry-After", "3600"), Answer.text("never"));
        try (DeepSeekChatModel model = model(limit).build();
                DeepSeekChatModel other = model(limit)
                        .timeouts(Timeouts.custom().total(Duration.ofMillis(50)).build())
                        .build()) {

            assertThatThrownBy(() -> model.chat("1"))
                    .as("an hour is too long to wait")
                    .isInstanceOf(DeepSeekRateLimitException.class);
            assertThatThrownBy(() -> other.chat("2"))
                    .isInstanceOfSatisfying(
                            DeepSeekTimeoutException.class,
                            e -> assertThat(e.phase()).isEqualTo(DeepSeekTimeoutException.Phase.TOTAL))
                    .hasMessage("The call waited for the end of a pause that the server wants at a CallLimit (0 of"
                            + " 5 running, 1 waiting) until its 50 milliseconds were over. Try again, allow more"
                            + " time (Timeouts.total), or send fewer at a time.");
            assertThat(limit.waiting()).isZero();
        }
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @Test
    void should_count_the_limits_on_the_answer_from_the_sending_on() throws Exception {
        ManualScheduler time = new ManualScheduler();
        CallLimit limit = CallLimit.atMost(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        deepSeek.brain(request -> {
            if (request.lastUserText().equals("slow")) {
                awaitQuietly(mayAnswer);
            }
            return Answer.text("Hi");
        });
        try (DeepSeekChatModel slow = model(limit).build();
                DeepSeekChatModel model = model(limit)
                        .scheduler(time)
                        .timeouts(Timeouts.custom()
                                .firstByte(Duration.ofSeconds(2))
                                .idle(Duration.ofSeconds(2))
                                .build())
                        .build()) {
            CompletableFuture<ChatResponse> running = slow.chatAsync(saying("slow"));
            CompletableFuture<ChatResponse> waiting = model.chatAsync(saying("quick"));
            until(() -> limit.waiting() == 1);
            // Longer than the first byte may take.
            time.advance(Duration.ofSeconds(10));
            mayAnswer.countDown();

            assertThat(running.get(60, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("Hi");
            assertThat(waiting.get(60, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("Hi");
        }
    }

    @Test
    void should_send_nothing_for_a_call_that_is_cancelled_or_interrupted_while_it_waits() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CallLimit limit = CallLimit.atMost(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        try (DeepSeekChatModel model = model(limit).build();
                DeepSeekStreamingChatModel streaming = streaming(limit).build()) {
            CompletableFuture<ChatResponse> running = model.chatAsync(saying("runs"));
            CompletableFuture<ChatResponse> cancelled = model.chatAsync(saying("cancelled"));
            Heard heard = new Heard();
            StreamingHandle stream = streaming.start(saying("cancelled"), heard);
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    model.chat(saying("interrupted"));
                } catch (Throwable e) {
                    thrown.set(e);
                }
            });
            caller.start();
            until(() -> limit.waiting() == 3);

            cancelled.cancel(true);
            assertThat(limit.waiting()).isEqualTo(2);
            stream.cancel();
            assertThat(limit.waiting()).isEqualTo(1);
            caller.interrupt();
            caller.join();
            assertThat(limit.waiting()).isZero();
            assertThat(thrown.get()).isInstanceOf(CallInterruptedException.class);

            mayAnswer.countDown();
            running.get(60, TimeUnit.SECONDS);
            assertThat(model.chat("next")).isEqualTo("Hi");
            assertThat(heard.end).isNotDone();
        }
        assertThat(deepSeek.requests())
                .extracting(SimulatedRequest::lastUserText)
                .containsExactly("runs", "next");
    }

    @Test
    void should_end_the_waiting_calls_of_a_model_that_is_closed_and_no_others() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CallLimit limit = CallLimit.atMost(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        DeepSeekChatModel closed = model(limit).build();
        try (DeepSeekChatModel model = model(limit).build()) {
            CompletableFuture<ChatResponse> running = model.chatAsync(saying("1"));
            CompletableFuture<ChatResponse> waiting = closed.chatAsync(saying("2"));
            CompletableFuture<ChatResponse> waitingToo = model.chatAsync(saying("3"));

            closed.close();

            assertThat(errorOf(waiting))
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            e -> assertThat(e.reason()).isEqualTo(ConnectionFailedException.Reason.CLOSED));
            assertThat(limit.waiting()).isEqualTo(1);
            mayAnswer.countDown();
            running.get(60, TimeUnit.SECONDS);
            waitingToo.get(60, TimeUnit.SECONDS);
        }
    }

    /** In every way that a call may end, many beside each other. */
    @Test
    void should_give_each_place_back_however_calls_end() throws Exception {
        CallLimit limit = CallLimit.builder().atMost(8).maxRefusals(0).build();
        deepSeek.brain(LimitedCallsTest::answerInKind);
        int users = 160;
        List<CompletableFuture<?>> ends = new ArrayList<>();
        try (DeepSeekChatModel model = model(limit).build();
                DeepSeekStreamingChatModel streaming = streaming(limit)
                        .timeouts(Timeouts.custom().idle(Duration.ofMillis(200)).build())
                        .build()) {
            for (int i = 0; i < users; i++) {
                ends.add(user(Manner.values()[i % Manner.values().length], model, streaming));
            }
            for (CompletableFuture<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
            until(() -> limit.running() == 0 && limit.waiting() == 0);

            assertThat(model.chat("ASKS")).isEqualTo("ASKS");
        }
        assertThat(limit.running()).isZero();
    }

    private enum Manner {
        ASKS,
        FAILS,
        IS_REFUSED,
        IS_CUT,
        CANCELS,
        IS_INTERRUPTED,
        THROWS_AN_ERROR,
        IS_HALF_OPEN
    }

    private static Answer answerInKind(SimulatedRequest request) {
        return switch (Manner.valueOf(request.lastUserText())) {
            case FAILS -> Answer.error(503, "busy");
            case IS_REFUSED -> Answer.error(429, "busy").header("retry-after-ms", "1");
            case IS_CUT -> Answer.text("cut in the midst").fault(Fault.CUT_IN_ANSWER);
            case CANCELS, IS_INTERRUPTED, IS_HALF_OPEN -> Answer.text("never").fault(Fault.STALL_SILENT);
            default -> Answer.text(request.lastUserText());
        };
    }

    private static CompletableFuture<?> user(
            Manner manner, DeepSeekChatModel model, DeepSeekStreamingChatModel streaming) {
        ChatRequest request = of(manner.name(), manner.name());
        switch (manner) {
            case CANCELS -> {
                CompletableFuture<ChatResponse> answer = model.chatAsync(request);
                return CompletableFuture.runAsync(() -> answer.cancel(true));
            }
            case IS_INTERRUPTED -> {
                CompletableFuture<Void> end = new CompletableFuture<>();
                Thread caller = new Thread(() -> {
                    try {
                        model.chat(request);
                    } catch (CallInterruptedException e) {
                        end.complete(null);
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                });
                caller.start();
                caller.interrupt();
                return end;
            }
            case THROWS_AN_ERROR -> {
                Heard heard = new Heard();
                heard.thrown = new AssertionError("expected by this test");
                streaming.chat(request, heard);
                return heard.end.handle((answer, error) -> answer);
            }
            case IS_HALF_OPEN -> {
                Heard heard = new Heard();
                streaming.chat(request, heard);
                return heard.end.handle((answer, error) -> {
                    assertThat(error).isInstanceOf(DeepSeekTimeoutException.class);
                    return answer;
                });
            }
            case ASKS -> {
                return model.chatAsync(request);
            }
            default -> {
                return model.chatAsync(request).handle((answer, error) -> {
                    assertThat(error).isInstanceOf(RuntimeException.class);
                    return answer;
                });
            }
        }
    }

    @Test
    void should_give_the_place_back_where_a_request_can_not_be_sent() throws Exception {
        CallLimit limit = CallLimit.atMost(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        TransportFactory broken = settings -> new Transport() {
            @Override
            public TransportCall send(TransportRequest request, TransportListener listener) {
                throw new NoClassDefFoundError("of the transport");
            }

            @Override
            public void close() {}
        };
        try (DeepSeekChatModel good = model(limit).build();
                DeepSeekChatModel model = model(limit).transport(broken).build()) {
            assertThatThrownBy(() -> model.chat("at once")).hasMessage("of the transport");
            assertThat(limit.running()).isZero();

            CompletableFuture<ChatResponse> running = good.chatAsync(saying("1"));
            CompletableFuture<ChatResponse> waiting = model.chatAsync(saying("after a wait"));
            CompletableFuture<ChatResponse> behind = good.chatAsync(saying("2"));
            mayAnswer.countDown();

            assertThat(errorOf(waiting)).hasRootCauseMessage("of the transport");
            running.get(60, TimeUnit.SECONDS);
            behind.get(60, TimeUnit.SECONDS);
        }
        assertThat(limit.running()).isZero();
    }

    @Test
    void should_take_no_gate_of_another_kind() {
        CallGate foreign = new CallGate() {};

        assertThatThrownBy(() -> DeepSeekChatModel.builder().gates(foreign))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "gates takes what a module of deepthink4j makes, such as CallLimit.atMost(10),");
    }

    @Test
    void should_know_a_user_by_the_field_of_other_hosts_too() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        CallLimit limit = CallLimit.atMost(1);
        deepSeek.brain(request -> {
            awaitQuietly(mayAnswer);
            return Answer.text("Hi");
        });
        try (DeepSeekChatModel model = model(limit).build();
                DeepSeekChatModel ann =
                        model(limit).customParameters(Map.of("user", "ann")).build()) {
            List<CompletableFuture<ChatResponse>> answers = new ArrayList<>();
            for (String text : List.of("1", "2", "3")) {
                answers.add(model.chatAsync(saying(text)));
            }
            answers.add(ann.chatAsync(saying("ann")));
            mayAnswer.countDown();
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        }
        assertThat(deepSeek.requests())
                .extracting(SimulatedRequest::lastUserText)
                .containsExactly("1", "2", "ann", "3");
    }

    @Test
    void should_wait_for_its_turn_over_a_client_of_another_kind_and_within_a_200_too() {
        CallLimit limit = CallLimit.builder().atMost(1).maxRefusals(0).build();
        deepSeek.respond(Answer.text("x").fault(Fault.ERROR_IN_STREAM_DATA, 0), Answer.error(503, "busy"));
        try (DeepSeekChatModel model =
                model(limit).httpClientBuilder(new JdkHttpClientBuilder()).build()) {
            assertThatThrownBy(() -> model.chat("1")).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(() -> model.chat("2")).isInstanceOf(ServerOverloadedException.class);
            assertThat(model.chat("3")).isEqualTo("3");
        }
        assertThat(limit.running()).isZero();
    }

    /** A stream's end. */
    private static final class Heard implements StreamingChatResponseHandler {

        private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        private volatile Error thrown;

        @Override
        public void onPartialResponse(String text) {
            if (thrown != null) {
                throw thrown;
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }
    }

    /** Without their stacks. */
    private static final class OwnThreadCount {

        private static int now() {
            ThreadGroup all = Thread.currentThread().getThreadGroup();
            while (all.getParent() != null) {
                all = all.getParent();
            }
            Thread[] threads = new Thread[4_000 + all.activeCount()];
            int ours = 0;
            for (int i = all.enumerate(threads) - 1; i >= 0; i--) {
                String name = threads[i].getName();
                if (name.startsWith("deepthink4j-") || name.startsWith("HttpClient-")) {
                    ours++;
                }
            }
            return ours;
        }
    }
}
