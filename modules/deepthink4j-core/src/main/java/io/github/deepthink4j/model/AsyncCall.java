package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.internal.stream.ListenedCall;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call that is waited for without a thread, and what its listeners hear of it. */
final class AsyncCall {

    private AsyncCall() {}

    /**
     * Listeners hear of the call on this thread, and of its end before the future does.
     *
     * @param call throws what a listener throws
     * @param ask  what the model does, without listeners
     * @param what whose future it is, for the error of one that gives none
     * @return fails where anything here throws
     */
    static CompletableFuture<ChatResponse> asked(
            Supplier<ListenedCall> call, Function<ListenedCall, CompletableFuture<ChatResponse>> ask, String what) {
        AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
        try {
            begin(call.get(), ask, what, answer);
        } catch (Throwable e) {
            answer.failed(e);
        }
        return answer;
    }

    private static void begin(
            ListenedCall call,
            Function<ListenedCall, CompletableFuture<ChatResponse>> ask,
            String what,
            AnswerFuture<ChatResponse> answer) {
        CompletableFuture<ChatResponse> asked;
        try {
            asked = call.report().inCall(() -> ask.apply(call));
            if (asked == null) {
                throw new IllegalStateException(what + " has returned null.");
            }
        } catch (Throwable e) {
            call.failed(e);
            throw e;
        }
        answer.stoppedBy(() -> asked.cancel(true));
        // As any future: what another model has put into it is seen only when it is looked at.
        ((CompletableFuture<?>) asked).whenComplete((response, error) -> told(call, answer, response, error));
    }

    /** Another future of the same call; whoever ends it stops the call. */
    static <T extends @Nullable Object> CompletableFuture<T> read(
            CompletableFuture<ChatResponse> answer, Function<ChatResponse, T> read) {
        AnswerFuture<T> found = new AnswerFuture<>();
        found.stoppedBy(() -> answer.completeExceptionally(requireNonNull(found.abandonment())));
        answer.whenComplete((response, error) -> {
            if (error == null) {
                found.answered(read.apply(response));
            } else {
                found.failed(error);
            }
        });
        return found;
    }

    private static void told(
            ListenedCall call,
            AnswerFuture<ChatResponse> answer,
            @Nullable Object response,
            @Nullable Throwable failure) {
        Throwable abandonment = answer.abandonment();
        if (abandonment != null) {
            if (abandonment instanceof CancellationException) {
                call.cancelled();
            } else {
                call.failed(abandonment);
            }
        } else if (failure != null) {
            Throwable error = AnswerFuture.unwrapped(failure);
            call.failed(error);
            call.report().inCaller(() -> answer.failed(error));
        } else if (response instanceof ChatResponse whole) {
            try {
                call.answered(whole);
                call.report().inCaller(() -> answer.answered(whole));
            } catch (Throwable e) {
                answer.failed(e);
            }
        } else {
            Throwable error = new InternalServerException("The model has ended its call "
                    + (response == null
                            ? "without a response."
                            : "with a " + response.getClass().getName() + " for a response."));
            call.failed(error);
            call.report().inCaller(() -> answer.failed(error));
        }
    }
}
