package io.github.deepthink4j.samples.rag.screen;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a pipe or a file. A line feed ends one, with or without a carriage return before it: a carriage return by itself is a
 * part of a question, which would else be two.
 */
final class PipedLines {

    /**
     * A line.
     *
     * @param whole whether all of it was UTF-8; what was not is U+FFFD
     */
    record Line(String text, boolean whole) {}

    private final InputStream in;

    PipedLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** Empty at the end. */
    Optional<Line> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            line.write(next);
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return Optional.of(decoded(bytes, length));
    }

    private static Line decoded(byte[] bytes, int length) {
        try {
            return new Line(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, 0, length))
                            .toString(),
                    true);
        } catch (CharacterCodingException e) {
            return new Line(new String(bytes, 0, length, StandardCharsets.UTF_8), false);
        }
    }
}
