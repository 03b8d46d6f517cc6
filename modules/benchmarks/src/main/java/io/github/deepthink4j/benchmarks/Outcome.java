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

/**
 * What a call has come to.
 *
 * @param text    in a few words
 * @param success whether the caller was told that this is an answer
 * @param nothing whether the caller was told nothing, for as long as we waited
 */
record Outcome(String text, boolean success, boolean nothing) {

    private static final long PATIENCE_SECONDS = 5;

    static Outcome ofBlocking(ChatModel model) {
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

    static Outcome ofStreaming(StreamingChatModel model) {
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

    private static Outcome of(CompletableFuture<ChatResponse> answer) {
        try {
            ChatResponse response = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String text = response.aiMessage().text();
            String what = text == null || text.isEmpty() ? "no text" : text.length() + " characters";
            return new Outcome("**success**: " + what + ", finish reason " + response.finishReason(), true, false);
        } catch (TimeoutException e) {
            return new Outcome("**nothing** within " + PATIENCE_SECONDS + " s", false, true);
        } catch (ExecutionException e) {
            return new Outcome(e.getCause().getClass().getSimpleName(), false, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome("interrupted", false, false);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
