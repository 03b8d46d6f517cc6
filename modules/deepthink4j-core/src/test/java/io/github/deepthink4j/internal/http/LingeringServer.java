package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each request with the same bytes, on connections that it would never close itself. */
public final class LingeringServer implements AutoCloseable {

    private static final String ANSWER = "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final ServerSocket server;
    private final byte[] answer;
    private final boolean endless;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger reused = new AtomicInteger();
    private final CountDownLatch closedByClient = new CountDownLatch(1);

    private LingeringServer(String afterwards, boolean endless) {
        this.answer = ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk(ANSWER) + afterwards)
                .getBytes(StandardCharsets.US_ASCII);
        this.endless = endless;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        daemon(this::accept);
    }

    /** Ends each body as HTTP says. */
    public static LingeringServer thatEndsBodies() {
        return new LingeringServer("0\r\n\r\n", false);
    }

    /** Says no more after {@code [DONE]}, and does not end the body. */
    public static LingeringServer thatFallsSilent() {
        return new LingeringServer("", false);
    }

    /** Goes on and on after {@code [DONE]}. */
    public static LingeringServer thatGoesOn() {
        return new LingeringServer("", true);
    }

    private static String chunk(String data) {
        return Integer.toHexString(data.length()) + "\r\n" + data + "\r\n";
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "lingering-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (int number = 1; skipRequest(in); number++) {
                if (number > 1) {
                    reused.incrementAndGet();
                }
                out.write(answer);
                out.flush();
                while (endless) {
                    out.write(chunk(": keep-alive\n\n".repeat(100)).getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            // The client has closed the connection in the midst of something.
        }
        closedByClient.countDown();
    }

    /** Whether there was one. */
    private static boolean skipRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            head.append((char) b);
        }
        for (String line : head.toString().split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                in.readNBytes(Integer.parseInt(
                        line.substring("content-length:".length()).trim()));
            }
        }
        return true;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    TransportRequest request() {
        return WireServer.request(url() + "/chat/completions", Timeouts.DEFAULT);
    }

    /** How many requests came on a connection that had served another one. */
    public int reused() {
        return reused.get();
    }

    /** Until the client has closed a connection. */
    public void awaitClosedByClient() throws InterruptedException {
        closedByClient.await();
    }

    boolean isClosedByClient() {
        return closedByClient.getCount() == 0;
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
