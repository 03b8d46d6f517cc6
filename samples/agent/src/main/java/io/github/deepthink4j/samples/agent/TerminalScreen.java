package io.github.deepthink4j.samples.agent;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/** A terminal: line editing and history, thoughts dimmed, Ctrl-C stops an answer. */
final class TerminalScreen implements Screen {

    private static final String DIM = "\033[2m";
    private static final String NORMAL = "\033[0m";

    private final Terminal terminal;
    private final LineReader reader;
    private boolean dim;

    private TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        this.reader = LineReaderBuilder.builder().terminal(terminal).build();
    }

    static TerminalScreen open() throws IOException {
        // By the tools of the system: JLine's own native library makes newer JDKs warn.
        return new TerminalScreen(TerminalBuilder.builder()
                .system(true)
                .jni(false)
                .ffm(false)
                .exec(true)
                .build());
    }

    /** JDK 22 and later have a console for pipes too. */
    static boolean isAvailable() {
        try {
            Process test = new ProcessBuilder("sh", "-c", "test -t 0 && test -t 1")
                    .inheritIO()
                    .start();
            return test.waitFor() == 0;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isTerminal() {
        return true;
    }

    @Override
    public Optional<String> read() {
        while (true) {
            try {
                return Optional.of(reader.readLine("\n> "));
            } catch (UserInterruptException e) {
                line("(Ctrl-D ends)");
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    /** Ctrl-C and Ctrl-D are a no. */
    @Override
    public boolean confirm(String question) {
        try {
            return Screen.isYes(reader.readLine(question + " (yes/no) "));
        } catch (UserInterruptException | EndOfFileException e) {
            return false;
        }
    }

    @Override
    public synchronized void line(String text) {
        terminal.writer().println(text);
        terminal.flush();
    }

    @Override
    public synchronized void plain(String text) {
        terminal.writer().print(text);
        terminal.flush();
    }

    @Override
    public synchronized void dimmed(String text) {
        plain(dim ? text : DIM + text);
        dim = true;
    }

    @Override
    public synchronized void endDimmed() {
        if (dim) {
            dim = false;
            plain(NORMAL + "\n");
        }
    }

    @Override
    public synchronized void note(String text) {
        line(DIM + "[" + text + "]" + NORMAL);
    }

    @Override
    public <T> T interruptible(Runnable onInterrupt, Supplier<T> work) {
        SignalHandler before = terminal.handle(Signal.INT, signal -> onInterrupt.run());
        try {
            return work.get();
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
