package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate.HeldUp;
import io.github.deepthink4j.internal.gate.Pass.Verdict;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.stream.CallReport;
import io.github.deepthink4j.internal.stream.PausableStreamingHandle;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallListener;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, over as many attempts as the retry policy allows before the first piece. The user's handle
 * at the same time: it works from the first moment on, from any thread.
 */
final class ChatExchange implements PausableStreamingHandle, Passage.Traveller {

    private final ModelSettings settings;
    private final PreparedRequest request;
    private final AnswerReceiver receiver;
    private final Passage passage;
    private final SafeLog log;
    private final Attempts all;
    private final Runnable onClose = this::modelClosed;
    private final @Nullable CallReport report = CallReport.current();

    private final Object lock = new Object();
    private int attempts;
    /** After so many of them a gate took the call back: the retry policy does not count these. */
    private int takenBack;

    private @Nullable RuntimeException lastFailure;
    /** That is on its way; {@code null} between two of them. */
    private @Nullable Attempt current;

    private long attemptNanos;
    private @Nullable TransportCall call;
    /** Takes the next attempt back, while one waits. */
    private @Nullable Runnable nextAttempt;

    /** What failed attempts were billed; {@code null} as long as nothing is known to be. */
    private @Nullable Cost billed;

    private boolean over;
    private boolean paused;
    private volatile boolean modelClosed;
    private volatile boolean cancelled;

    /**
     * @param receiver gets the handle that its callbacks are to pass on
     */
    ChatExchange(ModelSettings settings, PreparedRequest request, Function<StreamingHandle, AnswerReceiver> receiver) {
        this.settings = settings;
        this.request = request;
        this.log = SafeLog.of(settings.log());
        this.all = new Attempts(
                settings.retryPolicy(),
                settings.timeouts(),
                settings.scheduler(),
                log,
                settings.scheduler().nanoTime());
        this.passage = new Passage(settings.gates(), request.facts(), settings.scheduler(), log);
        this.receiver = receiver.apply(this);
    }

    /**
     * Sends the first attempt, or has it wait at a gate; returns at once.
     *
     * @throws IllegalStateException if the model is closed
     */
    void start() {
        settings.lifetime().begun(onClose);
        try {
            enter();
        } catch (Throwable e) {
            if (!abandon()) {
                log.warn("A call that has had its end already has thrown; this is ignored", e);
                return;
            }
            throw e;
        }
        // Whoever has cancelled before has ended what had not begun yet.
        if (cancelled) {
            settings.lifetime().ended(onClose);
        }
    }

    /** Whoever hears of the end by an exception hears of nothing else; {@code false} if he has had the end already. */
    private boolean abandon() {
        boolean first;
        TransportCall running;
        synchronized (lock) {
            first = !over;
            over = true;
            running = call;
        }
        settings.lifetime().ended(onClose);
        stop(running);
        passage.close();
        return first;
    }

    /** The client may be one of the user's: what it throws must not keep the rest of the end from coming. */
    private void stop(@Nullable TransportCall running) {
        try {
            if (running != null) {
                running.cancel();
            }
        } catch (Throwable e) {
            log.warn("A request could not be cancelled", e);
        }
    }

    private void enter() {
        Passage.Walk walk = passage.walk(this);
        synchronized (lock) {
            if (over) {
                return;
            }
            nextAttempt = walk;
        }
        Duration total = settings.timeouts().total();
        walk.begin(total == null ? null : all.timeLeft(total));
    }

    @Override
    public void admitted() {
        if (report == null) {
            attempt();
        } else {
            report.inCall(this::attempt);
        }
    }

    @Override
    public void refused(RuntimeException error) {
        Passage.suppress(error, lastFailure);
        OwnThreads.run(() -> fail(error));
    }

    @Override
    public void waitedTooLong(HeldUp by) {
        GivenUp known = givenUp();
        fail(ConnectionErrors.waitedTooLong(by, settings.timeouts().total(), known.details(), known.lastFailure()));
    }

    /**
     * What is known of a call that nobody waits for any more.
     *
     * @param details     of the attempt that runs, or of the one before
     * @param lastFailure of an attempt before; its cost is among the details
     */
    record GivenUp(ErrorDetails details, @Nullable RuntimeException lastFailure) {}

    /** On any thread. */
    GivenUp givenUp() {
        synchronized (lock) {
            if (current != null) {
                return new GivenUp(current.givenUp(), lastFailure);
            }
            String requestId = lastFailure instanceof DeepSeekError known ? known.requestId() : null;
            return new GivenUp(
                    ErrorDetails.from(Billing.of(request, billed))
                            .requestId(requestId)
                            .build(),
                    lastFailure);
        }
    }

    @Override
    public void broken(Throwable e) {
        RuntimeException error = e instanceof RuntimeException exception
                ? exception
                : new IllegalStateException(
                        "The call could not be sent: " + e.getClass().getName() + ".", e);
        Passage.suppress(error, lastFailure);
        fail(error);
    }

    private void fail(RuntimeException error) {
        if (finish()) {
            receiver.onError(error);
        }
    }

