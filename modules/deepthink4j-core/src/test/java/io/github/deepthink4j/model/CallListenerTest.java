package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallListener;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a listener hears that asks for more than LangChain4j tells. */
class CallListenerTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ThreadLocal<String> place = ThreadLocal.withInitial(() -> "nowhere");

    private final CallListener listener = new CallListener() {
        @Override
        public void onRequest(ChatModelRequestContext call) {
            heard.add("request");
            call.attributes().put("mine", "kept");
        }

        @Override
        public void onSend(ChatModelRequestContext call, Sending sending) {
            heard.add("send " + sending.attempt() + " " + sending.streams());
            assertThat(sending.server()).hasToString(deepSeek.baseUrl());
            assertThat(call.attributes()).containsEntry("mine", "kept");
        }

        @Override
        public void onAttempt(ChatModelRequestContext call, AttemptEvent attempt) {
            heard.add(attempt.getClass().getSimpleName());
        }

        @Override
        public void onFirstThinking(ChatModelRequestContext call) {
            heard.add("thought");
        }

        @Override
        public void onFirstText(ChatModelRequestContext call) {
            heard.add("word");
        }

        @Override
        public void onResponse(ChatModelResponseContext call) {
            heard.add("response");
        }

        @Override
        public void onError(ChatModelErrorContext call) {
            heard.add("error");
        }

        @Override
        public void onCancel(ChatModelRequestContext call) {
            heard.add("cancel");
        }

        @Override
        public void inCall(ChatModelRequestContext call, Runnable task) {
            at("call", task);
        }

        @Override
        public void inCaller(ChatModelRequestContext call, Runnable task) {
            at("caller", task);
        }
    };

    private void at(String here, Runnable task) {
        String before = place.get();
        place.set(here);
        try {
            task.run();
        } finally {
            place.set(before);
        }
    }

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel blocking(CallListener listener) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build())
                .requestListener(request -> heard.add("in " + place.get()))
                .listeners(listener)
                .build();
    }

    private DeepSeekStreamingChatModel streaming() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("any")
                .modelName("deepseek-flash")
                .listeners(listener)
                .build();
    }

    private static ChatRequest ask() {
        return ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    }

    @Test
    void should_hear_of_each_attempt_and_of_the_first_pieces_of_a_blocking_call() {
        deepSeek.respond(
                Answer.error(503, "busy"),
                Answer.thinking("A long thought.").thenText("Hello there").pieces(2));

        blocking(listener).chat("Hi");

        assertThat(heard)
                .containsExactly(
                        "request",
                        "send 1 true",
                        "in call",
                        "Failed",
                        "send 2 true",
                        "in call",
                        "thought",
                        "word",
                        "Succeeded",
                        "response");
    }

    @Test
    void should_have_callbacks_run_for_the_caller() throws Exception {
        deepSeek.respond(Answer.thinking("Well.").thenText("Hello"));
        CompletableFuture<String> end = new CompletableFuture<>();
        List<String> places = new CopyOnWriteArrayList<>();

        streaming().chat(ask(), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                places.add(place.get());
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(place.get());
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });

        assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("caller");
        assertThat(places).isNotEmpty().containsOnly("caller");
        assertThat(heard).containsExactly("request", "send 1 true", "thought", "word", "Succeeded", "response");
    }

    @Test
    void should_have_what_hangs_on_a_future_run_for_the_caller() throws Exception {
        deepSeek.respond(Answer.text("Hello").delay(Duration.ofMillis(50)));

        CompletableFuture<String> after = blocking(listener).chatAsync(ask()).thenApply(response -> place.get());

        assertThat(after.get(10, TimeUnit.SECONDS)).isEqualTo("caller");
    }

    @Test
    void should_hear_of_the_cancel_of_a_stream_once_and_of_nothing_after_it() {
        deepSeek.fault(Fault.STALL_BEFORE_HEADERS);
        CompletableFuture<Object> told = new CompletableFuture<>();

        StreamingHandle handle = streaming().start(ask(), new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                told.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                told.complete(error);
            }
        });
        deepSeek.awaitRequests(1, Duration.ofSeconds(10));
        handle.cancel();
        handle.cancel();

        assertThat(heard).containsExactly("request", "send 1 true", "cancel");
        assertThat(told).isNotDone();
    }

    @Test
    void should_hear_of_the_cancel_of_a_future() {
        deepSeek.fault(Fault.STALL_BEFORE_HEADERS);

        CompletableFuture<ChatResponse> answer = blocking(listener).chatAsync(ask());
        deepSeek.awaitRequests(1, Duration.ofSeconds(10));
        answer.cancel(true);

        assertThat(heard).containsExactly("request", "send 1 true", "in call", "cancel");
    }

    @Test
    void should_hear_of_an_error_of_a_callback_as_the_end_and_not_of_the_cancel_that_follows_it() throws Exception {
        deepSeek.respond(Answer.text("Hello"));
        CompletableFuture<Throwable> end = new CompletableFuture<>();

        streaming().chat(ask(), new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                throw new AssertionError("broken");
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {}

            @Override
            public void onError(Throwable error) {
                end.complete(error);
            }
        });

        assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(AssertionError.class);
        assertThat(heard).containsExactly("request", "send 1 true", "word", "error");
    }

    @Test
    void should_harm_no_call_by_what_it_throws() {
        deepSeek.respond(Answer.thinking("Well.").thenText("Hello"));
        CallListener broken = new CallListener() {
            @Override
            public void onSend(ChatModelRequestContext call, Sending sending) {
                throw new AssertionError("broken");
            }

            @Override
            public void onFirstText(ChatModelRequestContext call) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void inCall(ChatModelRequestContext call, Runnable task) {
                throw new IllegalStateException("broken, and the task was not run");
            }

            @Override
            public void inCaller(ChatModelRequestContext call, Runnable task) {
                task.run();
                task.run();
                throw new AssertionError("broken, and the task was run twice");
            }
        };

        assertThat(blocking(broken).chat("Hi")).isEqualTo("Hello");
    }

    @Test
    void should_pass_on_what_the_call_throws_and_not_what_it_throws_around_it() {
        deepSeek.respond(Answer.error(402, "no money"));
        CallListener broken = new CallListener() {
            @Override
            public void inCall(ChatModelRequestContext call, Runnable task) {
                try {
                    task.run();
                } finally {
                    heard.add("around");
                }
            }
        };

        assertThatThrownBy(() -> blocking(broken).chat("Hi")).isInstanceOf(InsufficientBalanceException.class);
        assertThat(heard).contains("around");
    }
}
