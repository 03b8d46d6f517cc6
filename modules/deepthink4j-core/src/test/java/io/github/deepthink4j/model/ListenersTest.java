package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners hear one request and one end of each call, where LangChain4j's defaults would tell none. */
@Timeout(60)
class ListenersTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private static final ChatRequest WITH_TOOLS = ChatRequest.builder()
            .messages(UserMessage.from("Hi"))
            .toolSpecifications(ToolSpecification.builder().name("now").build())
            .build();

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text("here"));
    private final HeardCalls heard = new HeardCalls();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private <B extends DeepSeekModelBuilder<B>> B built(B builder, ChatModelListener... more) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .listeners(
                        Stream.concat(Stream.of(heard), List.of(more).stream()).toArray(ChatModelListener[]::new));
    }

    /** Throws in one callback of the handler. */
    private static class Slipping implements StreamingChatResponseHandler {

        final List<String> told = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> end = new CompletableFuture<>();
        private final boolean inTheMidst;

        Slipping(boolean inTheMidst) {
            this.inTheMidst = inTheMidst;
        }

        @Override
        public void onPartialResponse(String piece) {
            if (inTheMidst) {
                throw new IllegalStateException("a slip");
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            told.add("response");
            if (inTheMidst) {
                end.complete(null);
            } else {
                throw new IllegalStateException("a slip at the end");
            }
        }

        @Override
        public void onError(Throwable error) {
            told.add(error.getMessage());
            if (!inTheMidst) {
                end.complete(null);
            }
        }
    }

    @Test
    void should_tell_what_a_callback_has_thrown_beside_the_answer_as_the_kit_of_langchain4j_asks() throws Exception {
        Slipping slipping = new Slipping(true);

        built(DeepSeekStreamingChatModel.builder()).build().chat(HI, slipping);
        slipping.end.get(30, TimeUnit.SECONDS);

        assertThat(slipping.told).containsExactly("a slip", "response");
        assertThat(heard.ends()).containsExactly("request", "error IllegalStateException", "response");
    }

    @Test
    void should_tell_what_the_last_callback_has_thrown_after_the_answer() throws Exception {
        Slipping slipping = new Slipping(false);

        built(DeepSeekStreamingChatModel.builder()).build().chat(HI, slipping);
        slipping.end.get(30, TimeUnit.SECONDS);

        assertThat(slipping.told).containsExactly("response", "a slip at the end");
        assertThat(heard.ends()).containsExactly("request", "response", "error IllegalStateException");
    }

    @Test
    void should_tell_of_a_stream_that_is_refused_before_it_is_sent() {
        DeepSeekStreamingChatModel r1 = built(DeepSeekStreamingChatModel.builder())
                .profile(ModelProfile.R1)
                .build();

        assertThatThrownBy(() -> r1.chat(WITH_TOOLS, new Slipping(false)))
                .isInstanceOf(UnsupportedFeatureException.class);
        assertThatThrownBy(() -> r1.start(WITH_TOOLS, new Slipping(false)))
                .isInstanceOf(UnsupportedFeatureException.class);
        r1.close();
        assertThatThrownBy(() -> r1.chat(HI, new Slipping(false))).isInstanceOf(IllegalStateException.class);

        assertThat(heard.ends())
                .containsExactly(
                        "request",
                        "error UnsupportedFeatureException",
                        "request",
                        "error UnsupportedFeatureException",
                        "request",
                        "error IllegalStateException");
    }

    @Test
    void should_tell_of_a_call_that_ends_with_an_error_of_the_jvm() {
        AtomicBoolean isBuilt = new AtomicBoolean();
        DeepSeekChatModel model = built(DeepSeekChatModel.builder())
                .customHeaders(() -> {
                    if (isBuilt.get()) {
                        throw new NoClassDefFoundError("broken");
                    }
                    return Map.of();
                })
                .build();
        isBuilt.set(true);

        assertThatThrownBy(() -> model.chat(HI)).isInstanceOf(NoClassDefFoundError.class);
        assertThat(model.chatAsync(HI))
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withCauseInstanceOf(NoClassDefFoundError.class);

        assertThat(heard.ends())
                .containsExactly("request", "error NoClassDefFoundError", "request", "error NoClassDefFoundError");
    }

    @Test
    void should_tell_one_end_where_a_listener_itself_breaks() throws Exception {
        ChatModelListener broken = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                if (context.attributes().isEmpty()) {
                    throw new AssertionError("broken request");
                }
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                throw new AssertionError("broken response");
            }
        };
        DeepSeekChatModel blocking = built(DeepSeekChatModel.builder(), broken).build();
        ChatRequestOptions attributes = ChatRequestOptions.builder()
                .listenerAttributes(Map.of("go", "on"))
                .build();

        assertThatThrownBy(() -> blocking.chat(HI)).hasMessage("broken request");
        assertThatThrownBy(() -> blocking.chat(HI, attributes)).hasMessage("broken response");
        assertThatThrownBy(() -> blocking.chatAsync(HI, attributes).get(30, TimeUnit.SECONDS))
                .cause()
                .hasMessage("broken response");
        assertThatThrownBy(() -> blocking.chatAsync(HI).get(30, TimeUnit.SECONDS))
                .cause()
                .hasMessage("broken request");
        CompletableFuture<Throwable> instead = new CompletableFuture<>();
        built(DeepSeekStreamingChatModel.builder(), broken).build().chat(HI, attributes, new Slipping(false) {
            @Override
            public void onError(Throwable error) {
                if (error instanceof AssertionError) {
                    instead.complete(error);
                }
            }
        });
        assertThat(instead.get(30, TimeUnit.SECONDS)).hasMessage("broken response");

        assertThat(heard.ends())
                .containsExactly(
                        "request",
                        "error AssertionError",
                        "request",
                        "response",
                        "request",
                        "response",
                        "request",
                        "error AssertionError",
                        "request",
                        "response");
    }
}
