package io.github.deepthink4j.limit;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * At most so much within any minute, wherever one lets it begin: a server's minute may begin anywhere. What is taken counts until it is sent,
 * and from then on for a second more than a minute: what was sent first may have taken that much longer to arrive, with a new connection,
 * than what follows.
 */
final class MinuteWindow {

    private static final long MINUTE = 61_000_000_000L;

    /** What was taken; it may turn out to be more or less. */
    static final class Taken {

        private long amount;
        private boolean counts;
        private boolean sent;
        private long sentNanos;

        private Taken(long amount, boolean counts) {
            this.amount = amount;
            this.counts = counts;
        }
    }

    private final long limit;

    /** In the order of their sending. */
    private final Deque<Taken> sent = new ArrayDeque<>();

    private int notSent;
    private long sum;

    /**
     * @param limit 0 for none
     */
    MinuteWindow(long limit) {
        this.limit = limit;
    }

    /**
     * How long until so much may be taken, or until it is worth while to ask again; 0 if it may be now. What is more than the limit has to wait until
     * nothing else counts.
     */
    long nanosUntil(long amount, long now) {
        if (limit == 0) {
            return 0;
        }
        forget(now);
        long over = sum + amount - limit;
        if (over <= 0 || (sent.isEmpty() && notSent == 0)) {
            return 0;
        }
        long until = now;
        for (Taken each : sent) {
            over -= each.amount;
            until = each.sentNanos + MINUTE;
            if (over <= 0) {
                return until - now;
            }
        }
        return notSent == 0 ? until - now : MINUTE;
    }

    Taken take(long amount) {
        Taken taken = new Taken(amount, limit > 0);
        if (taken.counts) {
            notSent++;
            sum += amount;
        }
        return taken;
    }

    void sent(Taken taken, long now) {
        if (taken.counts && !taken.sent) {
            notSent--;
            taken.sent = true;
            taken.sentNanos = now;
            sent.add(taken);
        }
    }

    /** It will not be sent. */
    void giveBack(Taken taken) {
        if (taken.counts && !taken.sent) {
            notSent--;
            taken.counts = false;
            sum -= taken.amount;
        }
    }

    void correct(Taken taken, long amount, long now) {
        if (limit > 0) {
            forget(now);
            if (taken.counts) {
                sum += amount - taken.amount;
            }
            taken.amount = amount;
        }
    }

    private void forget(long now) {
        while (!sent.isEmpty() && now - sent.getFirst().sentNanos >= MINUTE) {
            Taken oldest = sent.removeFirst();
            oldest.counts = false;
            sum -= oldest.amount;
        }
    }
}
