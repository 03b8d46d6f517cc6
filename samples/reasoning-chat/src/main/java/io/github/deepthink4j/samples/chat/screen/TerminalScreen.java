package io.github.deepthink4j.samples.chat.screen;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.utils.AttributedString;

/**
 * A terminal: line editing and history, thoughts dimmed, lines that break between words, Ctrl-C stops an answer and not the program.
 * One that knows no escapes, or where nobody wants any (NO_COLOR), is sent none; thoughts and answers are then told apart as in a pipe.
 */
public final class TerminalScreen implements Screen {

    private static final String DIM = "\033[2m";
    private static final String NORMAL = "\033[0m";
    private static final String PROMPT = "> ";
    private static final String ERASE_LINE = "\r\033[K";
    private static final int LONGEST_BAR = 30;
    private static final int UNKNOWN_WIDTH = 80;

    private final Terminal terminal;
    private final TypedLines lines;
    private final boolean plain;
    private final Thread end;

    /** {@code null} where JLine knows what to do. */
    private final PlainTerminal plainTerminal;

    private final ProgressLines progressLines = new ProgressLines(System::nanoTime);
    private final AtomicInteger interrupts = new AtomicInteger();
    private volatile int width = UNKNOWN_WIDTH;
    private CleanText pieces = new CleanText();
    private LineWrap wrap = new LineWrap(() -> width);
    private volatile boolean thinking;
    private boolean answering;
    private boolean barShown;

    private TerminalScreen(Terminal terminal, boolean ofTheSystem) {
        this.terminal = terminal;
        this.lines = new TypedLines(terminal);
        this.plain = terminal.getType().startsWith(Terminal.TYPE_DUMB);
        this.plainTerminal = plain && ofTheSystem ? new PlainTerminal(this::promptAnew, this::measure) : null;
        terminal.handle(Signal.WINCH, signal -> measure());
        terminal.handle(Signal.INT, signal -> {});
        this.end = new Thread(this::endNormal, "screen-end");
        if (ofTheSystem && !plain) {
            Runtime.getRuntime().addShutdownHook(end);
        }
        measure();
    }

    /** Seldom, since the size is asked of a program. If that can't say it, it is what it was before. */
    private void measure() {
        int columns;
        try {
            columns = plainTerminal == null ? terminal.getWidth() : PlainTerminal.columns();
        } catch (IOError e) {
            columns = 0;
        }
        if (columns > 0) {
            width = columns;
        }
    }

    static TerminalScreen open() throws IOException {
        return new TerminalScreen(SystemTerminal.open(), true);
    }

    /** On a terminal that is open already, which is closed with it. */
    public static TerminalScreen on(Terminal terminal) {
        return new TerminalScreen(terminal, false);
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
                // Not as part of the prompt: at each new size of the window JLine draws that anew, with all of its
                // lines.
                print("\n");
                return Optional.of(lines.read(PROMPT));
            } catch (UserInterruptException e) {
                sayWhatEnds();
            } catch (EndOfFileException e) {
                return Optional.empty();
            } finally {
                measure();
            }
        }
    }

    private void sayWhatEnds() {
        line(Words.of("(Ctrl-D ends)", "（按 Ctrl-D 结束）"));
    }

    private void promptAnew() {
        print("\n");
        sayWhatEnds();
        print("\n" + PROMPT);
    }

    /**
     * Only what is typed after the question counts. Ctrl-C and Ctrl-D are a no. The question is no prompt of JLine's, which would read the
     * % in it as orders.
     */
    @Override
    public boolean confirm(String question) {
        int before = interrupts.get();
        line(CleanText.inOneLine(question));
        try {
            TypedAhead.drop(terminal, plainTerminal != null);
            return interrupts.get() == before && Screen.isYes(lines.read(Words.of("(yes/no) ", "（是/否） ")));
        } catch (UserInterruptException | EndOfFileException | IOException e) {
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
        if (!answering) {
            answering = true;
            String mark = plain ? Words.ANSWER : "";
            wrap = new LineWrap(() -> width, LineWrap.columns(mark), mark);
            print(mark);
        }
        print(wrap.next(pieces.next(text)));
    }

    private void endPieces() {
        eraseBar();
        print(wrap.end());
        answering = false;
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
            print(wrap.end() + (answering ? "\n" : ""));
            answering = false;
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
        String note = wrapped("[" + CleanText.inOneLine(text) + "]");
        print(plain ? note + "\n" : DIM + note + NORMAL + "\n");
    }

    @Override
    public synchronized void progress(double done, int all, String what) {
        if (plain) {
            progressLines.next(done, all, what).ifPresent(this::line);
            return;
        }
        eraseBar();
        if (done < all) {
            // A narrow window has to show how far it is as well.
            int bar = Math.min(LONGEST_BAR, width / 3);
            int filled = (int) (bar * done / all);
            String line = "[" + "#".repeat(filled) + "-".repeat(bar - filled) + "] "
                    + ProgressLines.position(done, all, what).replaceAll("\\s", " ");
            print(new AttributedString(line)
                    .columnSubSequence(0, Math.max(20, width - 1))
                    .toString());
            barShown = true;
        }
    }

    private void eraseBar() {
        if (barShown) {
            barShown = false;
            print(ERASE_LINE);
        }
    }

    /**
     * Keys that are pressed meanwhile wait, unseen, for the next line: the terminal itself would show them in the midst of the
     * answer, and swallow a Ctrl-D.
     */
    @Override
    public <T> T interruptible(Runnable stop, Supplier<T> work) {
        Runnable onInterrupt = () -> {
            interrupts.incrementAndGet();
            stop.run();
        };
        if (plainTerminal != null) {
            Runnable before = plainTerminal.onInterrupt(onInterrupt);
            try {
                return work.get();
            } finally {
                plainTerminal.onInterrupt(before);
            }
        }
        SignalHandler handler = terminal.handle(Signal.INT, signal -> onInterrupt.run());
        UnseenKeys keys = new UnseenKeys(terminal, this::leaveItNormal, this::dimAgain);
        try {
            return work.get();
        } finally {
            keys.close();
            terminal.handle(Signal.INT, handler);
        }
    }

    /** Whoever ends or halts the program in the midst of a thought goes on with this terminal. */
    private void leaveItNormal() {
        if (thinking && !plain) {
            print(NORMAL);
        }
    }

    /** JLine may have closed the terminal already. */
    private void endNormal() {
        if (thinking) {
            try {
                new FileOutputStream(FileDescriptor.out).write(NORMAL.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // Nobody sees it.
            }
        }
    }

    private synchronized void dimAgain() {
        if (thinking && !plain) {
            print(DIM);
        }
    }

    @Override
    public void close() throws IOException {
        endPieces();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // It runs right now.
        }
        terminal.close();
    }
}
