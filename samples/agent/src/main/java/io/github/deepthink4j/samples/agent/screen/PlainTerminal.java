package io.github.deepthink4j.samples.agent.screen;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.utils.Signals;

/** What JLine leaves out of a terminal that is sent no escapes: Ctrl-C would end the program, and its width is not known. */
final class PlainTerminal {

    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d+)\\s*");

    private volatile Runnable onInterrupt;

    /**
     * @param atPrompt what Ctrl-C does while nothing runs that it could stop
     * @param onResize when the window has another size
     */
    PlainTerminal(Runnable atPrompt, Runnable onResize) {
        onInterrupt = atPrompt;
        Signals.register("INT", () -> onInterrupt.run());
        Signals.register("WINCH", onResize);
    }

    /** What Ctrl-C does from now on; what it did before. */
    Runnable onInterrupt(Runnable next) {
        Runnable before = onInterrupt;
        onInterrupt = next;
        return before;
    }

    /** 0 if it is not known. */
    static int columns() {
        try {
            return SteadyPty.steadily(PlainTerminal::asked);
        } catch (IOException e) {
            return 0;
        }
    }

    private static int asked() throws IOException {
        String said = stty("size");
        Matcher size = SIZE.matcher(said == null ? "0 0" : said);
        if (!size.matches()) {
            throw new IOException("stty has not said the size");
        }
        return Integer.parseInt(size.group(1));
    }

    /** What is done with the keys. */
    @FunctionalInterface
    interface WithKeys {
        void run() throws IOException;
    }

    /** Runs something that reads each key that was pressed, also in a line that is not ended. */
    static void keyByKey(WithKeys work) throws IOException {
        SteadyPty.steadily(() -> stty("-icanon"));
        try {
            work.run();
        } finally {
            SteadyPty.steadily(() -> stty("icanon"));
        }
    }

    /** What the tool says; {@code null} if there is none, at the next try neither. */
    private static String stty(String argument) throws IOException {
        Process stty;
        try {
            stty = new ProcessBuilder("stty", argument)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return null;
        }
        String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        try {
            if (stty.waitFor() != 0) {
                throw new IOException("stty " + argument + " has failed");
            }
        } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("stty " + argument).initCause(e);
        }
        return said;
    }
}
