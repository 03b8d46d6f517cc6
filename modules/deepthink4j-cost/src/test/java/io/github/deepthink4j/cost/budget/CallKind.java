package io.github.deepthink4j.cost.budget;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways to ask a model. */
enum CallKind {
    BLOCKING,
    ASYNC,
    STREAMING;

    /**
     * Asks once.
     *
     * @return the failure; {@code null} for an answer
     */
    @Nullable
    Throwable failure(String text, Consumer<DeepSeekModelBuilder<?>> settings) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        if (this == STREAMING) {
            DeepSeekStreamingChatModel.Builder builder = DeepSeekStreamingChatModel.builder();
            settings.accept(builder);
            try (DeepSeekStreamingChatModel model = builder.build()) {
                stream(model, text, answer);
                return failure(answer);
            }
        }
        DeepSeekChatModel.Builder builder = DeepSeekChatModel.builder();
        settings.accept(builder);
        try (DeepSeekChatModel model = builder.build()) {
            if (this == ASYNC) {
                return failure(model.chatAsync(saying(text)));
            }
            model.chat(text);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static void stream(DeepSeekStreamingChatModel model, String text, CompletableFuture<ChatResponse> answer) {
        try {
            model.chat(saying(text), new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    answer.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    answer.completeExceptionally(error);
                }
            });
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private static ChatRequest saying(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static @Nullable Throwable failure(CompletableFuture<ChatResponse> answer) {
        return answer.orTimeout(60, TimeUnit.SECONDS)
                .handle((response, error) -> error instanceof CompletionException ? error.getCause() : error)
                .join();
    }
}
