package io.github.deepthink4j.testkit.internal.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on a connection, and the means to answer it well or badly. */
public final class LoopbackExchange {

    private static final int MAX_HEAD_BYTES = 64 * 1024;
    private static final int MAX_BODY_BYTES = 48 << 20;
    private static final byte[] CRLF = {'\r', '\n'};

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;
    private boolean reusable;

    private LoopbackExchange(
            Socket socket, PushbackInputStream in, String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = socket.getOutputStream();
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    /** The first request; {@code null} if the client closes without one. */
    static @Nullable LoopbackExchange read(Socket socket) throws IOException {
        return read(socket, new PushbackInputStream(new BufferedInputStream(socket.getInputStream())));
    }

    /** The next request on the same connection. */
    static @Nullable LoopbackExchange read(Socket socket, LoopbackExchange before) throws IOException {
        return read(socket, before.in);
    }

    private static @Nullable LoopbackExchange read(Socket socket, PushbackInputStream in) throws IOException {
        socket.setSoTimeout(0);
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] words = start.split(" ");
        if (words.length < 2) {
            throw new IOException("not an HTTP request: " + start);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.put(
                        header.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        header.substring(colon + 1).trim());
            }
        }
        return new LoopbackExchange(socket, in, words[0], words[1], headers, body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
                all.write(in.readNBytes(size));
                line(in);
            }
            line(in);
            return all.toByteArray();
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        if (length > MAX_BODY_BYTES) {
            throw new IOException("a request of " + length + " bytes is too large");
        }
        return in.readNBytes(length);
    }

    private static int chunkSize(InputStream in) throws IOException {
        String size = line(in);
        if (size == null) {
            throw new EOFException("the request has broken off");
        }
        return Integer.parseInt(size.trim(), 16);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1);
            }
            if (b != '\r') {
                line.write(b);
            }
            if (line.size() > MAX_HEAD_BYTES) {
                throw new IOException("a header line is too long");
            }
        }
        return null;
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body;
    }

    boolean isReusable() {
        return reusable && !socket.isClosed();
    }

    static byte[] head(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A whole response. */
    public void respond(int status, Map<String, String> headers, byte[] content) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Content-Length", String.valueOf(content.length));
        out.write(head(status, all));
        out.write(content);
        out.flush();
        reusable = true;
    }

    /** The head of a response whose body comes in chunks. */
    public void startChunks(int status, Map<String, String> headers) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("Transfer-Encoding", "chunked");
        out.write(head(status, all));
        out.flush();
    }

    public void chunk(byte[] content) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(content.length + 16);
        chunk.writeBytes(Integer.toHexString(content.length).getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(CRLF);
        chunk.writeBytes(content);
        chunk.writeBytes(CRLF);
        out.write(chunk.toByteArray());
        out.flush();
    }

    public void endChunks() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        reusable = true;
    }

    /** Bytes as they are. */
    void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Closes the connection, whatever was promised. */
    void cut() throws IOException {
        socket.close();
    }

    /** Closes the connection with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /**
     * Waits, and looks at the same time whether the client is there still.
     *
     * @return {@code false} if it has gone
     */
    boolean pause(Duration duration) throws IOException {
        if (duration.isZero()) {
            return true;
        }
        try {
            socket.setSoTimeout((int) Math.max(1, Math.min(duration.toMillis(), Integer.MAX_VALUE)));
            int next = in.read();
            if (next < 0) {
                return false;
            }
            // The next request already: it will be read in its turn, and until then there is no way to look.
            in.unread(next);
            Thread.sleep(duration.toMillis());
            return true;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
