package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.index.Ingest;
import io.github.deepthink4j.samples.rag.screen.Screen;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far an ingest is, and each second anew how long it is at the same file: one that is long to split or a page that is
 * hard to read says nothing itself meanwhile, and would look like a program that hangs.
 */
final class Pulse implements Ingest.Progress, AutoCloseable {

    private static final int SHOWN_FROM_SECONDS = 2;

    private final Screen screen;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pulse");
        thread.setDaemon(true);
        return thread;
    });
    private double files;
    private int all;
    private String what = "";
    private long since;

    Pulse(Screen screen, LongSupplier nanoClock) {
        this.screen = screen;
        this.nanoClock = nanoClock;
    }

    static Pulse of(Screen screen) {
        Pulse pulse = new Pulse(screen, System::nanoTime);
        pulse.seconds.scheduleAtFixedRate(pulse::beat, 1, 1, TimeUnit.SECONDS);
        return pulse;
    }

    @Override
    public synchronized void at(double filesNow, int allNow, String whatNow) {
        if ((int) filesNow != (int) files || all == 0) {
            since = nanoClock.getAsLong();
        }
        files = filesNow;
        all = allNow;
        what = whatNow;
        beat();
    }

    synchronized void beat() {
        if (all > 0) {
            long at = TimeUnit.NANOSECONDS.toSeconds(nanoClock.getAsLong() - since);
            screen.progress(files, all, (at < SHOWN_FROM_SECONDS ? "" : at + " s  ") + what);
        }
    }

    /** Nothing is shown any more. */
    @Override
    public synchronized void close() {
        seconds.shutdownNow();
        if (files < all) {
            screen.progress(all, all, "");
        }
        all = 0;
    }
}
