package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.internal.stream.CallReport;
import io.github.deepthink4j.model.ChatExchange.GivenUp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Lets a caller wait for the whole answer. */
final class BlockingReceiver implements AnswerReceiver {

    /** Within it the call's own clock has told the same, with what had arrived by then, unless the executor has lost it. */
    static final Duration GRACE = Duration.ofMillis(500);

    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
    private final @Nullable CallReport report;

    BlockingReceiver(@Nullable CallReport report) {
        this.report = report;
    }

    @Override
    public void onThinking(String text) {
        if (report != null) {
            report.thinking();
        }
    }

    @Override
    public void onText(String text) {
        if (report != null) {
            report.text();
        }
    }

    @Override
    public void onComplete(ChatResponse response) {
        answer.complete(response);
    }

    @Override
    public void onError(RuntimeException error) {
        answer.completeExceptionally(error);
    }

    /**
     * Waits, by a clock of its own: the user's executor may be full, drop what it is given, or be the very thread that waits
     * here. An interrupt stops the exchange, and with it the spending; the thread's interrupt flag stays set. The error says of the
     * attempts what is known by then.
     *
     * @param total the limit of the call; {@code null} for none
     * @throws CallInterruptedException if the thread was interrupted
     */
    ChatResponse await(ChatExchange exchange, @Nullable Duration total, Asked asked) {
        try {
            return total == null ? answer.get() : answer.get(total.plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            GivenUp known = exchange.givenUp();
            exchange.cancel();
            throw ConnectionErrors.of(
                    new TransportFailure(Kind.TOTAL_TIMEOUT, total, known.lastFailure()), asked, known.details());
        } catch (InterruptedException e) {
            GivenUp known = exchange.givenUp();
            exchange.cancel();
            Thread.currentThread().interrupt();
            if (known.lastFailure() != null) {
                e.addSuppressed(known.lastFailure());
            }
            throw new CallInterruptedException(
                    known.details()
                            .describe(
                                    "The call was stopped because its thread was interrupted; the request has been"
                                            + " cancelled.",
                                    ""),
                    known.details(),
                    e);
        } catch (ExecutionException e) {
            throw atTheCaller(e);
        }
    }

    /**
     * The error was made on a delivery thread; what its reader needs is the place in his own code. An {@code Error} keeps its own, and is
     * thrown as it is.
     */
    static RuntimeException atTheCaller(ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException error) {
            error.setStackTrace(new Throwable().getStackTrace());
            return error;
        }
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("only RuntimeExceptions are told", failed);
    }
}
