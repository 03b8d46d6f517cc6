package io.github.deepthink4j.samples.rag.answer;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes an answer in, piece by piece. */
final class AnswerStream implements StreamingChatResponseHandler {

    private final AnswerListener listener;
    private final CitationMarker marker;
    private final CompletableFuture<ChatResponse> outcome = new CompletableFuture<>();

    AnswerStream(int passages, AnswerListener listener) {
        this.listener = listener;
        this.marker = new CitationMarker(passages, text -> {
            // Of an answer that fails before it has begun nothing is left.
            if (!text.isEmpty()) {
                listener.text(text);
            }
        });
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        listener.thinking(thinking.text());
    }

    @Override
    public void onPartialResponse(String text) {
        marker.accept(text);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        marker.end();
        outcome.complete(response);
    }

    @Override
    public void onError(Throwable error) {
        marker.cut();
        outcome.completeExceptionally(error);
    }

    void stop() {
        outcome.cancel(false);
    }

    /**
     * The response, when it is complete.
     *
     * @throws CancellationException if it was stopped
     * @throws RuntimeException      what has gone wrong
     */
    ChatResponse await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    CitationMarker marked() {
        return marker;
    }
}
