package io.github.deepthink4j.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client's view of what the server has seen. */
public final class ServerControl implements AutoCloseable {

    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    public ServerControl(ServerAddress server) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), server.controlPort());
        socket.setTcpNoDelay(true);
        this.out = socket.getOutputStream();
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    public Counts counts() {
        return say("counts");
    }

    /** The counts so far; after them the worst lag begins anew. */
    public Counts reset() {
        return say("reset");
    }

    private Counts say(String word) {
        try {
            out.write((word + "\n").getBytes(StandardCharsets.US_ASCII));
            return Counts.of(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
