package io.github.deepthink4j.limit;

import io.github.deepthink4j.error.CallQueueFullException;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.gate.Gate.HeldUp;
import io.github.deepthink4j.internal.gate.GateOrder;
import io.github.deepthink4j.internal.gate.Pass;
import io.github.deepthink4j.internal.gate.Pass.Entrance;
import io.github.deepthink4j.internal.gate.Pass.Verdict;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.limit.LimitedCall.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The calls that run and those that wait. Whatever may let somebody in goes through {@link #letIn()}: an arrival, an end, and the
 * moment when a hold or a minute is over. Whoever is let in is told outside of the lock, and on a thread of ours unless it has only
 * just come.
 */
final class QueuedCallLimit implements CallLimit, Gate {

    /** Until somebody else ends: no time can be told. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private static final Duration LATER = Duration.ofMillis(10);

    private static final HeldUp HELD_UP = new HeldUp("The call waited for its turn", "let more calls run at a time");

    private final GateOrder order = GateOrder.ofWaiting();
    private final Scheduler scheduler;
    private final int mostPerUser;
    private final int maxWaiting;
    private final int maxWaitingPerUser;
    private final int maxRefusals;
    private final Duration maxRetryAfter;

    private final Object lock = new Object();
    private final Turns<LimitedCall> waiting = new Turns<>();
    private final Concurrency concurrency;
    private final Hold hold;
    private final MinuteWindow requests;
    private final MinuteWindow tokens;
    private final Map<String, Integer> runningOfUser = new HashMap<>();
    private int running;
    private long refusals;

    /** Takes the next look back, while one is to come. */
    private @Nullable Runnable nextLook;

    private long nextLookNanos;

    QueuedCallLimit(Builder builder) {
        this.scheduler = builder.scheduler;
        this.mostPerUser = builder.mostPerUser;
        this.maxWaiting = builder.maxWaiting;
        this.maxWaitingPerUser = builder.maxWaitingPerUser;
        this.maxRefusals = builder.maxRefusals;
        this.maxRetryAfter = builder.maxRetryAfter;
        this.concurrency = new Concurrency(builder.concurrency, builder.most, builder.adaptive);
        this.hold = new Hold(
                builder.maxRetryAfter, () -> ThreadLocalRandom.current().nextLong());
        this.requests = new MinuteWindow(builder.requestsPerMinute);
        this.tokens = new MinuteWindow(builder.tokensPerMinute);
    }

    @Override
    public Pass pass(CallFacts call) {
        return new LimitedCall(this, call);
    }

    @Override
    public GateOrder order() {
        return order;
    }

    @Override
    public HeldUp heldUp() {
        return HELD_UP;
    }

    /** What it waits for by now. */
    HeldUp heldUp(LimitedCall call) {
        synchronized (lock) {
            if (!mayRunMore(call.user)) {
                return held(
                        "The call waited for another one of its user",
                        "let more calls of a user run at a time (CallLimit.builder().atMostPerUser)");
            }
            long now = scheduler.nanoTime();
            long paused = hold.nanosLeft(now);
            long aRequest = requests.nanosUntil(1, now);
            long itsTokens = tokens.nanosUntil(call.tokens, now);
            if (running >= concurrency.limit() || Math.max(paused, Math.max(aRequest, itsTokens)) <= 0) {
                return held(
                        HELD_UP.by(),
                        concurrency.isLearnt()
                                ? "have the provider allow more at a time, which is what was learnt from its 429s"
                                : HELD_UP.remedy()
                                        + (concurrency.isAdaptive() ? " (CallLimit.adaptive)" : " (CallLimit.atMost)"));
            }
            if (paused >= Math.max(aRequest, itsTokens)) {
                return held("The call waited for the end of a pause that the server wants", "send fewer at a time");
            }
            return aRequest >= itsTokens
                    ? held(
                            "The call waited for a free request of the minute",
                            "allow more of them (CallLimit.builder().requestsPerMinute)")
                    : held(
                            "The call waited for enough free tokens of the minute",
                            "allow more of them (CallLimit.builder().tokensPerMinute)");
        }
    }

    private HeldUp held(String by, String remedy) {
        return new HeldUp(by + " at a CallLimit (" + this + ")", remedy);
    }

    void enter(LimitedCall call, Entrance entrance) {
        List<LimitedCall> letIn;
        boolean atOnce;
        boolean full;
        boolean forAll;
        synchronized (lock) {
            if (call.state != State.IDLE) {
                return;
            }
            boolean returned = call.refusals > 0;
            forAll = waiting.size() >= maxWaiting;
            full = !returned
                    && (forAll || waiting.size(call.user) >= maxWaitingPerUser)
                    && !(waiting.next(this::mayRunMore) == null && nanosUntil(call, scheduler.nanoTime()) == 0);
            if (!full) {
                call.state = State.WAITING;
                call.entrance = entrance;
                waiting.add(call.user, call, returned);
            }
            letIn = letIn();
            atOnce = letIn.remove(call);
        }
        tell(letIn);
        if (full) {
            entrance.refused(full(forAll));
        } else if (atOnce) {
            entrance.admitted();
        }
    }

    /** It may have waited elsewhere since it was let in, and the minute of a server begins when it hears of it. */
    void sent(LimitedCall call) {
        synchronized (lock) {
            if (call.state == State.RUNNING && call.request != null && call.taken != null) {
                long now = scheduler.nanoTime();
                call.sent = true;
                call.sentUnder = hold.number();
                requests.sent(call.request, now);
                tokens.sent(call.taken, now);
            }
        }
    }

    void answered(LimitedCall call, @Nullable Long used) {
        List<LimitedCall> letIn;
        synchronized (lock) {
            if (!leaves(call, used)) {
                return;
            }
            concurrency.wentWell(call.hadTheLastPlace);
            hold.wentWell();
            letIn = letIn();
        }
        tell(letIn);
    }

    Verdict failed(LimitedCall call, FailedAttempt attempt, @Nullable Long used) {
        Duration retryAfter = attempt.retryAfter();
        Verdict verdict = Verdict.NO_MATTER;
        List<LimitedCall> letIn;
        synchronized (lock) {
            if (!leaves(call, used)) {
                return verdict;
            }
            long now = scheduler.nanoTime();
            if (attempt.error() instanceof DeepSeekRateLimitException refused) {
                refusals++;
                boolean mustWait = concurrency.refused(running, refused.limit());
                hold.refused(call.sentUnder, mustWait, retryAfter, now);
                boolean tooLong = retryAfter != null && retryAfter.compareTo(maxRetryAfter) > 0;
                if (!attempt.hadPieces()) {
                    verdict = ++call.refusals > maxRefusals || tooLong ? Verdict.GIVE_UP : Verdict.TRY_AGAIN;
                }
            } else if (attempt.error() instanceof ServerOverloadedException && retryAfter != null) {
                hold.refused(call.sentUnder, false, retryAfter, now);
            }
            letIn = letIn();
        }
        tell(letIn);
        return verdict;
    }

    void close(LimitedCall call) {
        List<LimitedCall> letIn;
        synchronized (lock) {
            if (call.state == State.WAITING) {
                waiting.remove(call.user, call);
            } else {
                leaves(call, null);
            }
            call.state = State.OVER;
            call.entrance = null;
            letIn = letIn();
        }
        tell(letIn);
    }

    /** Whether it has run until now: its place is given back once, and its part of the minute too if it was never sent. */
    private boolean leaves(LimitedCall call, @Nullable Long used) {
        if (call.state != State.RUNNING) {
            return false;
        }
        call.state = State.IDLE;
        running--;
        runningOfUser.computeIfPresent(call.user, (user, calls) -> calls == 1 ? null : calls - 1);
        if (!call.sent && call.request != null && call.taken != null) {
            requests.giveBack(call.request);
            tokens.giveBack(call.taken);
        } else if (used != null && call.taken != null) {
            tokens.correct(call.taken, used, scheduler.nanoTime());
        }
        return true;
    }

    /** All who may go now, in turn; with the lock. The head of the queue holds up the others, or a large request would never go. */
    private List<LimitedCall> letIn() {
        List<LimitedCall> letIn = new ArrayList<>();
        LimitedCall next = waiting.next(this::mayRunMore);
        long now = scheduler.nanoTime();
        long wait = 0;
        while (next != null) {
            wait = nanosUntil(next, now);
            if (wait > 0) {
                break;
            }
            waiting.served(next.user);
            running++;
            runningOfUser.merge(next.user, 1, Integer::sum);
            next.state = State.RUNNING;
            next.hadTheLastPlace = running >= concurrency.limit();
            next.sent = false;
            next.sentUnder = hold.number();
            next.request = requests.take(1);
            next.taken = tokens.take(next.tokens);
            letIn.add(next);
            next = waiting.next(this::mayRunMore);
        }
        lookAgain(next == null ? UNKNOWN : wait, now);
        return letIn;
    }

    private boolean mayRunMore(String user) {
        return runningOfUser.getOrDefault(user, 0) < mostPerUser;
    }

    private long nanosUntil(LimitedCall call, long now) {
        if (running >= concurrency.limit() || !mayRunMore(call.user)) {
            return UNKNOWN;
        }
        return Math.max(
                hold.nanosLeft(now), Math.max(requests.nanosUntil(1, now), tokens.nanosUntil(call.tokens, now)));
    }

    private void lookAgain(long inNanos, long now) {
        if (nextLook != null) {
            if (inNanos != UNKNOWN && nextLookNanos == now + inNanos) {
                return;
            }
            nextLook.run();
            nextLook = null;
        }
        if (inNanos != UNKNOWN) {
            nextLookNanos = now + inNanos;
            nextLook = scheduler.schedule(this::look, Duration.ofNanos(inNanos));
        }
    }

    private void look() {
        List<LimitedCall> letIn;
        synchronized (lock) {
            nextLook = null;
            letIn = letIn();
        }
        tell(letIn);
    }

    /**
     * What follows sends, and may call users' code. They have their places already: one that could not be told, as of a caller
     * whose stack is at its end, is told a moment later, and keeps no other from his turn.
     */
    private void tell(List<LimitedCall> letIn) {
        for (LimitedCall call : letIn) {
            try {
                OwnThreads.runSoon(() -> {
                    Entrance entrance = call.entrance;
                    if (entrance != null) {
                        entrance.admitted();
                    }
                });
            } catch (Throwable e) {
                scheduler.schedule(() -> tell(List.of(call)), LATER);
            }
        }
    }

    /** Whose calls they are is not told: an id of a user's is his own matter, and who asks knows it. */
    private CallQueueFullException full(boolean forAll) {
        String whose = forAll ? "Too many calls wait" : "Too many calls of this user wait";
        String setting = forAll ? "maxWaiting" : "maxWaitingPerUser";
        return new CallQueueFullException(
                ErrorDetails.NONE.describe(
                        whose + " for their turn at this CallLimit (" + this + ").",
                        "Try again later, or let more wait (CallLimit.builder()." + setting + ")."),
                ErrorDetails.NONE,
                null);
    }

    @Override
    public int running() {
        synchronized (lock) {
            return running;
        }
    }

    @Override
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    @Override
    public int concurrency() {
        synchronized (lock) {
            return concurrency.limit();
        }
    }

    @Override
    public long refusals() {
        synchronized (lock) {
            return refusals;
        }
    }

    /** Such as {@code 10 of 10 running, 42 waiting}. */
    @Override
    public String toString() {
        synchronized (lock) {
            return running
                    + (concurrency.limit() == Integer.MAX_VALUE ? "" : " of " + concurrency.limit())
                    + " running, " + waiting.size() + " waiting";
        }
    }
}
