package io.github.deepthink4j.leaks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Passes on what is printed, line by line, and shows each line to the scan. Log lines below a warning are scanned only. */
final class ScannedStream extends OutputStream {

    private static final Pattern SCANNED_ONLY = Pattern.compile("^\\[.*] (TRACE|DEBUG|INFO) .*", Pattern.DOTALL);

    private final PrintStream out;
    private final Consumer<String> scan;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private ScannedStream(PrintStream out, Consumer<String> scan) {
        this.out = out;
        this.scan = scan;
    }

    static PrintStream over(PrintStream out, Consumer<String> scan) {
        return new PrintStream(new ScannedStream(out, scan), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int b) throws IOException {
        line.write(b);
        if (b == '\n') {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            scan.accept(text.stripTrailing());
            if (!SCANNED_ONLY.matcher(text).matches()) {
                out.print(text);
                out.flush();
            }
        }
    }
}
