package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AsyncChatModelTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final HeardCalls heard = new HeardCalls();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .listeners(heard)
                .retryPolicy(RetryPolicy.NONE);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private static Throwable failureOf(CompletableFuture<?> future) throws InterruptedException, TimeoutException {
        try {
            future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("It has not failed");
    }

    @Test
    void should_answer_on_the_users_executor() throws Exception {
        deepSeek.respond(Answer.thinking("So it is.").thenText("Yes, it is."));
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "users"));
        CountDownLatch hung = new CountDownLatch(1);
        executor.execute(() -> await(hung));

        CompletableFuture<ChatResponse> answer =
                model().executor(executor).build().chatAsync(HI);
        CompletableFuture<String> thread =
                answer.thenApply(response -> Thread.currentThread().getName());
        hung.countDown();

        // Whoever waits for a future runs what hangs on it: here nobody waits for the answer itself.
        assertThat(thread.get(30, TimeUnit.SECONDS)).isEqualTo("users");
        assertThat(answer.join().aiMessage().text()).isEqualTo("Yes, it is.");
        assertThat(answer.join().aiMessage().thinking()).isEqualTo("So it is.");
        assertThat(heard.ends()).containsExactly("request", "response");
        executor.shutdown();
    }

    @Test
    void should_ask_with_the_default_parameters_and_tell_listeners_of_the_options() throws Exception {
        deepSeek.respond(Answer.text("here"));

        model().maxOutputTokens(99)
                .build()
                .chatAsync(
                        HI,
                        ChatRequestOptions.builder()
                                .listenerAttributes(Map.of("tenant", "acme"))
                                .build())
                .get(30, TimeUnit.SECONDS);

        assertThat(deepSeek.lastRequest().body().path("max_tokens").asInt()).isEqualTo(99);
        assertThat(heard.attributes()).containsEntry("tenant", "acme");
    }

    @Test
    void should_fail_with_the_typed_error() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"));

        assertThat(failureOf(model().build().chatAsync(HI))).isInstanceOf(ServerOverloadedException.class);
        assertThat(heard.ends()).containsExactly("request", "error ServerOverloadedException");
    }

    @Test
    void should_throw_nothing_for_a_request_that_is_refused_before_it_is_sent() throws Exception {
        ChatRequest withTools = ChatRequest.builder()
                .messages(UserMessage.from("R1 has no tools"))
                .toolSpecifications(ToolSpecification.builder().name("tool").build())
                .build();
        DeepSeekChatModel r1 = model().profile(ModelProfile.R1).build();

        assertThat(failureOf(r1.chatAsync(withTools))).isInstanceOf(UnsupportedFeatureException.class);
        assertThat(failureOf(r1.doChatAsync(withTools))).isInstanceOf(IllegalArgumentException.class);
        r1.close();
        assertThat(failureOf(r1.chatAsync(HI))).isInstanceOf(IllegalStateException.class);
        assertThat(heard.ends())
                .containsExactly(
                        "request", "error UnsupportedFeatureException", "request", "error IllegalStateException");
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    private enum Phase {
        BEFORE_THE_HEAD(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS)),
        IN_THE_BODY(Answer.thinking("and so on").fault(Fault.ENDLESS_ANSWER)),
        AMONG_KEEP_ALIVES(Answer.text("never").fault(Fault.STALL_WITH_KEEP_ALIVES)),
        BETWEEN_ATTEMPTS(Answer.error(503, "busy"));

        private final Answer answer;

        Phase(Answer answer) {
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_close_the_connection_when_it_is_cancelled(Phase phase) throws Exception {
        deepSeek.respond(phase.answer);
        CountDownLatch failed = new CountDownLatch(1);
        DeepSeekChatModel model = model().retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMinutes(1))
                        .maxDelay(Duration.ofMinutes(1))
                        .onAttempt(attempt -> failed.countDown())
                        .build())
                .build();
        CompletableFuture<ChatResponse> answer = model.chatAsync(HI);
        if (phase == Phase.BETWEEN_ATTEMPTS) {
            failed.await();
        } else {
            until(() -> deepSeek.runningAnswers() == 1);
        }

        assertThat(answer.cancel(true)).isTrue();

        until(() -> deepSeek.runningAnswers() == 0);
        assertThat(answer).isCancelled();
        assertThat(heard.ends()).containsExactly("request");
        model.close();
        assertThat(deepSeek.allRequests()).hasSize(1);
    }

    @Test
    void should_send_nothing_more_when_it_was_cancelled_in_the_queue_of_the_executor() throws Exception {
        deepSeek.respond(Answer.text("never"));
        List<Runnable> queue = new ArrayList<>();
        CompletableFuture<ChatResponse> answer;
        synchronized (queue) {
            answer = model().executor(task -> {
                        synchronized (queue) {
                            queue.add(task);
                        }
                    })
                    .build()
                    .chatAsync(HI);
        }

        answer.cancel(true);
        until(() -> deepSeek.runningAnswers() == 0);
        synchronized (queue) {
            queue.forEach(Runnable::run);
        }

        assertThat(answer).isCancelled();
        assertThat(heard.ends()).containsExactly("request");
    }

    @Test
    void should_close_the_connection_when_the_futures_own_limit_has_passed() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_WITH_KEEP_ALIVES));
        CompletableFuture<ChatResponse> answer = model().build().chatAsync(HI);
        until(() -> deepSeek.runningAnswers() == 1);

        answer.orTimeout(1, TimeUnit.MILLISECONDS);

        assertThat(failureOf(answer)).isInstanceOf(TimeoutException.class);
        until(() -> deepSeek.runningAnswers() == 0);
        assertThat(heard.ends()).containsExactly("request", "error TimeoutException");
    }

    @Test
    void should_close_the_connection_when_the_future_is_completed_by_something_else() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_WITH_KEEP_ALIVES));
        CompletableFuture<ChatResponse> answer = model().build().chatAsync(HI);
        until(() -> deepSeek.runningAnswers() == 1);

        answer.completeAsync(() -> null, Runnable::run);

        assertThat(answer).isCompletedWithValue(null);
        until(() -> deepSeek.runningAnswers() == 0);
    }

    @Test
    void should_close_the_connection_when_the_text_of_an_answer_is_cancelled() throws Exception {
        deepSeek.respond(Answer.text("here"), Answer.text("never").fault(Fault.STALL_WITH_KEEP_ALIVES));
        DeepSeekChatModel model = model().build();
        assertThat(model.chatAsync("Hi").get(30, TimeUnit.SECONDS)).isEqualTo("here");
        CompletableFuture<String> text = model.chatAsync("Hi");
        until(() -> deepSeek.runningAnswers() == 1);

        text.cancel(true);

        until(() -> deepSeek.runningAnswers() == 0);
        assertThat(text).isCancelled();
        assertThat(heard.ends()).containsExactly("request", "response", "request");
    }

    /** What another vendor's asynchronous model may have put into its future. */
    private record Vendors(CompletableFuture<?> answer, HeardCalls heard) implements AsyncChatModel {

        @Override
        @SuppressWarnings("unchecked")
        public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
            return (CompletableFuture<ChatResponse>) answer;
        }

        @Override
        public List<dev.langchain4j.model.chat.listener.ChatModelListener> listeners() {
            return List.of(heard);
        }
    }

    @Test
    void should_end_with_an_error_whatever_another_model_puts_into_its_future() throws Exception {
        for (CompletableFuture<?> strange : java.util.Arrays.asList(
                CompletableFuture.completedFuture("a text"),
                CompletableFuture.completedFuture(null),
                CompletableFuture.failedFuture(new java.util.concurrent.CancellationException("its own")),
                null)) {
            HeardCalls outer = new HeardCalls();

            CompletableFuture<ChatResponse> answer = new Vendors(strange, outer).chatAsync(HI);

            assertThat(answer).isCompletedExceptionally();
            assertThat(outer.ends()).hasSize(2).first().isEqualTo("request");
            assertThat(outer.ends().get(1)).startsWith("error ");
        }
    }

    @Test
    void should_refuse_no_request_by_the_future_too() throws Exception {
        assertThat(failureOf(model().build().chatAsync((ChatRequest) null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("chatRequest");
        assertThat(failureOf(model().build().doChatAsync(null))).isInstanceOf(IllegalArgumentException.class);
    }

    /** As a decorator of a user's on any version: it names the interface and implements what it must. */
    private record Decorated(AsyncChatModel model, HeardCalls heard) implements AsyncChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            return model.chat(request);
        }

        @Override
        public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
            return model.chatAsync(request);
        }

        @Override
        public List<dev.langchain4j.model.chat.listener.ChatModelListener> listeners() {
            return List.of(heard);
        }
    }

    @Test
    void should_be_cancelled_through_a_decorator() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        HeardCalls outer = new HeardCalls();
        CompletableFuture<ChatResponse> answer = new Decorated(model().build(), outer).chatAsync(HI);
        until(() -> deepSeek.runningAnswers() == 1);

        answer.cancel(true);

        until(() -> deepSeek.runningAnswers() == 0);
        assertThat(outer.ends()).containsExactly("request");
    }

    @Test
    void should_tell_listeners_of_a_decorator_and_of_its_model_once() throws Exception {
        deepSeek.respond(Answer.text("here"), Answer.error(503, "busy"));
        HeardCalls outer = new HeardCalls();
        AsyncChatModel decorated = new Decorated(model().build(), outer);

        decorated.chatAsync(HI).get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> decorated.chat(HI)).isInstanceOf(ServerOverloadedException.class);

        assertThat(heard.ends())
                .isEqualTo(outer.ends())
                .containsExactly("request", "response", "request", "error ServerOverloadedException");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_tell_listeners_of_an_interrupted_call_once() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                model().build().chat(HI);
            } catch (CallInterruptedException e) {
                thrown.set(e);
            }
        });
        caller.start();
        until(() -> deepSeek.runningAnswers() == 1);

        caller.interrupt();
        caller.join();

        assertThat(thrown.get()).isNotNull();
        assertThat(heard.ends()).containsExactly("request", "error CallInterruptedException");
    }
}
