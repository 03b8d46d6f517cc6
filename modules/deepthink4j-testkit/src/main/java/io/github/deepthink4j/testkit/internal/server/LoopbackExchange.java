package io.github.deepthink4j.testkit.internal.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request on a connection, and the means to answer it well or badly. */
public final class LoopbackExchange {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final int LAST_WORDS_MILLIS = 500;
    private static final int LAST_WORDS_BYTES = 64 << 20;

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;
    private final HttpRequestReader.Read request;
    private boolean answered;
    private boolean keepsAlive;
    private boolean reusable;
    private Runnable onEnding = () -> {};

    private LoopbackExchange(Socket socket, PushbackInputStream in, OutputStream out, HttpRequestReader.Read request) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.request = request;
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
        OutputStream out = socket.getOutputStream();
        try {
            HttpRequestReader.Read request = new HttpRequestReader(in, out).next();
            return request == null ? null : new LoopbackExchange(socket, in, out, request);
        } catch (HttpRequestReader.BadRequestException e) {
            byte[] words = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "text/plain; charset=utf-8");
            headers.put("Content-Length", String.valueOf(words.length));
            headers.put("Connection", "close");
            out.write(head(e.status(), headers));
            out.write(words);
            out.flush();
            readAway(socket, in);
            throw e;
        }
    }

    /** A connection that is closed with unread bytes in it is reset, and the answer may be lost. */
    private static void readAway(Socket socket, PushbackInputStream in) throws IOException {
        socket.shutdownOutput();
        socket.setSoTimeout(LAST_WORDS_MILLIS);
        byte[] bytes = new byte[8 * 1024];
        try {
            for (int left = LAST_WORDS_BYTES; left > 0; ) {
                int read = in.read(bytes);
                if (read < 0) {
                    return;
                }
                left -= read;
            }
        } catch (SocketTimeoutException e) {
            // The client has had its time to read the answer.
            return;
        }
    }

    public String method() {
        return request.method();
    }

    /** With the query, if there is one. */
    public String path() {
        return request.path();
    }

    public Map<String, String> headers() {
        return request.headers();
    }

    public byte[] body() {
        return request.body();
    }

    boolean isReusable() {
        return reusable && !socket.isClosed();
    }

    /** Whether anything was answered, or the connection was closed instead. */
    boolean isAnswered() {
        return answered || socket.isClosed();
    }

    /**
     * What is to happen before the client can know that its answer is over, since it may send the next request then; at the latest when
     * the exchange is over, whoever runs it.
     */
    void onEnding(Runnable task) {
        onEnding = task;
    }

    /** The next bytes are the last that the client waits for. */
    void ending() {
        onEnding.run();
    }

    static byte[] head(int status, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private void start(int status, Map<String, String> headers, String framing, String framed) throws IOException {
        answered = true;
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (!framed.isEmpty()) {
            all.put(framing, framed);
        }
        String scripted = all.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Connection"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        keepsAlive = request.keepsAlive() && !scripted.equalsIgnoreCase("close");
        if (scripted.isEmpty() && (!keepsAlive || request.oneZero())) {
            all.put("Connection", keepsAlive ? "keep-alive" : "close");
        }
        out.write(head(status, all));
    }

    private boolean wantsBody() {
        return !request.method().equals("HEAD");
    }

    /** A whole response; to {@code HEAD} its head alone. */
    public void respond(int status, Map<String, String> headers, byte[] content) throws IOException {
        boolean bare = status == 204 || status == 304;
        ending();
        start(status, headers, "Content-Length", bare ? "" : String.valueOf(content.length));
        if (wantsBody() && !bare) {
            out.write(content);
        }
        out.flush();
        reusable = keepsAlive;
    }

    /** The head of a response whose body comes in chunks, or, to a client of HTTP/1.0, until the connection closes. */
    public void startChunks(int status, Map<String, String> headers) throws IOException {
        start(status, headers, "Transfer-Encoding", request.oneZero() ? "" : "chunked");
        out.flush();
    }

    public void chunk(byte[] content) throws IOException {
        if (!wantsBody()) {
            return;
        }
        if (request.oneZero()) {
            raw(content);
            return;
        }
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(content.length + 16);
        chunk.writeBytes(Integer.toHexString(content.length).getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(CRLF);
        chunk.writeBytes(content);
        chunk.writeBytes(CRLF);
        raw(chunk.toByteArray());
    }

    public void endChunks() throws IOException {
        if (wantsBody() && !request.oneZero()) {
            raw("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        reusable = keepsAlive && !request.oneZero();
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
