package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands here of a publisher holds on every version of LangChain4j; its types are looked at by their names. */
@Timeout(60)
class PublishedAnswerTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private static final ChatRequest WITH_TOOLS = ChatRequest.builder()
            .messages(UserMessage.from("Hi"))
            .toolSpecifications(ToolSpecification.builder().name("now").build())
            .build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final HeardCalls heard = new HeardCalls();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekStreamingChatModel.Builder model() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .listeners(heard)
                .retryPolicy(RetryPolicy.NONE);
    }

    /** Which of the two ways to a publisher. */
    @SuppressWarnings("unchecked")
    private static Flow.Publisher<Object> published(CancellableStreamingChatModel model, ChatRequest request) {
        return model.chat(request);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    /** Asks for as much as it is told to. */
    private static class Collected implements Flow.Subscriber<Object> {

        final List<Object> events = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final long first;
        private final Consumer<Object> onEvent;

        Collected(long first, Consumer<Object> onEvent) {
            this.first = first;
            this.onEvent = onEvent;
        }

        static Collected all() {
            return new Collected(Long.MAX_VALUE, event -> {});
        }

        Flow.Subscription subscription() {
            return subscription.join();
        }

        Throwable failure() throws InterruptedException, TimeoutException {
            try {
                end.get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                return e.getCause();
            }
            throw new AssertionError("It has not failed");
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            if (first != 0) {
                given.request(first);
            }
        }

        @Override
        public void onNext(Object event) {
            events.add(event);
            onEvent.accept(event);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    private static ChatResponse responseOf(Object lastEvent) throws ReflectiveOperationException {
        if (lastEvent instanceof ChatResponse response) {
            return response;
        }
        assertThat(lastEvent.getClass().getSimpleName()).isEqualTo("CompleteResponse");
        return (ChatResponse) lastEvent.getClass().getMethod("chatResponse").invoke(lastEvent);
    }

    @Test
    void should_publish_langchain4js_own_events() throws Exception {
        deepSeek.respond(Answer.thinking("So.").thenText("Yes.").andToolCall("now", "{\"zone\":\"UTC\"}"));
        Collected collected = Collected.all();

        published(model().build(), WITH_TOOLS).subscribe(collected);
        collected.end.get(30, TimeUnit.SECONDS);

        assertThat(collected.events)
                .contains(new PartialThinking("So"), new PartialResponse("Yes"))
                .hasAtLeastOneElementOfType(PartialToolCall.class)
                .hasAtLeastOneElementOfType(CompleteToolCall.class);
        Object last = collected.events.get(collected.events.size() - 1);
        assertThat(responseOf(last).aiMessage().text()).isEqualTo("Yes.");
        assertThat(last.getClass().getSimpleName())
                .isEqualTo(isThere("ChatModelStreamingEvent") ? "CompleteResponse" : "ChatResponse");
        assertThat(heard.ends()).containsExactly("request", "response");
    }

    private static boolean isThere(String event) {
        try {
            Class.forName("dev.langchain4j.model.chat.response." + event);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** On 1.20 and later this is what AI services call. */
    @Test
    void should_override_langchain4js_methods_where_it_has_them() throws Exception {
        for (String name : List.of("chat", "doChat")) {
            var own = DeepSeekStreamingChatModel.class.getMethod(name, ChatRequest.class);

            assertThat(own.getReturnType()).isEqualTo(Flow.Publisher.class);
            assertThat(own.getDeclaringClass()).isNotEqualTo(StreamingChatModel.class);
        }
        var async = DeepSeekChatModel.class.getMethod("doChatAsync", ChatRequest.class);
        assertThat(async.getDeclaringClass()).isEqualTo(DeepSeekChatModel.class);
    }

    @Test
    void should_send_nothing_before_it_is_subscribed_to_and_a_request_for_each_subscription() throws Exception {
        deepSeek.respond(Answer.text("a"), Answer.text("b"));
        Flow.Publisher<Object> answer = published(model().build(), HI);
        assertThat(deepSeek.allRequests()).isEmpty();
        assertThat(heard.ends()).isEmpty();

        for (int i = 0; i < 2; i++) {
            Collected collected = Collected.all();
            answer.subscribe(collected);
            collected.end.get(30, TimeUnit.SECONDS);
        }

        assertThat(deepSeek.requests()).hasSize(2);
        assertThat(heard.ends()).containsExactly("request", "response", "request", "response");
    }

    @Test
    void should_give_what_is_asked_for_and_the_end_without_being_asked() throws Exception {
        deepSeek.respond(Answer.thinking("ab").pieces(1).thenText("c"));
        Collected collected = new Collected(0, event -> {});
        published(model().build(), HI).subscribe(collected);
        until(() -> deepSeek.allRequests().size() == 1);
        assertThat(collected.events).isEmpty();

        // What the server has sent is read as far as it is asked for, so the rest may come later.
        collected.subscription().request(1);
        until(() -> collected.events.size() == 1);
        assertThat(collected.events).containsExactly(new PartialThinking("a"));
        collected.subscription().request(2);
        until(() -> collected.events.size() == 3);
        assertThat(collected.events)
                .containsExactly(new PartialThinking("a"), new PartialThinking("b"), new PartialResponse("c"));
        assertThat(collected.end).isNotDone();
        collected.subscription().request(1);

        until(collected.end::isDone);
        assertThat(collected.end).isCompleted();
        assertThat(collected.events).hasSize(4);
    }

    @Test
    void should_give_the_events_before_an_error_first() throws Exception {
        deepSeek.respond(Answer.thinking("abcd").pieces(1).fault(Fault.CUT_IN_THOUGHT));
        Collected collected = Collected.all();

        published(model().build(), HI).subscribe(collected);

        assertThat(collected.failure()).isInstanceOf(StreamCutException.class);
        assertThat(collected.events).isNotEmpty().hasOnlyElementsOfType(PartialThinking.class);
        assertThat(heard.ends()).containsExactly("request", "error StreamCutException");
    }

    private enum Phase {
        BEFORE_THE_HEAD(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS)),
        IN_THE_BODY(Answer.thinking("and so on").fault(Fault.ENDLESS_ANSWER)),
        AMONG_KEEP_ALIVES(Answer.text("never").fault(Fault.STALL_WITH_KEEP_ALIVES));

        private final Answer answer;

        Phase(Answer answer) {
            this.answer = answer;
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_close_the_connection_when_it_is_cancelled(Phase phase) throws Exception {
        deepSeek.respond(phase.answer);
        Collected collected = Collected.all();
        published(model().build(), HI).subscribe(collected);
        until(() -> deepSeek.runningAnswers() == 1);

        collected.subscription().cancel();

        until(() -> deepSeek.runningAnswers() == 0);
        assertThat(collected.end).isNotDone();
        assertThat(heard.ends()).containsExactly("request");
    }

    @Test
    void should_take_a_cancel_between_two_attempts() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"));
        CompletableFuture<Void> failed = new CompletableFuture<>();
        DeepSeekStreamingChatModel model = model().retryPolicy(RetryPolicy.custom()
                        .maxAttempts(2)
                        .baseDelay(Duration.ofMinutes(1))
                        .maxDelay(Duration.ofMinutes(1))
                        .onAttempt(attempt -> failed.complete(null))
                        .build())
                .build();
        Collected collected = Collected.all();
        published(model, HI).subscribe(collected);
        failed.get(30, TimeUnit.SECONDS);

        collected.subscription().cancel();
        model.close();

        assertThat(collected.end).isNotDone();
        assertThat(deepSeek.allRequests()).hasSize(1);
    }

    @Test
    void should_send_nothing_for_who_cancels_at_once() {
        published(model().build(), HI).subscribe(new Collected(0, event -> {}) {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
            }
        });

        assertThat(heard.ends()).isEmpty();
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_refuse_to_be_asked_for_nothing() throws Exception {
        deepSeek.respond(Answer.thinking("and so on").fault(Fault.ENDLESS_ANSWER));
        Collected collected = new Collected(0, event -> {});
        published(model().build(), HI).subscribe(collected);
        until(() -> deepSeek.runningAnswers() == 1);

        collected.subscription().request(0);

        assertThat(collected.failure())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3.9");
        until(() -> deepSeek.runningAnswers() == 0);
    }

    @Test
    void should_be_cancelled_by_a_subscriber_that_throws() throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException("broken"), new AssertionError("broken"))) {
            deepSeek.respond(Answer.thinking("and so on").fault(Fault.ENDLESS_ANSWER));
            Collected collected = new Collected(Long.MAX_VALUE, event -> sneak(thrown));

            published(model().build(), HI).subscribe(collected);

            until(() -> !collected.events.isEmpty() && deepSeek.runningAnswers() == 0);
            assertThat(collected.events).hasSize(1);
            assertThat(collected.end).isNotDone();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void should_tell_listeners_once_whatever_ends_it() throws Exception {
        deepSeek.respond(Answer.error(503, "busy"));
        Collected busy = Collected.all();
        published(model().build(), HI).subscribe(busy);
        assertThat(busy.failure()).isInstanceOf(ServerOverloadedException.class);
        DeepSeekStreamingChatModel r1 = model().profile(ModelProfile.R1).build();
        Collected refused = Collected.all();
        published(r1, WITH_TOOLS).subscribe(refused);
        assertThat(refused.failure()).isInstanceOf(UnsupportedFeatureException.class);
        r1.close();
        Collected closed = Collected.all();
        published(r1, HI).subscribe(closed);
        assertThat(closed.failure()).isInstanceOf(IllegalStateException.class);

        assertThat(heard.ends())
                .containsExactly(
                        "request",
                        "error ServerOverloadedException",
                        "request",
                        "error UnsupportedFeatureException",
                        "request",
                        "error IllegalStateException");
    }

    /** As most decorators are: it knows of no handle and of no publisher. */
    private record Decorated(StreamingChatModel model) implements CancellableStreamingChatModel {

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            model.chat(request, handler);
        }
    }

    @Test
    void should_be_cancelled_through_a_decorator() throws Exception {
        deepSeek.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
        Collected collected = Collected.all();
        published(new Decorated(model().build()), HI).subscribe(collected);
        until(() -> deepSeek.runningAnswers() == 1);

        collected.subscription().cancel();

        until(() -> deepSeek.runningAnswers() == 0);
    }
}
