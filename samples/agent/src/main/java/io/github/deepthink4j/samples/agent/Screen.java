package io.github.deepthink4j.samples.agent;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the agent reads and writes: a terminal, or pipes. */
interface Screen extends AutoCloseable {

    /** A terminal if both ends are one, else plain text without colours. */
    static Screen open() throws IOException {
        return System.console() != null && TerminalScreen.isAvailable()
                ? TerminalScreen.open()
                : new PipeScreen(System.in, System.out);
    }

    /** Whether somebody sits there, who has seen what went wrong. */
    boolean isTerminal();

    /** The next line of input; empty at its end. */
    Optional<String> read();

    /** Asks the person; only a yes is a yes. */
    boolean confirm(String question);

    void line(String text);

    void plain(String text);

    /** A piece of a thought. */
    void dimmed(String text);

    /** The thought is over. */
    void endDimmed();

    /** A remark of the program. */
    void note(String text);

    /** Runs something that the user may interrupt. */
    <T> T interruptible(Runnable onInterrupt, Supplier<T> work);

    @Override
    void close() throws IOException;

    static boolean isYes(String answer) {
        return answer.strip().equalsIgnoreCase("yes") || answer.strip().equalsIgnoreCase("y");
    }
}
