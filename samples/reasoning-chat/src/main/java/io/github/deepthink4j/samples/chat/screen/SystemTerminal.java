package io.github.deepthink4j.samples.chat.screen;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.utils.InfoCmp;
import org.jline.utils.OSUtils;

/** The terminal that the program was started on, as its environment says that it is. */
final class SystemTerminal {

    private static final Pattern BREAKS_LINES = Pattern.compile("(?m)(^|[\\s,])(?:am|xenl),");

    private SystemTerminal() {}

    static Terminal open() throws IOException {
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
        if (!takesEscapes()) {
            return terminal.type(Terminal.TYPE_DUMB).build();
        }
        breakLinesByOurselves(System.getenv("TERM"));
        return OSUtils.IS_WINDOWS ? terminal.build() : steady(terminal);
    }

    /** As the builder makes one, but for the tools that Ctrl-C does not reach. */
    private static Terminal steady(TerminalBuilder builder) throws IOException {
        try {
            return new PosixSysTerminal(
                    "terminal",
                    builder.computeType(),
                    new SteadyPty(),
                    builder.computeEncoding(),
                    builder.computeStdinEncoding(),
                    builder.computeStdoutEncoding(),
                    true,
                    SignalHandler.SIG_DFL);
        } catch (IOException e) {
            // Without the tools it is one that knows no escapes.
            return builder.type(Terminal.TYPE_DUMB).build();
        }
    }

    /**
     * JLine goes to the next line by writing the last character of a line anew, in its last column, where a terminal breaks lines at its
     * edge. A Chinese one takes two columns, and would be shown twice.
     */
    private static void breakLinesByOurselves(String type) {
        String known = capabilities(type);
        if (known != null) {
            InfoCmp.setLoadedInfoCmp(type, BREAKS_LINES.matcher(known).replaceAll("$1"));
        }
    }

    private static String capabilities(String type) {
        try {
            return InfoCmp.getInfoCmp(type);
        } catch (IOException e) {
            // Of a terminal that nobody knows JLine thinks the same.
            return InfoCmp.getDefaultInfoCmp("ansi");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
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
}
