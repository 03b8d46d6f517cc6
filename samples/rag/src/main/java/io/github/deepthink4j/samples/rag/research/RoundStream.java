package io.github.deepthink4j.samples.rag.research;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.AnswerText;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Takes one round in: a plan, calls, or the answer. */
final class RoundStream implements StreamingChatResponseHandler {

    private final AnswerListener listener;
    private final AnswerText answer;
    private final StringBuilder remark = new StringBuilder();
    private final CompletableFuture<Optional<ChatResponse>> outcome = new CompletableFuture<>();
    private final CompletableFuture<StreamingHandle> handle = new CompletableFuture<>();
    private volatile StepKind speaking = StepKind.CALL;

    /** @param answer gets the text, if there is any */
    RoundStream(AnswerText answer, AnswerListener listener) {
        this.listener = listener;
        this.answer = answer;
    }

    void speaks(StepKind kind) {
        speaking = kind;
    }

    void runsBy(StreamingHandle running) {
        handle.complete(running);
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        if (!outcome.isDone()) {
            listener.thinking(thinking.text());
        }
    }

    /** What a tool caller says beside its calls is no part of an answer; whether there are any is known at the end. */
    @Override
    public void onPartialResponse(String text) {
        if (outcome.isDone()) {
            return;
        }
        if (speaking == StepKind.CALL) {
            remark.append(text);
        } else {
            answer.accept(text);
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (outcome.isDone()) {
            return;
        }
        if (!response.aiMessage().hasToolExecutionRequests()) {
            answer.accept(remark.toString());
        } else if (!remark.isEmpty()) {
            listener.thinking("\n" + remark);
        }
        answer.end();
        outcome.complete(Optional.of(response));
    }

    @Override
    public void onError(Throwable error) {
        if (!outcome.isDone()) {
            answer.fail(error);
            outcome.completeExceptionally(error);
        }
    }

    /** It is of no use to go on: there is nothing that an answer could be made from. */
    void endWithoutAnswer() {
        outcome.complete(Optional.empty());
        handle.thenAccept(StreamingHandle::cancel);
    }

    void stop() {
        outcome.cancel(false);
        handle.thenAccept(StreamingHandle::cancel);
    }

    /**
     * The response, when it is complete; empty if it was ended before.
     *
     * @throws CancellationException if it was stopped
     * @throws RuntimeException      what has gone wrong
     */
    Optional<ChatResponse> await() {
        try {
            return outcome.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    AnswerText text() {
        return answer;
    }
}
