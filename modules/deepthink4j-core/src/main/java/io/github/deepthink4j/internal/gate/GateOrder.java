package io.github.deepthink4j.internal.gate;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a gate stands in the one order in which every call passes its gates, however the list of its model is ordered: two calls
 * that each hold a place which the other one wants would wait for each other until all their time is over. Gates at which calls wait
 * come first, the oldest one first; so nothing is reserved at the others while a call waits.
 *
 * @param waits  whether a call may have to wait for another one's end
 * @param number grows with each gate of this process
 */
public record GateOrder(boolean waits, long number) implements Comparable<GateOrder> {

    private static final AtomicLong GATES = new AtomicLong();

    private static final Comparator<GateOrder> ORDER =
            Comparator.comparing(GateOrder::waits).reversed().thenComparing(GateOrder::number);

    /** For a new gate at which calls wait for others. */
    public static GateOrder ofWaiting() {
        return new GateOrder(true, GATES.incrementAndGet());
    }

    /** For a new gate that lets in or refuses, whatever becomes of other calls. */
    public static GateOrder ofDeciding() {
        return new GateOrder(false, GATES.incrementAndGet());
    }

    @Override
    public int compareTo(GateOrder other) {
        return ORDER.compare(this, other);
    }
}
