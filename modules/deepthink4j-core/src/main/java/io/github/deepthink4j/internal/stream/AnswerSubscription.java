package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to an answer: takes events from the stream that begins in it, and the subscriber's demand and cancel back to it.
 * Events are passed on by one thread at a time, whichever comes: the one that brings them, or the one that asks for more.
 */
final class AnswerSubscription extends StreamScope implements Flow.Subscription {

    private static final SafeLog LOG = SafeLog.of(AnswerSubscription.class);

    private final Queue<Object> events = new ConcurrentLinkedQueue<>();
    private final Backlog backlog = new Backlog();
    private final AtomicLong requested = new AtomicLong();

    /** How many have come to pass events on; whoever finds somebody at it leaves it to him. */
    private final AtomicInteger passing = new AtomicInteger();

    private final Runnable pass = this::pass;
    private final Object lock = new Object();

    /** Set before {@link #ended}. */
    private @Nullable Throwable error;

    private volatile boolean ended;

    /** What the subscriber has asked for against the rules: its end comes before all events. */
    private volatile @Nullable Throwable misused;

    private volatile @Nullable StreamingHandle stream;

    /** Whether a stream may have begun. */
    private volatile boolean begun;

    /** Let go of at the end, and at a cancel: a connection may hold on to its listener for a while. */
    private volatile Flow.@Nullable Subscriber<? super Object> subscriber;

    AnswerSubscription(Flow.Subscriber<? super Object> subscriber) {
        this.subscriber = subscriber;
    }

    /** Nothing is sent for a subscriber that has cancelled at once. */
    void open(Consumer<StreamingChatResponseHandler> start) {
        Flow.Subscriber<? super Object> open = subscriber;
        if (open == null) {
            return;
        }
        // Nothing may be told to the subscriber before it has its subscription, whatever it asks for meanwhile.
        passing.incrementAndGet();
        try {
            open.onSubscribe(this);
        } catch (Throwable e) {
            thrownBySubscriber(e);
        }
        if (subscriber == null) {
            return;
        }
        StreamScope.outside(pass);
        if (subscriber == null) {
            return;
        }
        begun = true;
        expectStream();
        try {
            run(() -> start.accept(new AnswerEventHandler(this)));
        } catch (Throwable e) {
            fail(e);
        }
    }

    @Override
    protected void onStart(PausableStreamingHandle started) {
        backlog.follow(started);
        use(started);
    }

    /** The stream that events come from now. */
    void use(StreamingHandle handle) {
        if (handle == stream) {
            return;
        }
        expectNoStream();
        boolean tooLate;
        synchronized (lock) {
            stream = handle;
            tooLate = isUnwanted();
        }
        if (tooLate) {
            stop(handle);
        }
    }

    /** Whether the subscriber has gone, or the answer will never come. */
    private boolean isUnwanted() {
        return error != null || (subscriber == null && !ended);
    }

    void emit(Object event) {
        if (subscriber != null) {
            backlog.add();
            events.add(event);
            passOn();
            backlog.settle();
        }
    }

    void complete(Object lastEvent) {
        expectNoStream();
        if (subscriber != null) {
            backlog.add();
            events.add(lastEvent);
        }
        if (end(null)) {
            passOn();
        }
    }

    /** The stream may go on after an error of a callback, but nobody listens any more. */
    void fail(Throwable failure) {
        if (end(failure)) {
            stopAll();
            passOn();
        }
    }

    private boolean end(@Nullable Throwable failure) {
        synchronized (lock) {
            if (ended) {
                return false;
            }
            error = failure;
            ended = true;
            return true;
        }
    }

    @Override
    public void request(long events) {
        if (events <= 0) {
            misused = new IllegalArgumentException(
                    "Rule 3.9 of Reactive Streams: more than nothing must be asked for, but it was " + events);
        } else {
            requested.accumulateAndGet(events, AnswerSubscription::capped);
        }
        passOn();
    }

    private static long capped(long before, long more) {
        long sum = before + more;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
        synchronized (lock) {
            if (subscriber == null) {
                return;
            }
            subscriber = null;
        }
        events.clear();
        stopAll();
    }

    /** A decorator may be about to begin something. */
    private void stopAll() {
        if (begun) {
            expectStream();
        }
        StreamingHandle running = stream;
        if (running != null) {
            stop(running);
        }
    }

    private static void stop(StreamingHandle handle) {
        try {
            handle.cancel();
        } catch (Throwable e) {
            LOG.debug("This model can't be cancelled; what it still sends is dropped", e);
        }
    }

    /** What the subscriber does is its own, and belongs to no scope. */
    private void passOn() {
        if (passing.getAndIncrement() == 0) {
            StreamScope.outside(pass);
        }
    }

    private void pass() {
        int come = passing.get();
        do {
            while (passOne()) {
                // The next one.
            }
            come = passing.addAndGet(-come);
        } while (come != 0);
    }

    /** Whether another event may be there to pass on. */
    private boolean passOne() {
        Flow.Subscriber<? super Object> open = subscriber;
        if (open == null) {
            events.clear();
            return false;
        }
        Throwable misuse = misused;
        if (misuse != null) {
            last(() -> open.onError(misuse));
            stopAll();
            return false;
        }
        // In this order: whoever ends has added its events before.
        boolean isLast = ended;
        if (events.isEmpty()) {
            if (isLast) {
                Throwable failure = error;
                last(failure == null ? open::onComplete : () -> open.onError(failure));
            }
            return false;
        }
        if (requested.get() == 0) {
            return false;
        }
        Object event = events.poll();
        if (event == null) {
            return false;
        }
        requested.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
        backlog.taken();
        try {
            open.onNext(event);
        } catch (Throwable e) {
            thrownBySubscriber(e);
        }
        return true;
    }

    private void last(Runnable signal) {
        synchronized (lock) {
            if (subscriber == null) {
                return;
            }
            subscriber = null;
        }
        events.clear();
        try {
            signal.run();
        } catch (Throwable e) {
            LOG.warn("A subscriber has thrown at its end; this is ignored", e);
        }
    }

    /** Against rule 2.13 of Reactive Streams; such a subscriber counts as one that has cancelled. */
    private void thrownBySubscriber(Throwable thrown) {
        cancel();
        LOG.warn("A subscriber has thrown; its stream is cancelled", thrown);
    }
}
