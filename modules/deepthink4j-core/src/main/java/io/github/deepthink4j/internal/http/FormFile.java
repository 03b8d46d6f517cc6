package io.github.deepthink4j.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read while it is sent. The form has told its length already, so what ends earlier or goes on behind it can't be sent,
 * and the clients would blame the server for that.
 */
final class FormFile extends FilterInputStream {

    private final Path path;
    private final String name;
    private final long size;
    private final @Nullable FileTime lastWritten;
    private long read;

    private FormFile(InputStream in, Path path, String name, long size, @Nullable FileTime lastWritten) {
        super(in);
        this.path = path;
        this.lastWritten = lastWritten;
        this.name = name;
        this.size = size;
    }

    /**
     * @param size        in bytes, as it was told
     * @param lastWritten then; {@code null} if that is not known
     * @throws ChangedFileException if it can't be read any more, here and while it is read
     */
    static InputStream open(Path path, String name, long size, @Nullable FileTime lastWritten)
            throws ChangedFileException {
        try {
            return new FormFile(Files.newInputStream(path), path, name, size, lastWritten);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int count = read(one, 0, 1);
        return count < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        try {
            count = super.read(bytes, offset, length);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
        if (count < 0 && read < size) {
            throw changed("ended after " + read);
        }
        if (count < 0 && lastWritten != null && !lastWritten.equals(lastWritten(path))) {
            // Of the same size, and half of it may be what it was.
            throw changed("was written to");
        }
        read += Math.max(count, 0);
        if (read > size) {
            throw changed("has more");
        }
        return count;
    }

    /** When it was written to; {@code null} if nobody says it. */
    static @Nullable FileTime lastWritten(Path path) {
        try {
            return Files.getLastModifiedTime(path);
        } catch (IOException e) {
            return null;
        }
    }

    private ChangedFileException changed(String now) {
        return new ChangedFileException(
                "The file " + name + " has changed while it was sent: it had " + size + " bytes, and " + now + ".",
                null);
    }

    private static ChangedFileException unreadable(String name, IOException cause) {
        return new ChangedFileException("The file " + name + " can't be read any more.", cause);
    }
}
