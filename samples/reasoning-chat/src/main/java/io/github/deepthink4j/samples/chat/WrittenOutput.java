package io.github.deepthink4j.samples.chat;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** Remembers why a piece could not be written, which a print stream keeps to itself. */
final class WrittenOutput extends FilterOutputStream {

    /** What is written to {@code head -1} when it has seen enough. */
    private static final String NOBODY_READS = "Broken pipe";

    private volatile IOException failure;

    WrittenOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    /** Why something is missing; nothing where it is whole, or where nobody wanted more. */
    Optional<String> failure() {
        return Optional.ofNullable(failure)
                .map(e -> String.valueOf(e.getMessage()))
                .filter(message -> !message.contains(NOBODY_READS));
    }
}
