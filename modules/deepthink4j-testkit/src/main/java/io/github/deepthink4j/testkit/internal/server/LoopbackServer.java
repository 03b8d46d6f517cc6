package io.github.deepthink4j.testkit.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small HTTP/1.1 server on the loopback address. Not the JDK's, since that can neither reset a connection, nor send half
 * a chunk or a head byte by byte, nor notice that a client has gone away in the midst of an answer, and a simulator of
 * faults must do all of it.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final long STACK_BYTES = 256 * 1024;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Answers one request. */
    public interface Handler {

        /** Leaves the exchange answered, or closed. */
        void handle(LoopbackExchange exchange) throws IOException, InterruptedException;
    }

    private final ServerSocket listening;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = threads();

    /**
     * @param port 0 for any that is free
     */
    public LoopbackServer(int port, Handler handler) {
        this.handler = handler;
        try {
            listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("The simulator can't listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Virtual threads where there are any, from Java 21 on; before, one platform thread a connection. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            return Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(null, task, "deepseek-simulator-" + NUMBER.incrementAndGet(), STACK_BYTES);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    public LoopbackServer start() {
        threads.execute(this::accept);
        return this;
    }

    public int port() {
        return listening.getLocalPort();
    }

    public int openConnections() {
        return open.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                serveLater(listening.accept());
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serveLater(Socket socket) throws IOException {
        open.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: who was accepted last is in nobody's list.
            open.remove(socket);
            socket.close();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            LoopbackExchange exchange = LoopbackExchange.read(socket);
            while (exchange != null) {
                answer(exchange);
                exchange = exchange.isReusable() ? LoopbackExchange.read(socket, exchange) : null;
            }
        } catch (IOException e) {
            // The client has gone, which is its right; the exchange has noted it.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    /** A handler's own fault is an answer too, and no stack trace on a thread that nobody watches. */
    private void answer(LoopbackExchange exchange) throws IOException, InterruptedException {
        try {
            handler.handle(exchange);
        } catch (RuntimeException | AssertionError e) {
            if (exchange.isAnswered()) {
                throw new IOException("the answer was broken off", e);
            }
            byte[] words = ("The simulator itself has failed: " + e).getBytes(StandardCharsets.UTF_8);
            exchange.respond(500, Map.of("Content-Type", "text/plain; charset=utf-8"), words);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
