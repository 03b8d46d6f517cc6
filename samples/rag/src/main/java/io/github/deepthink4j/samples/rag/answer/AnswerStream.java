package io.github.deepthink4j.samples.rag.answer;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes an answer in, piece by piece. */
final class AnswerStream implements StreamingChatResponseHandler {

    private final AnswerListener listener;
    private final CitationMarker marker;
    private final boolean holding;
    private final List<MarkedSentence> sentences = new ArrayList<>();
    private final CompletableFuture<ChatResponse> outcome = new CompletableFuture<>();

    /** @param holding whether the sentences are only passed on by {@link #passOn}, since somebody looks at them before */
    AnswerStream(int passages, CitationMarker.Check check, boolean holding, AnswerListener listener) {
        this.listener = listener;
        this.holding = holding;
        this.marker = new CitationMarker(passages, check, this::take);
    }

    private void take(MarkedSentence sentence) {
        // Of an answer that fails before it has begun nothing is left.
        if (sentence.text().isEmpty()) {
            return;
        }
        sentences.add(sentence);
        if (!holding) {
            listener.text(sentence.shown());
        }
    }

    /** The sentences with what was found out about them meanwhile. */
    void passOn(List<MarkedSentence> held) {
        held.forEach(sentence -> listener.text(sentence.shown()));
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
        if (holding) {
            passOn(sentences);
        }
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

    /** When it is complete. */
    List<MarkedSentence> sentences() {
        return List.copyOf(sentences);
    }
}
