package io.github.deepthink4j.model;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what it is told, byte for byte: what a simulator of a well-behaved API would never send. */
final class CannedServer implements AutoCloseable {

    /**
     * @param parts written one after the other, each at once
     */
    record Canned(int status, Map<String, String> headers, List<byte[]> parts) {

        Canned(int status, String body) {
            this(status, Map.of(), List.of(body.getBytes(StandardCharsets.UTF_8)));
        }

        Canned with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Canned(status, more, parts);
        }
    }

    private final HttpServer server;
    private final List<Canned> answers = new ArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    /** Each answer is given once, the last one for ever. */
    CannedServer(Canned... answers) {
        this.answers.addAll(List.of(answers));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /** An event of a stream. */
    static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Canned canned;
        synchronized (answers) {
            paths.add(exchange.getRequestURI().toString());
            canned = answers.size() > 1 ? answers.remove(0) : answers.get(0);
        }
        canned.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(canned.status(), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (byte[] part : canned.parts()) {
                out.write(part);
                out.flush();
            }
        }
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    List<String> paths() {
        return paths;
    }

    /** What came, in the order in which it came. */
    List<String> bodies() {
        return bodies;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
