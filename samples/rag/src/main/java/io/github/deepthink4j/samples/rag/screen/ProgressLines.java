package io.github.deepthink4j.samples.rag.screen;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How far something is where no bar can be drawn: a line now and then, so that a log says that it lives and stays short. */
final class ProgressLines {

    static final Duration EVERY = Duration.ofSeconds(5);

    private final LongSupplier nanoClock;
    private boolean running;
    private long last;

    ProgressLines(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** The line that is due; what ends sooner has none. */
    Optional<String> next(double done, int all, String what) {
        long now = nanoClock.getAsLong();
        boolean due = running && done < all && now - last >= EVERY.toNanos();
        if (due || !running) {
            last = now;
        }
        running = done < all;
        return due ? Optional.of(position(done, all, what)) : Optional.empty();
    }

    static String position(double done, int all, String what) {
        return (int) done + Words.of(" of ", " / ") + all + "  " + CleanText.of(what);
    }
}
