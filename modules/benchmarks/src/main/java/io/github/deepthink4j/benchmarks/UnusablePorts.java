package io.github.deepthink4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Ports of this machine that no connection can be made to. */
final class UnusablePorts {

    private static final byte[] PLAIN_HTTP = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private UnusablePorts() {}

    /** Nothing listens there. */
    static int closed() {
        try (ServerSocket socket = listening()) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever listens there answers a handshake with plain HTTP. */
    static int withoutTls() {
        try {
            ServerSocket server = listening();
            Thread thread = new Thread(() -> answer(server));
            thread.setDaemon(true);
            thread.start();
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    private static void answer(ServerSocket server) {
        while (true) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(PLAIN_HTTP);
            } catch (IOException e) {
                // That client has had what it was to have; the next one may come.
                continue;
            }
        }
    }
}
