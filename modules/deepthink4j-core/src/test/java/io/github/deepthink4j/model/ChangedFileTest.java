package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong while a file is on its way, and whose fault it was. */
@Timeout(120)
class ChangedFileTest {

    private static final long BYTES = 300_000;

    @TempDir
    Path folder;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private Path file(long size) throws IOException {
        Path path = folder.resolve("report.pdf");
        resize(path, size);
        return path;
    }

    private static void resize(Path path, long size) {
        try {
            if (size < 0) {
                Files.delete(path);
                return;
            }
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shortened, emptied, made longer, deleted; between the look at its size and its first byte. */
    @ParameterizedTest
    @CsvSource({
        "100000, false",
        "0, false",
        "300001, false",
        "9000000, false",
        "-1, false",
        "100000, true",
        "300001, true",
        "-1, true"
    })
    void should_name_the_file_that_has_changed_while_it_was_sent(long size, boolean overLangChain4j)
            throws IOException {
        Path file = file(BYTES);
        DeepSeekFiles.Builder builder = DeepSeekFiles.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .requestListener(sent -> resize(file, size));
        if (overLangChain4j) {
            builder.httpClientBuilder(new JdkHttpClientBuilder());
        }
        try (DeepSeekFiles files = builder.build()) {

            assertThatThrownBy(() -> files.upload(file, FilePurpose.TEXT_RECOGNITION))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageStartingWith("The file report.pdf")
                    .hasMessageContaining(size < 0 ? "can't be read" : "has changed")
                    .hasMessageNotContainingAny("hung up", "localhost");
            assertThat(deepSeek.files()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_name_the_file_that_has_other_bytes_and_the_same_size(boolean overLangChain4j) throws IOException {
        Path file = file(BYTES);
        DeepSeekFiles.Builder builder = DeepSeekFiles.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .requestListener(sent -> rewrite(file));
        if (overLangChain4j) {
            builder.httpClientBuilder(new JdkHttpClientBuilder());
        }
        try (DeepSeekFiles files = builder.build()) {

            assertThatThrownBy(() -> files.upload(file, FilePurpose.TEXT_RECOGNITION))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageStartingWith("The file report.pdf has changed while it was sent")
                    .hasMessageContaining("was written to");
            assertThat(deepSeek.files()).isEmpty();
        }
    }

    private static void rewrite(Path file) {
        try {
            FileTime before = Files.getLastModifiedTime(file);
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.write(1);
            }
            Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 2000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void should_send_what_has_not_changed() throws IOException {
        Path file = file(BYTES);
        try (DeepSeekFiles files = DeepSeekFiles.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .build()) {

            assertThat(files.upload(file, FilePurpose.TEXT_RECOGNITION).bytes()).isEqualTo(BYTES);
        }
    }

    /** A server that has said what it has to say long before it has everything. */
    private static Thread answering(ServerSocket server, String answer, boolean reset) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                in.readNBytes(1000);
                OutputStream out = socket.getOutputStream();
                out.write(answer.getBytes(StandardCharsets.UTF_8));
                out.flush();
                if (reset) {
                    socket.setSoLinger(true, 0);
                } else {
                    // As a server does it that wants to be heard: RFC 9112, section 9.6.
                    socket.shutdownOutput();
                    in.transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                // The client has gone: it has heard the answer, or else the test fails.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void should_tell_a_refusal_that_comes_while_the_file_is_still_being_sent() throws IOException {
        String body = "{\"error\":{\"message\":\"too large\"}}";
        Path file = file(30 << 20);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DeepSeekFiles files = at(server)) {
            answering(
                    server,
                    "HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                            + body,
                    false);

            assertThatThrownBy(() -> files.upload(file, FilePurpose.TEXT_RECOGNITION))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("too large");
        }
    }

    @Test
    void should_say_what_a_lost_connection_may_mean_where_a_file_was_being_sent() throws IOException {
        Path file = file(30 << 20);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DeepSeekFiles files = at(server)) {
            answering(server, "", true);

            Throwable thrown = catchThrowable(() -> files.upload(file, FilePurpose.TEXT_RECOGNITION));

            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            ConnectionFailedException.class,
                            error -> assertThat(error.reason()).isEqualTo(ConnectionFailedException.Reason.RESET))
                    .hasMessageContaining("report.pdf")
                    .hasMessageContaining("too large")
                    .hasMessageNotContaining("Try again");
        }
    }

    private static DeepSeekFiles at(ServerSocket server) {
        return DeepSeekFiles.builder()
                .baseUrl("http://localhost:" + server.getLocalPort())
                .apiKey("test")
                .build();
    }
}
