package io.github.deepthink4j.samples.agent.screen;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * For pipes and files: each question is repeated, since nobody typed it here, and nothing has colours. The lines of an answer begin
 * with two blanks and those of a thought do not, so that a script can tell each by itself.
 */
public final class PipeScreen implements Screen {

    private final PipedLines in;
    private final PrintStream out;
    private final ProgressLines progress = new ProgressLines(System::nanoTime);
    private CleanText pieces = new CleanText();
    private LineWrap thought;
    private Optional<PipedLines.Line> held = Optional.empty();
    private boolean thinking;
    private boolean midLine;

    public PipeScreen(InputStream in, PrintStream out) {
        this.in = new PipedLines(in);
        this.out = new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public boolean isTerminal() {
        return false;
    }

    @Override
    public Optional<String> read() {
        Optional<PipedLines.Line> line = next();
        held = Optional.empty();
        line.ifPresent(this::repeat);
        return line.map(PipedLines.Line::text);
    }

    private void repeat(PipedLines.Line line) {
        line("\n> " + line.text());
        if (!line.whole()) {
            note(Words.of(
                    "this line is not in UTF-8; what can't be read of it is \uFFFD, and is sent so",
                    "这一行不是 UTF-8 编码；无法识别的部分显示为 \uFFFD，并原样发送"));
        }
    }

    /** What is read next. */
    private Optional<PipedLines.Line> next() {
        try {
            if (held.isEmpty()) {
                held = in.next();
            }
            return held;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void complete(Collection<String> names) {}

    /** The next line is the answer if it is a clear one; else it is a question that is not to be lost, and nobody has said yes. */
    @Override
    public boolean confirm(String question) {
        line(CleanText.inOneLine(question) + Words.of(" (yes/no)", "（是/否）"));
        if (next().map(PipedLines.Line::text)
                .filter(line -> Screen.isYes(line) || Screen.isNo(line))
                .isPresent()) {
            return read().filter(Screen::isYes).isPresent();
        }
        note(
                next().isPresent()
                        ? Words.of(
                                "the next line is neither yes nor no: that counts as a no, and the line as a question",
                                "下一行既不是“是”也不是“否”：按“否”处理，这一行作为下一个问题")
                        : Words.of("no answer follows: that counts as a no", "后面没有回答：按“否”处理"));
        return false;
    }

    @Override
    public void line(String text) {
        pieces = new CleanText();
        midLine = false;
        out.println(CleanText.of(text));
    }

    @Override
    public void verbatim(String text) {
        line(text);
    }

    @Override
    public void plain(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : pieces.next(text).toCharArray()) {
            shown.append(midLine ? "" : Words.ANSWER).append(c);
            midLine = c != '\n';
        }
        out.print(shown);
        out.flush();
    }

    @Override
    public void dimmed(String text) {
        if (!thinking) {
            if (midLine) {
                line("");
            }
            thinking = true;
            thought = new LineWrap(() -> Integer.MAX_VALUE, 0, Words.THOUGHT_GOES_ON);
            out.print(Words.thinking());
        }
        out.print(thought.next(pieces.next(text)));
        out.flush();
    }

    @Override
    public void endDimmed() {
        if (thinking) {
            thinking = false;
            out.print(thought.end());
            line("");
        }
    }

    @Override
    public void note(String text) {
        line("[" + CleanText.inOneLine(text) + "]");
    }

    @Override
    public void progress(double done, int all, String what) {
        progress.next(done, all, what).ifPresent(this::line);
    }

    @Override
    public <T> T interruptible(Runnable onInterrupt, Supplier<T> work) {
        return work.get();
    }

    @Override
    public void close() {
        out.flush();
    }
}