    private void attempt() {
        Attempt attempt;
        int number;
        synchronized (lock) {
            if (over) {
                return;
            }
            nextAttempt = null;
            number = ++attempts;
            attemptNanos = settings.scheduler().nanoTime();
            attempt = new Attempt(this, settings, request, receiver, billed);
            current = attempt;
        }
        Duration total = settings.timeouts().total();
        if (number > 1 && total != null && all.isOutOfTime()) {
            // A listener took its time: what is sent now nobody would hear, and it might be billed.
            attempt.tooLate(total);
            return;
        }
        synchronized (lock) {
            // Whoever has cancelled by now has closed the passage as that of a call which is not sent.
            if (over) {
                return;
            }
            passage.sent();
        }
        if (report != null) {
            report.sending(new CallListener.Sending(number, request.stream(), request.server()));
        }
        TransportCall started = settings.lifetime()
                .transport()
                .send(
                        new TransportRequest(
                                "POST",
                                request.uri(),
                                request.headers(),
                                request.body(),
                                all.remaining(),
                                request.secrets()),
                        attempt);
        attempt.started(started);
        boolean tooLate;
        synchronized (lock) {
            tooLate = cancelled;
            // The attempt may have failed already, and the next one begun on another thread.
            if (number == attempts) {
                call = started;
                if (paused && !over) {
                    started.pause();
                }
            }
        }
        if (tooLate) {
            started.cancel();
        } else if (modelClosed) {
            started.abort();
        }
    }

    /**
     * Called by the attempt when it has failed, once. The end of the model takes the client away from under an attempt that
     * is just being sent; that the connection failed is not the reason then.
     */
    void failed(FailedAttempt failed) {
        try {
            failedOnce(failed);
        } catch (Throwable e) {
            // The attempt tells its end once: nobody else would tell the user.
            Passage.suppress(failed.error(), e);
            fail(failed.error());
        }
    }

    private void failedOnce(FailedAttempt failed) {
        RuntimeException failure = failed.error();
        Duration retryAfter = failed.retryAfter();
        boolean hadPieces = failed.hadPieces();
        boolean lost = failure instanceof ConnectionFailedException || failure instanceof StreamCutException;
        RuntimeException error =
                modelClosed && lost ? ConnectionErrors.closed(((DeepSeekError) failure).details()) : failure;
        Verdict verdict = passage.failed(new FailedAttempt(error, hadPieces, failed.usageIsWhole(), retryAfter));
        Duration delay = hadPieces ? null : delayBeforeNext(verdict, error, retryAfter);
        synchronized (lock) {
            lastFailure = error;
            current = null;
            if (error instanceof DeepSeekError known) {
                billed = known.cost() == null ? billed : known.cost();
            }
        }
        report(new AttemptEvent.Failed(attempts, elapsed(), error, delay));
        if (delay == null) {
            fail(error);
            return;
        }
        synchronized (lock) {
            if (!over) {
                nextAttempt = settings.scheduler().schedule(() -> OwnThreads.run(this::nextAttempt), delay);
            }
        }
        if (modelClosed) {
            modelClosed();
        }
    }

    /** Nobody is there to catch what goes wrong before the request is sent. */
    private void nextAttempt() {
        try {
            enter();
        } catch (Throwable e) {
            broken(e);
        }
    }

    /** Its calls end at once, with an error; in the order of their other callbacks, if one is on the wire. */
    private void modelClosed() {
        modelClosed = true;
        TransportCall running;
        boolean waits;
        @Nullable Cost billedSoFar;
        synchronized (lock) {
            running = call;
            billedSoFar = billed;
            waits = nextAttempt != null;
            if (nextAttempt != null) {
                nextAttempt.run();
                nextAttempt = null;
            }
        }
        if (waits) {
            OwnThreads.run(() -> fail(ConnectionErrors.closed(Billing.of(request, billedSoFar))));
        } else if (running != null) {
            running.abort();
        }
    }

    private @Nullable Duration delayBeforeNext(Verdict verdict, RuntimeException error, @Nullable Duration retryAfter) {
        if (modelClosed || verdict == Verdict.GIVE_UP) {
            return null;
        }
        if (verdict == Verdict.TRY_AGAIN) {
            takenBack++;
            return Duration.ZERO;
        }
        return all.delayBeforeNext(attempts - takenBack, error, retryAfter);
    }

    private Duration elapsed() {
        synchronized (lock) {
            return all.elapsedSince(attemptNanos);
        }
    }

    private void report(AttemptEvent event) {
        all.report(event);
        if (report != null) {
            report.attempt(event);
        }
    }

    /** Called by the attempt that has brought the answer, once. */
    void succeeded(ChatResponse response) {
        passage.answered(response);
        report(new AttemptEvent.Succeeded(attempts, elapsed()));
        if (finish()) {
            receiver.onComplete(response);
        }
    }

    /**
     * Whether the last call to the receiver may be made; true only once, and never after a cancel. Whoever has paused holds
     * nothing up from now on: what is left of the body must be read, or the connection would stay open for nothing.
     */
    private boolean finish() {
        boolean first;
        TransportCall running;
        synchronized (lock) {
            first = !over;
            over = true;
            running = call;
        }
        settings.lifetime().ended(onClose);
        passage.close();
        if (first && running != null) {
            try {
                running.resume();
            } catch (Throwable e) {
                log.warn("The rest of an answer could not be read", e);
            }
        }
        return first;
    }

    @Override
    public void cancel() {
        TransportCall running;
        synchronized (lock) {
            if (over) {
                cancelled = true;
                return;
            }
            over = true;
            cancelled = true;
            running = call;
            if (nextAttempt != null) {
                nextAttempt.run();
            }
        }
        settings.lifetime().ended(onClose);
        stop(running);
        // Only now: who goes next should not meet a connection that is still open.
        passage.close();
        receiver.onCancel();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void pause() {
        synchronized (lock) {
            paused = true;
            if (call != null && !over) {
                call.pause();
            }
        }
    }

    /** Outside of the lock, since on an executor that runs tasks at once the next delivery may come from within. */
    @Override
    public void resume() {
        TransportCall running;
        synchronized (lock) {
            paused = false;
            running = call;
        }
        if (running != null) {
            running.resume();
        }
    }
}
