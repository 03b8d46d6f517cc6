package io.github.deepthink4j.internal.http;

/** Between a reader that is ready for more and the wire: while it is shut, the wish for more is kept until it opens. */
final class PauseGate {

    private final Runnable readMore;
    private boolean shut;
    private boolean owed;

    /**
     * @param readMore lets the next bytes come
     */
    PauseGate(Runnable readMore) {
        this.readMore = readMore;
    }

    /** The reader is done with what it had. */
    void ready() {
        synchronized (this) {
            if (shut) {
                owed = true;
                return;
            }
        }
        readMore.run();
    }

    synchronized void shut() {
        shut = true;
    }

    /** What is owed runs outside of the lock: on an executor that runs inline the next bytes come from within. */
    void open() {
        boolean ready;
        synchronized (this) {
            shut = false;
            ready = owed;
            owed = false;
        }
        if (ready) {
            readMore.run();
        }
    }
}
