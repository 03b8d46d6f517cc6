package io.github.deepthink4j.testkit.internal.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests from a connection as RFC 9112 has them: targets with and without a host, bodies by length or in chunks with
 * extensions and trailers, and a {@code 100 Continue} for clients that wait for one.
 */
final class HttpRequestReader {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_BODY_BYTES = 48 << 20;

    /** A form with a file of 100 MiB (docs/protocol.md, section 2.10), and what a little more is refused by the endpoint. */
    private static final int MAX_FORM_BYTES = 102 << 20;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final OutputStream out;
    private int headBytes;
    private int maxBodyBytes = MAX_BODY_BYTES;

    /** A request as it came. */
    record Read(String method, String path, boolean oneZero, Map<String, String> headers, byte[] body) {

        /** Whether the connection may be used again, by the client's will. */
        boolean keepsAlive() {
            String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
            boolean close = hasToken(connection, "close");
            return oneZero ? hasToken(connection, "keep-alive") && !close : !close;
        }

        private static boolean hasToken(String list, String token) {
            for (String one : list.split(",")) {
                if (one.trim().equals(token)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** What was sent is no request that this server takes; nothing after it on the connection can be trusted. */
    static final class BadRequestException extends IOException {

        private static final long serialVersionUID = 1L;

        private final int status;

        BadRequestException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    HttpRequestReader(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** {@code null} if the client closes before it has begun a request. */
    @Nullable
    Read next() throws IOException {
        headBytes = 0;
        String start = line();
        // Some clients send an empty line after a body (RFC 9112, section 2.2).
        while (start != null && start.isEmpty()) {
            start = line();
        }
        if (start == null) {
            return null;
        }
        String[] words = start.split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/")) {
            throw new BadRequestException(400, "not a request line: " + start);
        }
        if (!words[2].startsWith("HTTP/1.")) {
            throw new BadRequestException(505, "only HTTP/1.1 is spoken here, not " + words[2]);
        }
        Map<String, String> headers = headers();
        boolean oneZero = words[2].equals("HTTP/1.0");
        boolean form = headers.getOrDefault("content-type", "").startsWith("multipart/");
        maxBodyBytes = form ? MAX_FORM_BYTES : MAX_BODY_BYTES;
        byte[] body = body(headers, oneZero);
        return new Read(words[0], withoutHost(words[1]), oneZero, headers, body);
    }

    /** A proxy's client sends the whole address (RFC 9112, section 3.2.2). */
    private static String withoutHost(String target) {
        int host = target.indexOf("://");
        if (target.startsWith("/") || host < 0) {
            return target;
        }
        int path = target.indexOf('/', host + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = wholeLine(); !header.isEmpty(); header = wholeLine()) {
            int colon = header.indexOf(':');
            if (colon <= 0 || Character.isWhitespace(header.charAt(0)) || header.charAt(colon - 1) == ' ') {
                throw new BadRequestException(400, "not a header: " + header);
            }
            String name = header.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, header.substring(colon + 1).trim(), (one, two) -> one + ", " + two);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers, boolean oneZero) throws IOException {
        String coding = headers.get("transfer-encoding");
        if (coding != null && !coding.equalsIgnoreCase("chunked")) {
            throw new BadRequestException(501, "not a transfer coding that is known here: " + coding);
        }
        long length = coding == null ? contentLength(headers.get("content-length")) : 0;
        if (length > maxBodyBytes) {
            throw tooLarge(length);
        }
        String expected = headers.get("expect");
        if (expected != null && !expected.equalsIgnoreCase("100-continue")) {
            throw new BadRequestException(417, "not an expectation that can be met: " + expected);
        }
        boolean waits = expected != null && !oneZero && (coding != null || length > 0);
        if (waits && in.available() == 0) {
            out.write(CONTINUE);
            out.flush();
        }
        if (coding != null) {
            return chunks();
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw brokenOff();
        }
        return body;
    }

    private static long contentLength(@Nullable String text) throws BadRequestException {
        if (text == null) {
            return 0;
        }
        // The same length twice is one length (RFC 9110, section 8.6).
        String[] lengths = text.split("\\s*,\\s*");
        for (String one : lengths) {
            if (!one.matches("\\d{1,18}") || !one.equals(lengths[0])) {
                throw new BadRequestException(400, "not a Content-Length: " + text);
            }
        }
        return Long.parseLong(lengths[0]);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            if (all.size() + (long) size > maxBodyBytes) {
                throw tooLarge(all.size() + (long) size);
            }
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw brokenOff();
            }
            all.write(chunk);
            if (!wholeLine().isEmpty()) {
                throw new BadRequestException(400, "a chunk is longer than it says");
            }
        }
        // Trailers say nothing that a chat needs.
        for (String trailer = wholeLine(); !trailer.isEmpty(); trailer = wholeLine()) {
            headBytes += trailer.length();
        }
        return all.toByteArray();
    }

    /** Extensions are to be ignored (RFC 9112, section 7.1.1). */
    private int chunkSize() throws IOException {
        headBytes = 0;
        String line = wholeLine();
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).trim();
        if (!size.matches("[0-9a-fA-F]{1,7}")) {
            throw new BadRequestException(400, "not the size of a chunk: " + line);
        }
        return Integer.parseInt(size, 16);
    }

    private static BadRequestException tooLarge(long bytes) {
        return new BadRequestException(413, "a request of " + bytes + " bytes is too large");
    }

    private static EOFException brokenOff() {
        return new EOFException("the request has broken off");
    }

    private String wholeLine() throws IOException {
        String line = line();
        if (line == null) {
            throw brokenOff();
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1);
            }
            if (b != '\r') {
                line.write(b);
            }
            if (++headBytes > MAX_HEAD_BYTES) {
                throw new BadRequestException(431, "the head of the request is longer than 64 KB");
            }
        }
        return null;
    }
}
