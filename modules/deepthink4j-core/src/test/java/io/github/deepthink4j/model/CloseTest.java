package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.internal.http.ManualScheduler;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the end of a model is to calls that run, to calls that come after it, and to other models. */
@Timeout(60)
class CloseTest {

    /** Of no other task's length. */
    private static final Duration PAUSE = Duration.ofSeconds(7);

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder blocking() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash");
    }

    private DeepSeekStreamingChatModel.Builder streaming() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash");
    }

    private static final class Ended implements StreamingChatResponseHandler {

        private final List<String> ends = new ArrayList<>();
        private final CompletableFuture<ChatResponse> response = new CompletableFuture<>();

        @Override
        public void onCompleteResponse(ChatResponse complete) {
            ends.add("complete");
            response.complete(complete);
        }

        @Override
        public void onError(Throwable error) {
            ends.add("error");
            response.completeExceptionally(error);
        }
    }

    private static void isClosed(Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        ConnectionFailedException.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Reason.CLOSED))
                .hasMessageContaining("The model was closed while this call ran");
    }

    private void awaitRequest() throws InterruptedException {
        while (deepSeek.runningAnswers() == 0) {
            Thread.sleep(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_end_a_blocking_call_that_runs(boolean ownTransport) throws Exception {
        deepSeek.respond(Answer.thinking("a b c d").thenText("never").fault(Fault.STALL_SILENT));
        DeepSeekChatModel model = ownTransport
                ? blocking().build()
                : blocking().httpClientBuilder(JdkHttpClient.builder()).build();
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<ChatResponse> call = caller.submit(() -> model.chat(HI));
        awaitRequest();

        model.close();

        assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS)).cause().satisfies(CloseTest::isClosed);
        while (deepSeek.openConnections() > 0) {
            Thread.sleep(1);
        }
        caller.shutdown();
    }

    @Test
    void should_end_a_stream_that_runs_and_tell_it_once() throws Exception {
        deepSeek.respond(Answer.thinking("a b c d").thenText("never").fault(Fault.STALL_SILENT));
        DeepSeekStreamingChatModel model = streaming().build();
        Ended handler = new Ended();
        model.chat(HI, handler);
        awaitRequest();

        model.close();
        model.close();

        assertThatThrownBy(() -> handler.response.get(30, TimeUnit.SECONDS))
                .cause()
                .satisfies(CloseTest::isClosed);
        assertThat(handler.ends).containsExactly("error");
    }

    @Test
    void should_not_try_again_after_the_end() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("never"));
        ManualScheduler time = new ManualScheduler();
        DeepSeekStreamingChatModel model = streaming()
                .scheduler(time)
                .retryPolicy(RetryPolicy.custom().baseDelay(PAUSE).jitter(0).build())
                .build();
        Ended handler = new Ended();
        model.chat(HI, handler);
        time.awaitTaskIn(PAUSE);

        model.close();
        time.advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> handler.response.get(30, TimeUnit.SECONDS))
                .cause()
                .satisfies(CloseTest::isClosed);
        assertThat(deepSeek.allRequests()).hasSize(1);
    }

    /** The client is gone then before it has the request, and what it throws says nothing of the reason. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void should_say_why_it_ended_when_an_attempt_is_just_being_sent(int attempt) {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("never"));
        AtomicReference<DeepSeekChatModel> model = new AtomicReference<>();
        AtomicInteger sent = new AtomicInteger();
        model.set(blocking()
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build())
                .requestListener(request -> {
                    if (sent.incrementAndGet() == attempt) {
                        model.get().close();
                    }
                })
                .build());

        assertThatThrownBy(() -> model.get().chat(HI)).satisfies(CloseTest::isClosed);
        assertThat(sent).hasValue(attempt);
    }

    /** The same pause, without the end: proof that the test above waits for the right thing, and without waiting. */
    @Test
    void should_try_again_when_the_pause_is_over() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"), Answer.text("here"));
        ManualScheduler time = new ManualScheduler();
        try (DeepSeekStreamingChatModel model = streaming()
                .scheduler(time)
                .retryPolicy(RetryPolicy.custom().baseDelay(PAUSE).jitter(0).build())
                .build()) {
            Ended handler = new Ended();
            model.chat(HI, handler);
            time.awaitTaskIn(PAUSE);

            time.advance(PAUSE);

            assertThat(handler.response.get(30, TimeUnit.SECONDS).aiMessage().text())
                    .isEqualTo("here");
        }
    }

    @Test
    void should_refuse_what_comes_after_the_end() {
        DeepSeekChatModel blocking = blocking().build();
        DeepSeekStreamingChatModel streaming = streaming().build();
        DeepSeekAccount account = DeepSeekAccount.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .build();
        DeepSeekModelCatalog catalog = DeepSeekModelCatalog.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .build();
        blocking.close();
        streaming.close();
        account.close();
        catalog.close();

        assertThatThrownBy(() -> blocking.chat(HI))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("This model is closed.");
        assertThatThrownBy(() -> streaming.chat(HI, new Ended())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(account::balance).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(catalog::listModels).isInstanceOf(IllegalStateException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_leave_the_users_executor_and_client_alone() throws Exception {
        deepSeek.respond(Answer.text("one"), Answer.text("two"));
        ExecutorService executor = Executors.newSingleThreadExecutor();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        UnaryOperator<DeepSeekChatModel.Builder> shared =
                builder -> builder.executor(executor).httpClient(client);
        DeepSeekChatModel first = shared.apply(blocking()).build();
        DeepSeekChatModel second = shared.apply(blocking()).build();
        assertThat(first.chat(HI).aiMessage().text()).isEqualTo("one");

        first.close();

        assertThat(second.chat(HI).aiMessage().text()).isEqualTo("two");
        assertThat(executor.isShutdown()).isFalse();
        second.close();
        executor.shutdown();
    }

    /** A model for each tenant is a normal design: what one does at its end is nothing to the others. */
    @Test
    void should_harm_no_call_of_another_model() throws Exception {
        deepSeek.brain(request -> request.lastUserText().equals("stall")
                ? Answer.thinking("a b c d").thenText("never").fault(Fault.STALL_SILENT)
                : Answer.text("answer"));
        ChatRequest stalling =
                ChatRequest.builder().messages(UserMessage.from("stall")).build();
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<Future<Boolean>> all = new ArrayList<>();
        try (DeepSeekChatModel lasting = blocking().build()) {
            for (int i = 0; i < 240; i++) {
                int number = i;
                all.add(callers.submit(() -> {
                    if (number % 2 == 0) {
                        return lasting.chat(HI).aiMessage().text().equals("answer");
                    }
                    try (DeepSeekStreamingChatModel passing = streaming().build()) {
                        Ended handler = new Ended();
                        passing.chat(number % 4 == 1 ? stalling : HI, handler);
                        if (number % 4 == 3) {
                            return handler.response.get(60, TimeUnit.SECONDS) != null;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> each : all) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
        callers.shutdown();
    }
}
