package io.github.deepthink4j.samples.chat.screen;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Where a program reads and writes: a terminal, or pipes. Whatever it is told to show passes {@link CleanText}. */
public interface Screen extends AutoCloseable {

    Pattern NO = Pattern.compile("(?i)(?:no|n|nope|不|不是|不要|不用|不对|不行|不可以|不同意|否|取消|算了)[.!。！．]?");

    Pattern YES = Pattern.compile("(?i)(?:yes|y|是|是的|对|对的|好|好的|可以|行|确认|同意)[.!。！．]?");

    /** A terminal if both ends are one, else plain text without colours. */
    static Screen open() throws IOException {
        return System.console() != null && TerminalScreen.isAvailable()
                ? TerminalScreen.open()
                : new PipeScreen(input(), System.out);
    }

    /** Whether somebody sits there, who has seen what went wrong. */
    boolean isTerminal();

    /**
     * The next input, as it was typed: a line, or several that were pasted; empty at its end.
     *
     * @throws java.io.UncheckedIOException if it can't be read, such as a folder
     */
    Optional<String> read();

    /** The names that a tab completes, where somebody types. */
    void complete(Collection<String> names);

    /** Asks the person; only a yes is a yes, and only one that is said after the question was shown, where that can be told. */
    boolean confirm(String question);

    void line(String text);

    /** Lines that somebody may copy: none is broken. */
    void verbatim(String text);

    /** A piece of an answer. */
    void plain(String text);

    /** A piece of a thought. */
    void dimmed(String text);

    /** The thought is over. */
    void endDimmed();

    /** A remark of the program, in one line, whatever it quotes. */
    void note(String text);

    /**
     * How far it is: a bar on a terminal, which is gone when the last of them is done or something else is shown, and else a line
     * now and then.
     *
     * @param done with the part of the one that is not done yet
     */
    void progress(double done, int all, String what);

    /** Runs something that the user may interrupt. */
    <T> T interruptible(Runnable onInterrupt, Supplier<T> work);

    @Override
    void close() throws IOException;

    /** In English or Chinese, whatever the locale; whoever says more than yes may mean something else. */
    static boolean isYes(String answer) {
        return YES.matcher(answer.strip()).matches();
    }

    /** As clear as a yes. */
    static boolean isNo(String answer) {
        return NO.matcher(answer.strip()).matches();
    }

    /** Where a shell has closed the input ({@code <&-}), its place is taken by a file of the JVM's own, which nobody has typed. */
    private static InputStream input() {
        try {
            boolean isTheJvms = Path.of("/proc/self/fd/0")
                    .toRealPath()
                    .startsWith(Path.of(System.getProperty("java.home")).toRealPath());
            return isTheJvms ? InputStream.nullInputStream() : System.in;
        } catch (IOException e) {
            return System.in;
        }
    }
}
