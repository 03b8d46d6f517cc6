package io.github.deepthink4j.benchmarks;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a call has come to, in a few words. */
final class Outcome {

    private static final long PATIENCE_SECONDS = 5;

    private Outcome() {}

    static String ofBlocking(ChatModel model) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                answer.complete(model.chat(UserMessage.from("Hi")));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        caller.setDaemon(true);
        caller.start();
        return of(answer);
    }

    static String ofStreaming(StreamingChatModel model) {
        CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        try {
            model.chat("Hi", new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    answer.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    answer.completeExceptionally(error);
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return of(answer);
    }

    private static String of(CompletableFuture<ChatResponse> answer) {
        try {
            ChatResponse response = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String text = response.aiMessage().text();
            return "**success**: " + (text == null || text.isEmpty() ? "no text" : text.length() + " characters");
        } catch (TimeoutException e) {
            return "**nothing** within " + PATIENCE_SECONDS + " s";
        } catch (ExecutionException e) {
            return e.getCause().getClass().getSimpleName();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
