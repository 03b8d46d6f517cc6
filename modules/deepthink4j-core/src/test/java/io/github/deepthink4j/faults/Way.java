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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How a model is called: blocking or streaming, over the JDK's client or over LangChain4j's SPI. */
enum Way {
    BLOCKING,
    STREAMING,
    BLOCKING_OVER_SPI,
    STREAMING_OVER_SPI;

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

    boolean overSpi() {
        return this == BLOCKING_OVER_SPI || this == STREAMING_OVER_SPI;
    }

    /** Calls once, without retries, and returns what came instead of an answer. */
    Throwable call(String baseUrl, Timeouts timeouts, Told told) {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();
        boolean spi = overSpi();
        if (this == BLOCKING || this == BLOCKING_OVER_SPI) {
            DeepSeekChatModel model = configured(DeepSeekChatModel.builder(), baseUrl, timeouts, told, spi)
                    .build();
            try {
                throw new AssertionError("a success: " + model.chat(request));
            } catch (RuntimeException e) {
                return e;
            }
        }
        DeepSeekStreamingChatModel model = configured(
                        DeepSeekStreamingChatModel.builder(), baseUrl, timeouts, told, spi)
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

    private static <B extends DeepSeekModelBuilder<B>> B configured(
            B builder, String baseUrl, Timeouts timeouts, Told told, boolean spi) {
        return builder.baseUrl(baseUrl)
                .apiKey("sk-of-a-test")
                .modelName("deepseek-flash")
                .timeouts(timeouts)
                .retryPolicy(RetryPolicy.NONE)
                .limits(SMALL)
                .listeners(told)
                .httpClientBuilder(spi ? JdkHttpClient.builder() : null);
    }
}
