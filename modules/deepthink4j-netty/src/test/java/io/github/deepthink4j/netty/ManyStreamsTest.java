package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.settings.HttpTransport;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many streams at a time, and what each of them may do to the others. */
@Timeout(120)
class ManyStreamsTest {

    private static final ChatRequest HI = request("Hi");

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static HttpTransport netty(boolean onLoop) {
        return NettyTransport.builder().callbacksOnEventLoop(onLoop).build();
    }

    private static DeepSeekStreamingChatModel model(DeepSeekSimulator deepSeek, boolean onLoop) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .transport(netty(onLoop))
                .build();
    }

    /** What came of one stream. */
    private static class Answered implements StreamingChatResponseHandler {

        final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        final Set<Thread> threads = ConcurrentHashMap.newKeySet();

        @Override
        public void onPartialResponse(String text) {
            threads.add(Thread.currentThread());
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        String text() throws Exception {
            return end.get(60, TimeUnit.SECONDS).aiMessage().text();
        }
    }

    /** A third answers well, a third fails in one way or another, a third is cancelled. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_keep_the_good_from_the_bad(boolean onLoop) throws Exception {
        int each = 150;
        Fault[] faults = {
            Fault.CUT_IN_ANSWER, Fault.RESET, Fault.GARBAGE_JSON, Fault.HTML_WITH_200, Fault.ERROR_IN_STREAM_DATA
        };
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> switch (request.lastUserText()) {
                            case "good" -> Answer.thinking("a b c").thenText("good good good");
                            case "cancelled" ->
                                Answer.text("word ".repeat(10_000)).pause(Duration.ofMillis(5));
                            default ->
                                Answer.thinking("a b c").thenText("d e f").fault(Fault.valueOf(request.lastUserText()));
                        });
                DeepSeekStreamingChatModel model = model(deepSeek, onLoop)) {
            List<Answered> good = new ArrayList<>();
            List<Answered> bad = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                good.add(ask(model, "good"));
                bad.add(ask(model, faults[i % faults.length].name()));
                StreamingHandle handle = model.start(request("cancelled"), new Answered());
                if (i % 2 == 0) {
                    handle.cancel();
                } else {
                    CompletableFuture.runAsync(
                            handle::cancel, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
                }
            }

            for (Answered answered : good) {
                assertThat(answered.text()).isEqualTo("good good good");
            }
            for (Answered answered : bad) {
                assertThat(answered.end)
                        .failsWithin(Duration.ofSeconds(60))
                        .withThrowableOfType(ExecutionException.class)
                        .satisfies(error -> assertThat(error.getCause()).isInstanceOf(DeepSeekError.class));
            }
            while (deepSeek.runningAnswers() > 0) {
                Thread.sleep(5);
            }
        }
    }

    private static Answered ask(DeepSeekStreamingChatModel model, String text) {
        Answered answered = new Answered();
        model.chat(request(text), answered);
        return answered;
    }

    @Test
    void should_go_on_with_200_streams_while_one_callback_sleeps() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> Answer.text("a b c d e f").pause(Duration.ofMillis(20)));
                DeepSeekStreamingChatModel model = model(deepSeek, false)) {
            CountDownLatch asleep = new CountDownLatch(1);
            CountDownLatch othersAreDone = new CountDownLatch(1);
            Answered sleeping = new Answered() {
                @Override
                public void onPartialResponse(String text) {
                    asleep.countDown();
                    try {
                        othersAreDone.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            model.chat(HI, sleeping);
            asleep.await();

            List<Answered> others = new ArrayList<>();
            for (int i = 0; i < 199; i++) {
                others.add(ask(model, "Hi"));
            }
            for (Answered other : others) {
                assertThat(other.text()).isEqualTo("a b c d e f");
            }

            assertThat(sleeping.end).isNotDone();
            othersAreDone.countDown();
            assertThat(sleeping.text()).isEqualTo("a b c d e f");
            assertThat(others)
                    .allSatisfy(other -> assertThat(other.threads)
                            .allMatch(thread -> thread.getName().startsWith("deepthink4j-delivery-")));
        }
    }

    @Test
    void should_call_back_on_the_loops_alone_where_that_is_wanted() throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> Answer.text("a b c d e f").pause(Duration.ofMillis(5)));
                DeepSeekStreamingChatModel model = model(deepSeek, true)) {
            List<Answered> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(ask(model, "Hi"));
            }
            for (Answered answered : all) {
                assertThat(answered.text()).isEqualTo("a b c d e f");
                assertThat(answered.threads)
                        .singleElement()
                        .satisfies(thread -> assertThat(thread.getName()).startsWith("deepthink4j-netty-"));
            }
        }
    }

    /** The next request of an AI service is sent from the last callback. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_send_from_a_callback_on_the_connection_that_has_become_free(boolean onLoop) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekStreamingChatModel model = model(deepSeek, onLoop)) {
            deepSeek.onAnyMessage().reply(request -> Answer.text("one"));
            Answered last = new Answered();

            model.chat(HI, followedBy(model, 20, last));

            assertThat(last.text()).isEqualTo("one");
            assertThat(deepSeek.requests()).hasSize(21);
            // On the event loop a callback comes before the end of its body, where that is in a packet of its own: the
            // next but one has
            // its connection again.
            assertThat(deepSeek.openConnections()).isBetween(1, onLoop ? 2 : 1);
        }
    }

    private static Answered followedBy(DeepSeekStreamingChatModel model, int more, Answered last) {
        return more == 0
                ? last
                : new Answered() {
                    @Override
                    public void onCompleteResponse(ChatResponse response) {
                        super.onCompleteResponse(response);
                        model.chat(HI, followedBy(model, more - 1, last));
                    }
                };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_outlive_errors_in_callbacks(boolean onLoop) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("a b c"));
                DeepSeekStreamingChatModel model = model(deepSeek, onLoop)) {
            for (int i = 0; i < 20; i++) {
                Answered throwing = new Answered() {
                    @Override
                    public void onPartialResponse(String text) {
                        throw new AssertionError("mine");
                    }
                };
                model.chat(HI, throwing);
                assertThat(throwing.end)
                        .failsWithin(Duration.ofSeconds(60))
                        .withThrowableOfType(ExecutionException.class);
            }

            assertThat(ask(model, "Hi").text()).isEqualTo("a b c");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_serve_a_flux_with_its_demand_and_cancel(boolean onLoop) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                .brain(request -> Answer.text("word ".repeat(5_000)).pause(Duration.ofMillis(1)))) {
            ReactiveDeepSeekChatModel model = ReactiveDeepSeekChatModel.from(model(deepSeek, onLoop));

            assertThat(model.stream(HI).limitRate(2).take(5).count().block()).isEqualTo(5);

            while (deepSeek.runningAnswers() > 0) {
                Thread.sleep(5);
            }
            assertThat(deepSeek.lastRequest().cancelled()).isTrue();
        }
    }
}
