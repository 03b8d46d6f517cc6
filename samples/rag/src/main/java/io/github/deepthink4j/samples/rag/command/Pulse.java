package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.index.Ingest;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shows how far an ingest is and how many files it does in a second or a minute of the last ones, and each second anew how long it is at the same file: one that is long to split or a page that is
 * hard to read says nothing itself meanwhile, and would look like a program that hangs.
 */
final class Pulse implements Ingest.Progress, AutoCloseable {

    private static final int SHOWN_FROM_SECONDS = 2;

    /** A rate is of so many seconds: files that are in the index already go by much faster than others. */
    private static final int RATE_SECONDS = 30;

    /** Before so many it would jump. */
    private static final int RATE_FROM_SECONDS = 5;

    private record Mark(long nanos, double files) {}

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
    private final Deque<Mark> marks = new ArrayDeque<>();

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
            long now = nanoClock.getAsLong();
            long at = TimeUnit.NANOSECONDS.toSeconds(now - since);
            screen.progress(files, all, rate(now) + (at < SHOWN_FROM_SECONDS ? "" : at + " s  ") + what);
        }
    }

    /** Empty as long as it is not known. */
    private String rate(long now) {
        if (marks.isEmpty() || now - marks.getLast().nanos() >= TimeUnit.SECONDS.toNanos(1)) {
            marks.addLast(new Mark(now, files));
        }
        while (now - marks.getFirst().nanos() > TimeUnit.SECONDS.toNanos(RATE_SECONDS)) {
            marks.removeFirst();
        }
        double seconds = (now - marks.getFirst().nanos()) / 1e9;
        double done = files - marks.getFirst().files();
        if (seconds < RATE_FROM_SECONDS || done < 1) {
            return "";
        }
        double each = done / seconds;
        return each >= 1
                ? Math.round(each) + Words.of(" files/s  ", " 个/秒  ")
                : Math.round(60 * each) + Words.of(" files/min  ", " 个/分  ");
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
