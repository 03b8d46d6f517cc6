package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** All that a user's handler hears, in order, each with its kind. */
public final class Heard implements StreamingChatResponseHandler {

    public final List<String> events = new CopyOnWriteArrayList<>();
    public final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    private volatile Consumer<StreamingHandle> onPiece = handle -> {};

    /** Runs at each piece. */
    public Heard onPiece(Consumer<StreamingHandle> action) {
        onPiece = action;
        return this;
    }

    public ChatResponse response() {
        return end.orTimeout(20, TimeUnit.SECONDS).join();
    }

    public String thinking() {
        return joined("thinking ");
    }

    public String text() {
        return joined("text ");
    }

    private String joined(String kind) {
        StringBuilder all = new StringBuilder();
        events.stream()
                .filter(event -> event.startsWith(kind))
                .forEach(event -> all.append(event.substring(kind.length())));
        return all.toString();
    }

    /** The kinds of what came, repetitions left out. */
    public List<String> order() {
        List<String> order = new CopyOnWriteArrayList<>();
        for (String event : events) {
            String kind = event.substring(0, event.indexOf(' '));
            if (order.isEmpty() || !order.get(order.size() - 1).equals(kind)) {
                order.add(kind);
            }
        }
        return order;
    }

    @Override
    public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
        events.add("thinking " + piece.text());
        onPiece.accept(context.streamingHandle());
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        events.add("text " + piece.text());
        onPiece.accept(context.streamingHandle());
    }

    @Override
    public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
        events.add("piece " + piece.partialArguments());
        onPiece.accept(context.streamingHandle());
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        events.add("call " + call.toolExecutionRequest().name());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        events.add("complete ");
        end.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        errors.add(error);
        events.add("error " + error.getMessage());
        end.completeExceptionally(error);
    }
}
