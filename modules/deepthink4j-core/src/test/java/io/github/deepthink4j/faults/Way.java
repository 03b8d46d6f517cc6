package io.github.deepthink4j.faults;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How a model is called: blocking or streaming, and over what.
 *
 * @param over    sets the transport on the builder
 * @param overSpi whether that is LangChain4j's HTTP client SPI, which has limits of its own
 */
public record Way(String name, boolean streaming, Consumer<DeepSeekModelBuilder<?>> over, boolean overSpi) {

    private static final DecoderLimits SMALL = DecoderLimits.custom()
            .maxEventBytes(1 << 20)
            .maxAnswerBytes(4 << 20)
            .build();

    /** What listeners and the handler have been told. */
    static final class Told implements ChatModelListener {

        final AtomicInteger errors = new AtomicInteger();
        final AtomicInteger responses = new AtomicInteger();
        final AtomicInteger lastCalls = new AtomicInteger();

        @Override
        public void onResponse(ChatModelResponseContext context) {
            responses.incrementAndGet();
        }

        @Override
        public void onError(ChatModelErrorContext context) {
            errors.incrementAndGet();
        }
    }

    /** Over the JDK's client and over LangChain4j's SPI. */
    static List<Way> ofCore() {
        return Stream.of(
                        over("the JDK's client", builder -> {}),
                        both("LangChain4j's SPI", builder -> builder.httpClientBuilder(JdkHttpClient.builder()), true))
                .flatMap(List::stream)
                .toList();
    }

    /** Over something else, which another module brings. */
    public static List<Way> over(String name, Consumer<DeepSeekModelBuilder<?>> over) {
        return both(name, over, false);
    }

    private static List<Way> both(String name, Consumer<DeepSeekModelBuilder<?>> over, boolean overSpi) {
        return List.of(
                new Way("blocking over " + name, false, over, overSpi),
                new Way("streaming over " + name, true, over, overSpi));
    }

    @Override
    public String toString() {
        return name;
    }

    /** Calls once, without retries, and returns what came instead of an answer. */
    Throwable call(String baseUrl, Timeouts timeouts, Told told) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        if (!streaming) {
            DeepSeekChatModel model = configured(DeepSeekChatModel.builder(), baseUrl, timeouts, told)
                    .build();
            try {
                throw new AssertionError("a success: " + model.chat(request));
            } catch (RuntimeException e) {
                return e;
            }
        }
        DeepSeekStreamingChatModel model = configured(DeepSeekStreamingChatModel.builder(), baseUrl, timeouts, told)
                .build();
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        model.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onCompleteResponse(ChatResponse response) {
                told.lastCalls.incrementAndGet();
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                told.lastCalls.incrementAndGet();
                answer.completeExceptionally(error);
            }
        });
        try {
            throw new AssertionError(
                    "a success: " + answer.orTimeout(30, TimeUnit.SECONDS).join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }

    private <B extends DeepSeekModelBuilder<B>> B configured(B builder, String baseUrl, Timeouts timeouts, Told told) {
        over.accept(builder);
        return builder.baseUrl(baseUrl)
                .apiKey("sk-of-a-test")
                .modelName("deepseek-flash")
                .timeouts(timeouts)
                .retryPolicy(RetryPolicy.NONE)
                .limits(SMALL)
                .listeners(told);
    }
}
