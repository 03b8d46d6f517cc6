package io.github.deepthink4j.samples.agent.screen;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

/**
 * A terminal: line editing and history, thoughts dimmed, lines that break between words, Ctrl-C stops an answer and not the program.
 * One that knows no escapes, or where nobody wants any (NO_COLOR), is sent none; thoughts are then told apart as in a pipe.
 */
public final class TerminalScreen implements Screen {

    private static final String DIM = "\033[2m";
    private static final String NORMAL = "\033[0m";
    private static final String ERASE_LINE = "\r\033[K";
    private static final int BAR = 30;
    private static final int UNKNOWN_WIDTH = 80;

    private final Terminal terminal;
    private final TypedLines lines;
    private final boolean plain;
    private volatile int width;
    private CleanText pieces = new CleanText();
    private LineWrap wrap = new LineWrap(() -> width);
    private boolean thinking;

    private TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
        this.lines = new TypedLines(terminal);
        this.plain = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        terminal.handle(Signal.WINCH, signal -> measure());
        terminal.handle(Signal.INT, signal -> {});
        measure();
    }

    /** Seldom, since the size is asked of a program. */
    private void measure() {
        int columns = terminal.getWidth();
        width = columns > 0 ? columns : UNKNOWN_WIDTH;
    }

    static TerminalScreen open() throws IOException {
        // By the tools of the system: native libraries make newer JDKs warn, and JLine warns of an older JNA.
        TerminalBuilder terminal = TerminalBuilder.builder()
                .system(true)
                .jni(false)
                .jna(false)
                .ffm(false)
                .exec(true);
        if (!takesEscapes()) {
            terminal.type(Terminal.TYPE_DUMB);
        }
        if (StandardCharsets.US_ASCII.equals(ofTheLocale())) {
            // A container or a bare server has no locale, and people's terminals speak UTF-8 all the same.
            terminal.encoding(StandardCharsets.UTF_8);
        }
        return new TerminalScreen(terminal.build());
    }

    private static boolean takesEscapes() {
        String noColour = System.getenv("NO_COLOR");
        String type = System.getenv("TERM");
        return (noColour == null || noColour.isEmpty())
                && type != null
                && !type.isBlank()
                && !type.startsWith(Terminal.TYPE_DUMB);
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
    public void complete(Collection<String> names) {
        lines.complete(names);
    }

    @Override
    public Optional<String> read() {
        while (true) {
            try {
                return Optional.of(lines.read("\n> "));
            } catch (UserInterruptException e) {
                line(Words.of("(Ctrl-D ends)", "（按 Ctrl-D 结束）"));
            } catch (EndOfFileException e) {
                return Optional.empty();
            } finally {
                measure();
            }
        }
    }

    /** Ctrl-C and Ctrl-D are a no. The question is no prompt of JLine's, which would read the % in it as orders. */
    @Override
    public boolean confirm(String question) {
        line(question);
        try {
            return Screen.isYes(lines.read(Words.of("(yes/no) ", "（是/否） ")));
        } catch (UserInterruptException | EndOfFileException e) {
            return false;
        }
    }

    @Override
    public synchronized void line(String text) {
        endPieces();
        print(wrapped(CleanText.of(text)) + "\n");
    }

    @Override
    public synchronized void verbatim(String text) {
        endPieces();
        print(CleanText.of(text) + "\n");
    }

    @Override
    public synchronized void plain(String text) {
        print(wrap.next(pieces.next(text)));
    }

    private void endPieces() {
        print(wrap.end());
        pieces = new CleanText();
        wrap = new LineWrap(() -> width);
    }

    private String wrapped(String text) {
        LineWrap whole = new LineWrap(() -> width);
        return whole.next(text) + whole.end();
    }

    private void print(String text) {
        terminal.writer().print(text);
        terminal.flush();
    }

    @Override
    public synchronized void dimmed(String text) {
        if (!thinking) {
            thinking = true;
            print(wrap.end());
            String mark = plain ? Words.thinking() : "";
            wrap = new LineWrap(() -> width, LineWrap.columns(mark), plain ? Words.THOUGHT_GOES_ON : "");
            print(plain ? mark : DIM);
        }
        print(wrap.next(pieces.next(text)));
    }

    @Override
    public synchronized void endDimmed() {
        if (thinking) {
            thinking = false;
            endPieces();
            print(plain ? "\n" : NORMAL + "\n");
        }
    }

    @Override
    public synchronized void note(String text) {
        endPieces();
        String note = wrapped("[" + CleanText.of(text) + "]");
        print(plain ? note + "\n" : DIM + note + NORMAL + "\n");
    }

    @Override
    public synchronized void progress(int done, int all, String what) {
        if (plain) {
            return;
        }
        if (done >= all) {
            print(ERASE_LINE);
            return;
        }
        int filled = BAR * done / all;
        String bar = "#".repeat(filled) + "-".repeat(BAR - filled);
        String line = "[" + bar + "] " + done + Words.of(" of ", " / ") + all + "  " + CleanText.of(what);
        print(ERASE_LINE + new AttributedString(line).columnSubSequence(0, Math.max(20, width - 1)));
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
        endPieces();
        terminal.close();
    }
}
