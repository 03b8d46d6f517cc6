package io.github.deepthink4j.netty;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.DeepSeekFiles;
import io.github.deepthink4j.model.FilePurpose;
import io.github.deepthink4j.model.UploadedFile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files over Netty: piece by piece, and the connection serves the next call. */
@Timeout(120)
class UploadTest {

    @TempDir
    Path folder;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final DeepSeekFiles files = DeepSeekFiles.builder()
            .baseUrl(deepSeek.baseUrl())
            .apiKey("test")
            .transport(NettyTransport.create())
            .build();

    @AfterEach
    void close() {
        files.close();
        deepSeek.close();
    }

    private Path file(String name, long size) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }

    @Test
    void should_upload_files_large_and_small() throws IOException {
        Path large = file("large.pdf", (20L << 20) + 7);

        UploadedFile uploaded = files.upload(large, FilePurpose.TEXT_RECOGNITION);
        UploadedFile small = files.upload("a.pdf", new byte[] {1, 2, 3}, FilePurpose.TEXT_RECOGNITION);

        assertThat(uploaded.bytes()).isEqualTo((20L << 20) + 7);
        assertThat(small.bytes()).isEqualTo(3);
        assertThat(files.list()).containsExactly(uploaded, small);
    }

    @Test
    void should_close_the_wire_of_a_cancelled_upload() throws Exception {
        deepSeek.onUpload(anything()).after(Duration.ofMinutes(5));
        CompletableFuture<UploadedFile> uploading =
                files.uploadAsync(file("a.pdf", 100_000), FilePurpose.TEXT_RECOGNITION);
        while (deepSeek.files().isEmpty()) {
            Thread.sleep(2);
        }

        uploading.cancel(true);

        SimulatedRequest sent = deepSeek.allRequests().get(0);
        assertThat(sent.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(sent.cancelled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100_000, 300_001, 9_000_000})
    void should_name_the_file_that_has_changed_while_it_was_sent(long size) throws IOException {
        Path report = file("report.pdf", 300_000);
        try (DeepSeekFiles changing = DeepSeekFiles.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .transport(NettyTransport.create())
                .requestListener(sent -> resize(report, size))
                .build()) {

            assertThatThrownBy(() -> changing.upload(report, FilePurpose.TEXT_RECOGNITION))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageStartingWith("The file report.pdf has changed");
        }
        assertThat(deepSeek.files()).isEmpty();
    }

    private static void resize(Path path, long size) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void should_upload_many_at_once() {
        IntStream.range(0, 64)
                .parallel()
                .forEach(i -> files.upload("f" + i, new byte[50_000 + i], FilePurpose.TEXT_RECOGNITION));

        assertThat(files.quota().bytes()).isEqualTo(64 * 50_000 + 64 * 63 / 2);
    }
}
