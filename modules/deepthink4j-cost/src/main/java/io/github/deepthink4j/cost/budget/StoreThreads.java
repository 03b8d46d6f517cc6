package io.github.deepthink4j.cost.budget;

import io.github.deepthink4j.internal.http.OwnThreads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Where a store that may wait is asked: on threads of the library's that hold up nothing else, of which it has so many at a time. A
 * database that hangs would take one for each call, until none is to be had for anybody; its pool has no more connections anyway.
 */
final class StoreThreads {

    static final int MOST = 32;

    private final Deque<Supplier<Runnable>> waiting = new ArrayDeque<>();
    private int busy;

    /**
     * Asks soon.
     *
     * @param question gives what is to be done afterwards, on the same thread, when the next one may be asked: it may run users' code that
     *                 waits for another question
     */
    void ask(Supplier<Runnable> question) {
        synchronized (waiting) {
            if (busy == MOST) {
                waiting.add(question);
                return;
            }
            busy++;
        }
        try {
            OwnThreads.run(() -> answer(question));
        } catch (Throwable e) {
            askNext();
            throw e;
        }
    }

    private void answer(Supplier<Runnable> question) {
        Runnable afterwards;
        try {
            afterwards = question.get();
        } finally {
            askNext();
        }
        afterwards.run();
    }

    private void askNext() {
        Supplier<Runnable> next;
        synchronized (waiting) {
            next = waiting.poll();
            if (next == null) {
                busy--;
                return;
            }
        }
        try {
            OwnThreads.run(() -> answer(next));
        } catch (Throwable e) {
            // This one may wait, too.
            answer(next);
        }
    }
}
