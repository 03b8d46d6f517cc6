package io.github.deepthink4j.model;

import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request to a service beside chats, over as many attempts as the retry policy allows. Its future ends it, or is ended by it. */
final class ServiceExchange<T> {

    private static final int FIRST_ERROR = 400;

    private final ServiceCalls calls;
    private final ServiceRequest<T> request;
    private final Asked asked;
    private final AnswerFuture<T> answer = new AnswerFuture<>();
    private final Runnable onClose = this::modelClosed;
    private final Attempts all;

    private final Object lock = new Object();
    private int attempts;
    private long attemptNanos;
    private @Nullable TransportCall call;
    /** Takes the next attempt back, while one waits. */
    private @Nullable Runnable nextAttempt;

    private boolean over;

    private ServiceExchange(ServiceCalls calls, ServiceRequest<T> request) {
        this.calls = calls;
        this.request = request;
        this.asked = new Asked(
                request.uri(), "", null, calls.headers().secrets(request.uri(), request.headers()), request.once());
        Long since = request.since();
        long startNanos = since == null ? calls.scheduler().nanoTime() : since;
        this.all = new Attempts(
                calls.retryPolicy(), timeouts(calls, request), calls.scheduler(), SafeLog.of(calls.log()), startNanos);
    }

    /**
     * Sends the first attempt; returns at once.
     *
     * @throws IllegalStateException if the life is over
     */
    static <T> ServiceExchange<T> begin(ServiceCalls calls, ServiceRequest<T> request) {
        ServiceExchange<T> exchange = new ServiceExchange<>(calls, request);
        calls.lifetime().begun(exchange.onClose);
        exchange.answer.stoppedBy(exchange::stop);
        try {
            exchange.attempt();
        } catch (Throwable e) {
            exchange.stop();
            throw e;
        }
        return exchange;
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    /** By a clock of its own as well, since the user's executor may drop what it is given. */
    T await() {
        Duration total = calls.timeouts().total();
        try {
            return total == null
                    ? answer.get()
                    : answer.get(
                            all.timeLeft(total).plus(BlockingReceiver.GRACE).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            stop();
            throw outOfTime(null);
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "The call was stopped because its thread was interrupted; the request has been cancelled."
                            + (request.once() == null
                                    ? ""
                                    : " " + request.once().look()),
                    ErrorDetails.NONE,
                    e);
        } catch (ExecutionException e) {
            throw BlockingReceiver.atTheCaller(e);
        }
    }

    private void attempt() {
        int number;
        synchronized (lock) {
            if (over) {
                return;
            }
            nextAttempt = null;
            number = ++attempts;
            attemptNanos = calls.scheduler().nanoTime();
        }
        if (all.isOutOfTime()) {
            fail(outOfTime(null));
            return;
        }
        JsonEndpoint<T> endpoint = calls.endpoint(asked, request.reading());
        endpoint.answer().whenComplete((value, error) -> endedOnce(endpoint, value, error));
        TransportCall started = calls.lifetime()
                .transport()
                .send(
                        new TransportRequest(
                                request.method(),
                                request.uri(),
                                request.headers(),
                                request.body(),
                                request.form(),
                                all.remaining(),
                                asked.secrets()),
                        endpoint);
        boolean tooLate;
        synchronized (lock) {
            // It may have ended already, and the next one begun on another thread.
            tooLate = over || endpoint.answer().isDone();
            if (!tooLate) {
                call = started;
            }
        }
        if (tooLate) {
            started.cancel();
        }
    }

    private static Timeouts timeouts(ServiceCalls calls, ServiceRequest<?> request) {
        Duration silence = request.silence();
        return silence == null
                ? calls.timeouts()
                : Timeouts.from(calls.timeouts())
                        .firstByte(silence)
                        .idle(silence)
                        .build();
    }

    private RuntimeException outOfTime(@Nullable Throwable cause) {
        return ConnectionErrors.of(
                new TransportFailure(Kind.TOTAL_TIMEOUT, calls.timeouts().total(), cause), asked, ErrorDetails.NONE);
    }

    /** An attempt tells its end once, and to a future that keeps what is thrown to itself. */
    private void endedOnce(JsonEndpoint<T> endpoint, @Nullable T value, @Nullable Throwable thrown) {
        try {
            ended(endpoint, value, thrown);
        } catch (Throwable e) {
            Passage.suppress(e, thrown);
            broken(e);
        }
    }

    private void ended(JsonEndpoint<T> endpoint, @Nullable T value, @Nullable Throwable thrown) {
        if (value != null) {
            all.report(new AttemptEvent.Succeeded(attempts, elapsed()));
            if (finish()) {
                answer.answered(value);
            }
            return;
        }
        hangUp();
        if (thrown instanceof Error broken) {
            failWith(broken);
            return;
        }
        RuntimeException error = error(thrown);
        Duration delay = delayBeforeNext(error, endpoint.retryAfter());
        all.report(new AttemptEvent.Failed(attempts, elapsed(), error, delay));
        if (delay == null) {
            fail(error);
            return;
        }
        if (request.isBilled() && !ServiceCalls.wasNotDone(error)) {
            SafeLog.of(calls.log())
                    .warn(request + " is sent again, although it may have been done and billed: "
                            + error.getClass().getSimpleName());
        }
        synchronized (lock) {
            if (!over) {
                nextAttempt = calls.scheduler().schedule(() -> OwnThreads.run(this::nextAttempt), delay);
            }
        }
    }

    /** What is told is the limit on all attempts together, and not what was left of it for this one. */
    private RuntimeException error(@Nullable Throwable thrown) {
        if (thrown instanceof DeepSeekTimeoutException timeout && timeout.phase() == Phase.TOTAL) {
            return outOfTime(timeout.getCause());
        }
        return thrown instanceof RuntimeException error
                ? request.explained().apply(error)
                : new IllegalStateException("only RuntimeExceptions are told", thrown);
    }

    /** Nothing that comes is of use any more. */
    private void hangUp() {
        TransportCall running;
        synchronized (lock) {
            running = call;
            call = null;
        }
        if (running != null) {
            running.cancel();
        }
    }

    /** Nobody is there to catch what goes wrong before the request is sent. */
    private void nextAttempt() {
        try {
            attempt();
        } catch (Throwable e) {
            broken(e);
        }
    }

    private void broken(Throwable e) {
        failWith(
                e instanceof RuntimeException || e instanceof Error
                        ? e
                        : new IllegalStateException("The next attempt could not be sent.", e));
    }

    private @Nullable Duration delayBeforeNext(RuntimeException error, @Nullable Duration retryAfter) {
        return isNoAnswer(error) || !request.repeatsAfter(error)
                ? null
                : all.delayBeforeNext(attempts, error, retryAfter);
    }

    /** A proxy's page with a status of success comes again, and what has come may be billed. */
    private static boolean isNoAnswer(RuntimeException error) {
        if (!(error instanceof MalformedAnswerException)) {
            return false;
        }
        Integer status = ((DeepSeekError) error).httpStatus();
        return status != null && status < FIRST_ERROR;
    }

    private Duration elapsed() {
        synchronized (lock) {
            return all.elapsedSince(attemptNanos);
        }
    }

    private void modelClosed() {
        RuntimeException closed = ConnectionErrors.closed(ErrorDetails.NONE);
        if (finish()) {
            hangUp();
            // Not on the closing thread: what hangs on the future may be the user's.
            OwnThreads.run(() -> answer.failed(closed));
        }
    }

    private void fail(RuntimeException error) {
        failWith(error);
    }

    private void failWith(Throwable error) {
        if (finish()) {
            answer.failed(error);
        }
    }

    /** Nobody waits for the answer any more. */
    private void stop() {
        finish();
        hangUp();
    }

    /** Whether the end may be told; true only once. */
    private boolean finish() {
        boolean first;
        synchronized (lock) {
            first = !over;
            over = true;
            if (nextAttempt != null) {
                nextAttempt.run();
                nextAttempt = null;
            }
        }
        calls.lifetime().ended(onClose);
        return first;
    }
}
