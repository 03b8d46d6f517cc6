package io.github.deepthink4j.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A form with fields and one file behind them (RFC 7578), sent without a copy of a file in memory where the client allows it. It can
 * be sent again. Immutable.
 */
public final class MultipartForm {

    private static final String BINARY = "application/octet-stream";

    private final Map<String, String> fields;
    private final String fileName;
    private final @Nullable Path path;
    private final byte @Nullable [] bytes;
    private final long fileBytes;
    private final @Nullable FileTime lastWritten;
    private final String boundary = "deepthink4j-" + UUID.randomUUID();

    private MultipartForm(
            Map<String, String> fields, String fileName, @Nullable Path path, byte @Nullable [] bytes, long fileBytes) {
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        this.fileName = fileName;
        this.path = path;
        this.bytes = bytes;
        this.fileBytes = fileBytes;
        this.lastWritten = path == null ? null : FormFile.lastWritten(path);
    }

    /**
     * With a file that is read while it is sent.
     *
     * @param size of the file now; where it has another one when it is sent, or was written to, the request fails
     */
    public static MultipartForm of(Map<String, String> fields, String fileName, Path path, long size) {
        return new MultipartForm(fields, fileName, path, null, size);
    }

    /**
     * With a file that is in memory.
     *
     * @param bytes not copied, not to be changed any more
     */
    public static MultipartForm of(Map<String, String> fields, String fileName, byte[] bytes) {
        return new MultipartForm(fields, fileName, null, bytes, bytes.length);
    }

    /** The header that tells where a part ends. */
    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** What stands before the file, in their order. */
    public Map<String, String> fields() {
        return fields;
    }

    public String fileName() {
        return fileName;
    }

    /** Where the file is; {@code null} if it is in memory. */
    public @Nullable Path path() {
        return path;
    }

    /** The file as it is in memory; {@code null} if it is on disk. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /** Of the whole form. */
    public long length() {
        return head().length + fileBytes + tail().length;
    }

    /** All that stands before the file's own bytes. */
    public byte[] head() {
        StringBuilder head = new StringBuilder();
        fields.forEach((name, value) -> head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(quoted(name))
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        head.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
                .append(quoted(fileName))
                .append("\"\r\nContent-Type: " + BINARY + "\r\n\r\n");
        return head.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** All that stands behind them. */
    public byte[] tail() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** As browsers do it, so that no name ends its header. */
    private static String quoted(String text) {
        return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
    }

    /**
     * The whole form as it goes out.
     *
     * @throws ChangedFileException if the file is not what it was, here and while it is read
     */
    public InputStream open() throws IOException {
        InputStream file = openFile();
        return new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(head()), file, new ByteArrayInputStream(tail()))));
    }

    private InputStream openFile() throws IOException {
        return path == null
                ? new ByteArrayInputStream(bytes == null ? new byte[0] : bytes)
                : FormFile.open(path, quoted(fileName), fileBytes, lastWritten);
    }

    /**
     * The file itself, for a client that makes its own form.
     *
     * @throws ChangedFileException if it is not what it was
     */
    public byte[] readFile() throws IOException {
        if (path == null) {
            return bytes == null ? new byte[0] : bytes;
        }
        try (InputStream file = openFile()) {
            return file.readAllBytes();
        }
    }

    /** For logs: the fields, and of the file its name and size alone. */
    public String shown() {
        StringBuilder shown = new StringBuilder("(form:");
        fields.forEach((name, value) ->
                shown.append(' ').append(name).append('=').append(value).append(','));
        return shown + " file " + shownFile() + ")";
    }

    /** Of the file its name and size alone. */
    public String shownFile() {
        return quoted(fileName) + " of " + fileBytes + " bytes";
    }

    @Override
    public String toString() {
        return shown();
    }
}
