package io.github.deepthink4j.reactor;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Thinks for so many pieces, as fast as the connection takes them, and counts the bytes; the simulator does not count. */
final class CountingServer implements AutoCloseable {

    static final byte[] PIECE =
            ascii("data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"and so on \"}}]}\n\n");
    private static final byte[] END = ascii("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"42\"}}]}\n\n"
            + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
    private static final byte[] HEAD = ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");

    private final int pieces;
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicLong written = new AtomicLong();
    private volatile boolean clientHasGone;

    CountingServer(int pieces) throws IOException {
        this.pieces = pieces;
        Thread thread = new Thread(this::serve, "counting-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void serve() {
        try (Socket socket = listening.accept();
                OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            socket.setSendBufferSize(64 * 1024);
            socket.getInputStream().read(new byte[8192]);
            out.write(HEAD);
            for (int i = 0; i < pieces; i++) {
                out.write(PIECE);
                written.addAndGet(PIECE.length);
            }
            out.write(END);
            out.flush();
            socket.shutdownOutput();
            // A close while something of the request is unread would be a reset.
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            clientHasGone = true;
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    long written() {
        return written.get();
    }

    boolean clientHasGone() {
        return clientHasGone;
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
