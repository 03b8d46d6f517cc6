package io.github.deepthink4j.memory;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is in one conversation, in the order of asking, for callers that wait and for those that do not: a thread that
 * calls {@link #lock()} is parked, a {@link Waiter} is called when its turn has come, and holds it until it calls
 * {@link #unlock()} from whatever thread.
 *
 * <p>Who holds it without a thread may need one for a moment, and its executor may have but the one that waits here. So a thread
 * that waits does that work itself: see {@link #lend}.
 */
final class ConversationLock {

    /** Somebody who waits without a thread. */
    @FunctionalInterface
    interface Waiter {

        /** It has the turn, on the thread of whoever had it before. Must not block or throw. */
        void onTurn();
    }

    private final class Parked implements Waiter {

        private final Thread thread = Thread.currentThread();
        private volatile boolean hasTurn;

        @Override
        public void onTurn() {
            hasTurn = true;
            LockSupport.unpark(thread);
        }

        /** As other locks do, an interrupt is kept for later. */
        void await() {
            boolean interrupted = false;
            while (!hasTurn) {
                Runnable work = borrow();
                if (work != null) {
                    work.run();
                } else {
                    LockSupport.park(ConversationLock.this);
                    interrupted |= Thread.interrupted();
                }
            }
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private final Queue<Parked> parked = new ArrayDeque<>();
    private int holds;
    private boolean passing;
    private @Nullable Thread owner;
    private @Nullable Runnable lent;

    /** For a thread; it may have the lock several times, and must give it back as often. */
    void lock() {
        Parked waiter;
        synchronized (this) {
            if (tryLock()) {
                return;
            }
            waiter = new Parked();
            waiting.add(waiter);
            parked.add(waiter);
        }
        waiter.await();
    }

    /** Only if nobody else has it, or waits for it. */
    synchronized boolean tryLock() {
        Thread current = Thread.currentThread();
        if (holds > 0 && owner == current) {
            holds++;
            return true;
        }
        if (holds > 0 || !waiting.isEmpty()) {
            return false;
        }
        holds = 1;
        owner = current;
        return true;
    }

    /** Calls back when it is the waiter's turn, which may be now. */
    void whenTurn(Waiter waiter) {
        synchronized (this) {
            waiting.add(waiter);
        }
        pass();
    }

    /** Whether it has waited still, and does not any more. */
    synchronized boolean withdraw(Waiter waiter) {
        return waiting.remove(waiter);
    }

    /** The turn is over; whoever is next has it before this returns. */
    void unlock() {
        synchronized (this) {
            holds--;
            if (holds > 0) {
                return;
            }
            owner = null;
            lent = null;
        }
        pass();
    }

    /** In a loop and not in one another, however many end their turns as soon as they have them. */
    private void pass() {
        synchronized (this) {
            if (passing) {
                return;
            }
            passing = true;
        }
        for (Waiter next = next(); next != null; next = next()) {
            next.onTurn();
        }
    }

    private synchronized @Nullable Waiter next() {
        if (holds > 0 || waiting.isEmpty()) {
            passing = false;
            return null;
        }
        Waiter next = waiting.iterator().next();
        waiting.remove(next);
        holds = 1;
        if (next instanceof Parked first) {
            parked.remove();
            owner = first.thread;
        }
        return next;
    }

    /** Runs what belongs to a turn without a thread: meanwhile it is this thread's, so that what it calls may ask for the lock. */
    <T> T asHolder(Supplier<T> work) {
        Thread before = own(Thread.currentThread());
        try {
            return work.get();
        } finally {
            own(before);
        }
    }

    private synchronized @Nullable Thread own(@Nullable Thread thread) {
        Thread before = owner;
        owner = thread;
        return before;
    }

    /**
     * What the turn waits for, and what an executor was asked to run: a thread that waits here runs it if it comes first.
     *
     * @param work does nothing the second time
     */
    void lend(Runnable work) {
        Parked first;
        synchronized (this) {
            lent = work;
            first = parked.peek();
        }
        if (first != null) {
            LockSupport.unpark(first.thread);
        }
    }

    private synchronized @Nullable Runnable borrow() {
        Runnable work = lent;
        lent = null;
        return work;
    }
}
