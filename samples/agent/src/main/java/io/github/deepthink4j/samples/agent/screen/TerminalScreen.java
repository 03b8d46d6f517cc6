package io.github.deepthink4j.samples.agent.screen;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;

/** A terminal: line editing and history, thoughts dimmed, Ctrl-C stops an answer. */
public final class TerminalScreen implements Screen {

    private static final String DIM = "\033[2m";
    private static final String NORMAL = "\033[0m";
    private static final String ERASE_LINE = "\r\033[K";
    private static final int BAR = 30;

    private final Terminal terminal;
    private final LineReader reader;
    private CleanText pieces = new CleanText();
    private boolean dim;

    private TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        // What is typed is a text: no history is called up by a !, and a backslash is one.
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    static TerminalScreen open() throws IOException {
        // By the tools of the system: native libraries make newer JDKs warn, and JLine warns of an older JNA.
        TerminalBuilder terminal = TerminalBuilder.builder()
                .system(true)
                .jni(false)
                .jna(false)
                .ffm(false)
                .exec(true);
        if (StandardCharsets.US_ASCII.equals(ofTheLocale())) {
            // A container or a bare server has no locale, and people's terminals speak UTF-8 all the same.
            terminal.encoding(StandardCharsets.UTF_8);
        }
        return new TerminalScreen(terminal.build());
    }

    private static Charset ofTheLocale() {
        String name = System.getProperty("native.encoding", "");
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }

    /** On a terminal that is open already, which is closed with it. */
    public static TerminalScreen on(Terminal terminal) {
        return new TerminalScreen(terminal);
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
                line(Words.of("(Ctrl-D ends)", "（按 Ctrl-D 结束）"));
            } catch (EndOfFileException e) {
                return Optional.empty();
            }
        }
    }

    /** Ctrl-C and Ctrl-D are a no. The question is no prompt of JLine's, which would read the % in it as orders. */
    @Override
    public boolean confirm(String question) {
        line(question);
        try {
            return Screen.isYes(reader.readLine(Words.of("(yes/no) ", "（是/否） ")));
        } catch (UserInterruptException | EndOfFileException e) {
            return false;
        }
    }

    @Override
    public synchronized void line(String text) {
        pieces = new CleanText();
        print(CleanText.of(text) + "\n");
    }

    @Override
    public synchronized void plain(String text) {
        print(pieces.next(text));
    }

    private void print(String text) {
        terminal.writer().print(text);
        terminal.flush();
    }

    @Override
    public synchronized void dimmed(String text) {
        print(dim ? pieces.next(text) : DIM + pieces.next(text));
        dim = true;
    }

    @Override
    public synchronized void endDimmed() {
        if (dim) {
            dim = false;
            print(NORMAL);
            line("");
        }
    }

    @Override
    public synchronized void note(String text) {
        print(DIM + "[" + CleanText.of(text) + "]" + NORMAL + "\n");
    }

    @Override
    public synchronized void progress(int done, int all, String what) {
        if (done >= all) {
            print(ERASE_LINE);
            return;
        }
        int filled = BAR * done / all;
        String bar = "#".repeat(filled) + "-".repeat(BAR - filled);
        String line = "[" + bar + "] " + done + Words.of(" of ", " / ") + all + "  " + CleanText.of(what);
        int width = Math.max(20, terminal.getWidth() - 1);
        print(ERASE_LINE + (line.length() > width ? line.substring(0, width) : line));
    }

    /**
     * Keys that are pressed meanwhile wait, unseen, for the next line: the terminal itself would show them in the midst of the
     * answer, and swallow a Ctrl-D.
     */
    @Override
    public <T> T interruptible(Runnable onInterrupt, Supplier<T> work) {
        SignalHandler handler = terminal.handle(Signal.INT, signal -> onInterrupt.run());
        Attributes lines = terminal.getAttributes();
        Attributes keys = new Attributes(lines);
        keys.setLocalFlag(LocalFlag.ICANON, false);
        keys.setLocalFlag(LocalFlag.ECHO, false);
        terminal.setAttributes(keys);
        try {
            return work.get();
        } finally {
            terminal.setAttributes(lines);
            terminal.handle(Signal.INT, handler);
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
