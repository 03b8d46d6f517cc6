package io.github.deepthink4j.agent;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.model.AsyncChatModel;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Parts that answer what they were told to, one answer after the other; those without a thread when an executor says so. */
final class ScriptedPart {

    private ScriptedPart() {}

    static Supplier<ChatResponse> text(String text) {
        return () -> ChatResponse.builder().aiMessage(AiMessage.from(text)).build();
    }

    static Supplier<ChatResponse> calls() {
        return () -> ChatResponse.builder()
                .aiMessage(AiMessage.from(Duo.weatherCall("1")))
                .build();
    }

    static Supplier<ChatResponse> fails(Throwable error) {
        return () -> {
            throw ScriptedPart.<RuntimeException>unchecked(error);
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T unchecked(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static Supplier<ChatResponse> next(Queue<Supplier<ChatResponse>> answers) {
        return answers.size() > 1 ? answers.remove() : answers.element();
    }

    /** The last answer is given again and again. */
    static ChatModel blocking(Iterable<Supplier<ChatResponse>> answers) {
        Queue<Supplier<ChatResponse>> left = new ConcurrentLinkedQueue<>();
        answers.forEach(left::add);
        return new ChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return next(left).get();
            }
        };
    }

    /** As {@link #blocking}, and never blocks. */
    static AsyncChatModel async(Executor executor, Iterable<Supplier<ChatResponse>> answers) {
        Queue<Supplier<ChatResponse>> left = new ConcurrentLinkedQueue<>();
        answers.forEach(left::add);
        return new AsyncChatModel() {
            @Override
            public ChatResponse doChat(ChatRequest request) {
                return next(left).get();
            }

            @Override
            public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
                CompletableFuture<ChatResponse> future = new CompletableFuture<>();
                Supplier<ChatResponse> answer = next(left);
                executor.execute(() -> {
                    try {
                        future.complete(answer.get());
                    } catch (Throwable e) {
                        future.completeExceptionally(e);
                    }
                });
                return future;
            }
        };
    }

    /** What it was asked is answered by the test. */
    static final class Asked implements AsyncChatModel {

        final Queue<CompletableFuture<ChatResponse>> futures = new ConcurrentLinkedQueue<>();

        @Override
        public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
            CompletableFuture<ChatResponse> future = new CompletableFuture<>();
            futures.add(future);
            return future;
        }

        CompletableFuture<ChatResponse> only() {
            return futures.element();
        }
    }
}
