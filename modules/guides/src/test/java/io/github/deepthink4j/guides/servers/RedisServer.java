package io.github.deepthink4j.guides.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A redis-server of this machine, for one test; where there is none, the test is skipped. */
public record RedisServer(Process process, int port) implements AutoCloseable {

    public static RedisServer start(Path folder) throws IOException, InterruptedException {
        String program = Stream.of((System.getenv("PATH") + File.pathSeparator + "/usr/bin").split(File.pathSeparator))
                .map(each -> Path.of(each, "redis-server"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "there is no redis-server here; .ci/run installs Debian's");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        program,
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        RedisServer server = new RedisServer(process, port);
        while (!server.answers()) {
            if (!process.isAlive()) {
                throw new IOException(Files.readString(folder.resolve("redis.log")));
            }
            Thread.sleep(20);
        }
        return server;
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends it, as a server that goes away. */
    public void stop() {
        process.destroy();
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
