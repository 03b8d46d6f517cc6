package io.github.deepthink4j.benchmarks.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A timer wheel of a millisecond a slot, turned by the one event loop: thousands of paces for the price of one timer. */
final class Pace implements Runnable {

    private static final int SLOTS = 4096;

    /** Something to do again and again. */
    interface Beat {

        /** When the next is due, by {@link System#nanoTime}; less than four seconds ahead. */
        long due();

        /** @return whether there is a next one */
        boolean beat();
    }

    private final List<List<Beat>> slots = new ArrayList<>(SLOTS);
    private List<Beat> spare = new ArrayList<>();
    private long tick = tick(System.nanoTime());

    Pace() {
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new ArrayList<>());
        }
    }

    /** Only on the event loop. */
    void add(Beat beat) {
        slots.get(index(Math.max(tick(beat.due()), tick + 1))).add(beat);
    }

    @Override
    public void run() {
        for (long now = tick(System.nanoTime()); tick < now; ) {
            tick++;
            List<Beat> due = slots.get(index(tick));
            slots.set(index(tick), spare);
            for (Beat beat : due) {
                if (beat.beat()) {
                    add(beat);
                }
            }
            due.clear();
            spare = due;
        }
    }

    private static long tick(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static int index(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
