package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ErrorDetails;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Lets a caller wait for the whole answer. */
final class BlockingReceiver implements AnswerReceiver {

    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

    @Override
    public void onComplete(ChatResponse response) {
        answer.complete(response);
    }

    @Override
    public void onError(RuntimeException error) {
        answer.completeExceptionally(error);
    }

    /**
     * Waits. An interrupt stops the exchange, and with it the spending; the thread's interrupt flag stays set.
     *
     * @throws CallInterruptedException if the thread was interrupted
     */
    ChatResponse await(StreamingHandle exchange) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            exchange.cancel();
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "The call was stopped because its thread was interrupted; the request has been cancelled.",
                    ErrorDetails.NONE,
                    e);
        } catch (ExecutionException e) {
            throw atTheCaller(e);
        }
    }

    /** The error was made on a delivery thread; what its reader needs is the place in his own code. */
    static RuntimeException atTheCaller(ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException error) {
            error.setStackTrace(new Throwable().getStackTrace());
            return error;
        }
        throw new IllegalStateException("only RuntimeExceptions are told", failed);
    }
}
