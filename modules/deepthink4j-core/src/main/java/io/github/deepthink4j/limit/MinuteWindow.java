package io.github.deepthink4j.limit;

import java.util.ArrayDeque;
import java.util.Deque;

/** At most so much within any minute, wherever one lets it begin: a server's minute may begin anywhere. */
final class MinuteWindow {

    private static final long MINUTE = 60_000_000_000L;

    /** What was taken; it may turn out to be more or less. */
    static final class Taken {

        private final long nanos;
        private long amount;

        private Taken(long nanos, long amount) {
            this.nanos = nanos;
            this.amount = amount;
        }
    }

    private final long limit;
    private final Deque<Taken> taken = new ArrayDeque<>();
    private long sum;

    /**
     * @param limit 0 for none
     */
    MinuteWindow(long limit) {
        this.limit = limit;
    }

    /** How long until so much may be taken; 0 if it may be now. What is more than the limit has to wait until nothing else counts. */
    long nanosUntil(long amount, long now) {
        if (limit == 0) {
            return 0;
        }
        forget(now);
        long over = sum + amount - limit;
        if (over <= 0 || taken.isEmpty()) {
            return 0;
        }
        Taken last = taken.getLast();
        for (Taken each : taken) {
            over -= each.amount;
            last = each;
            if (over <= 0) {
                break;
            }
        }
        return last.nanos + MINUTE - now;
    }

    Taken take(long amount, long now) {
        Taken entry = new Taken(now, amount);
        if (limit > 0) {
            taken.add(entry);
            sum += amount;
        }
        return entry;
    }

    void correct(Taken entry, long amount, long now) {
        if (limit > 0) {
            forget(now);
            if (now - entry.nanos < MINUTE) {
                sum += amount - entry.amount;
            }
            entry.amount = amount;
        }
    }

    private void forget(long now) {
        while (!taken.isEmpty() && now - taken.getFirst().nanos >= MINUTE) {
            sum -= taken.removeFirst().amount;
        }
    }
}
