package io.github.deepthink4j.samples.chat.screen;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/** What was typed before a question was shown answers none: nobody can have meant it. */
final class TypedAhead {

    /** A key that waits is there at once, also on a busy machine; nobody has read a question so soon. */
    private static final long QUIET_MILLIS = 150;

    private TypedAhead() {}

    /**
     * Throws it away.
     *
     * @param lineByLine whether the terminal itself keeps a line until it is ended
     */
    static void drop(Terminal terminal, boolean lineByLine) throws IOException {
        if (lineByLine) {
            PlainTerminal.keyByKey(() -> drop(terminal));
        } else {
            drop(terminal);
        }
    }

    private static void drop(Terminal terminal) throws IOException {
        NonBlockingReader reader = terminal.reader();
        while (reader.read(QUIET_MILLIS) >= 0) {
            // The next one.
        }
    }
}
