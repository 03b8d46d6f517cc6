package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files: what goes up, what is kept, and what is told when it goes wrong. */
@Timeout(120)
class DeepSeekFilesTest {

    @TempDir
    Path folder;

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final DeepSeekFiles files = builder().build();

    private DeepSeekFiles.Builder builder() {
        return DeepSeekFiles.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build());
    }

    @AfterEach
    void close() {
        files.close();
        deepSeek.close();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path large(String name, long size) throws IOException {
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(size);
        }
        return path;
    }

    @Test
    void should_upload_list_look_up_and_delete() throws IOException {
        UploadedFile report = files.upload(file("report.pdf", "A report"), FilePurpose.TEXT_RECOGNITION);
        UploadedFile image =
                files.upload("image.png", "An image".getBytes(StandardCharsets.UTF_8), FilePurpose.USER_DATA);

        assertThat(report.fileName()).isEqualTo("report.pdf");
        assertThat(report.bytes()).isEqualTo(8);
        assertThat(report.purpose()).isEqualTo("text_recognition");
        assertThat(report.createdAt()).isNotNull();
        assertThat(report.expiresAt()).isNull();
        assertThat(files.list()).containsExactly(report, image);
        assertThat(files.get(report.id())).isEqualTo(report);
        assertThat(files.getAsync(report.id()).join()).isEqualTo(report);
        assertThat(files.quota()).isEqualTo(new DeepSeekFiles.Quota(2, 16, 10_000, 25L << 30));
        files.delete(report.id());
        assertThat(files.deleteAsync(image.id()).join()).isEqualTo(image.id());
        assertThat(files.list()).isEmpty();
    }

    @Test
    void should_send_the_purpose_and_the_life_before_the_file() throws IOException {
        try (DeepSeekFiles expiring =
                builder().expiresAfter(Duration.ofHours(2)).build()) {

            UploadedFile uploaded = expiring.upload(file("a.pdf", "text"), FilePurpose.RICH_LAYOUT_RECOGNITION);

            assertThat(uploaded.expiresAt()).isEqualTo(uploaded.createdAt().plus(Duration.ofHours(2)));
        }
        String body = new String(deepSeek.allRequests().get(0).rawBody(), StandardCharsets.UTF_8);
        assertThat(body.indexOf("name=\"purpose\"")).isPositive().isLessThan(body.indexOf("name=\"file\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u5408\u540c \u7b2c1\u7248.pdf",
                "a\"; name=\"purpose\"; x=\".pdf",
                "a\nb\r\nc.pdf",
                "a;b=c%22.pdf"
            })
    void should_keep_each_name_within_its_header(String name) {
        UploadedFile uploaded = files.upload(name, new byte[] {1, 2, 3}, FilePurpose.TEXT_RECOGNITION);

        assertThat(uploaded.fileName()).isEqualTo(name.replace("%22", "\""));
        assertThat(uploaded.purpose()).isEqualTo("text_recognition");
        assertThat(uploaded.bytes()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "photo.png, USER_DATA, 64",
        "anything.bin, USER_DATA, 64",
        "scan.jpeg, TEXT_RECOGNITION, 64",
        "book.EPUB, TEXT_RECOGNITION, 32",
        "table.xlsx, RICH_LAYOUT_RECOGNITION, 32",
        "report.pdf, TEXT_RECOGNITION, 100",
        "unknown, TEXT_RECOGNITION, 100"
    })
    void should_refuse_what_is_too_large_before_it_is_sent(String name, FilePurpose purpose, int mib)
            throws IOException {
        Path tooLarge = large(name, ((long) mib << 20) + 1);

        assertThatThrownBy(() -> files.upload(tooLarge, purpose))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(mib + " MiB");
        assertThatThrownBy(() -> files.uploadAsync(tooLarge, purpose)).isInstanceOf(InvalidRequestException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_refuse_what_is_no_file_before_it_is_sent() throws IOException {
        Path empty = file("empty.pdf", "");

        assertThatThrownBy(() -> files.upload(folder, FilePurpose.USER_DATA))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> files.upload(folder.resolve("none"), FilePurpose.USER_DATA))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> files.upload(empty, FilePurpose.USER_DATA))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> files.get("../models")).isInstanceOf(IllegalArgumentException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    /** 40 MiB, of which the heap need not hold a copy. */
    @Test
    void should_upload_a_large_file_as_it_is() throws IOException {
        Path large = large("large.pdf", 40L << 20);

        assertThat(files.upload(large, FilePurpose.TEXT_RECOGNITION).bytes()).isEqualTo(40L << 20);
    }

    @Test
    void should_upload_over_langchain4js_client() throws IOException {
        try (DeepSeekFiles spi =
                builder().httpClientBuilder(new JdkHttpClientBuilder()).build()) {

            UploadedFile uploaded = spi.upload(file("report.pdf", "A report"), FilePurpose.TEXT_RECOGNITION);

            assertThat(uploaded.bytes()).isEqualTo(8);
            spi.delete(uploaded.id());
            assertThat(deepSeek.files()).isEmpty();
        }
    }

    @Test
    void should_wait_while_the_file_is_read_and_no_longer() throws IOException {
        deepSeek.onUpload(containing("slow")).after(Duration.ofMillis(600));
        deepSeek.onUpload(containing("never")).after(Duration.ofMinutes(5));
        Timeouts impatient = Timeouts.custom()
                .firstByte(Duration.ofMillis(200))
                .idle(Duration.ofMillis(200))
                .build();
        Path slow = file("slow.pdf", "text");
        Path never = file("never.pdf", "text");
        try (DeepSeekFiles patient = builder()
                        .timeouts(impatient)
                        .parseTimeout(Duration.ofSeconds(60))
                        .build();
                DeepSeekFiles hasty = builder()
                        .timeouts(impatient)
                        .parseTimeout(Duration.ofMillis(300))
                        .build()) {

            assertThat(patient.upload(slow, FilePurpose.TEXT_RECOGNITION).id()).isNotEmpty();
            assertThatThrownBy(() -> hasty.upload(never, FilePurpose.TEXT_RECOGNITION))
                    .isInstanceOf(DeepSeekTimeoutException.class);
        }
    }

    @Test
    void should_close_the_wire_of_a_cancelled_upload_which_is_kept_even_so() throws Exception {
        deepSeek.onUpload(anything()).after(Duration.ofMinutes(5));
        CompletableFuture<UploadedFile> uploading =
                files.uploadAsync(file("report.pdf", "text"), FilePurpose.TEXT_RECOGNITION);
        while (deepSeek.files().isEmpty()) {
            Thread.sleep(2);
        }

        uploading.cancel(true);

        SimulatedRequest sent = deepSeek.allRequests().get(0);
        assertThat(sent.awaitEnd(Duration.ofSeconds(30))).isTrue();
        assertThat(sent.cancelled()).isTrue();
        assertThat(deepSeek.files()).hasSize(1);
    }

    /** It may have been done, and would be billed twice. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "CUT_BEFORE_FIRST_PIECE", "CUT_IN_ANSWER", "STALL_SILENT", "HTML_WITH_200"})
    void should_not_upload_or_delete_again_what_may_have_been_done(Fault fault) throws IOException {
        Path report = file("report.pdf", "text");
        try (DeepSeekFiles quick = builder()
                .parseTimeout(Duration.ofSeconds(4))
                .timeout(Duration.ofSeconds(5))
                .build()) {
            UploadedFile kept = quick.upload(report, FilePurpose.TEXT_RECOGNITION);
            deepSeek.fault(fault);
            Throwable ofUpload = catchThrowable(() -> quick.upload(report, FilePurpose.TEXT_RECOGNITION));
            deepSeek.fault(fault);
            Throwable ofDeletion = catchThrowable(() -> quick.delete(kept.id()));

            assertThat(ofUpload).isInstanceOf(DeepSeekError.class);
            assertThat(ofDeletion).isInstanceOf(DeepSeekError.class);
            assertThat(deepSeek.allRequests()).hasSize(3);
            assertThat(deepSeek.files()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void should_upload_again_what_was_refused_for_now(int status) throws IOException {
        Path report = file("report.pdf", "text");
        deepSeek.onUpload(anything()).error(status, "Later").nextTime().field("filename", "as it is");

        UploadedFile uploaded = files.upload(report, FilePurpose.TEXT_RECOGNITION);

        assertThat(uploaded.fileName()).isEqualTo("as it is");
        assertThat(deepSeek.files()).hasSize(1);
    }

    @Test
    void should_tell_a_full_quota_and_a_missing_file() throws IOException {
        deepSeek.fileQuota(1, 100);
        Path report = file("report.pdf", "text");
        files.upload(report, FilePurpose.TEXT_RECOGNITION);

        assertThatThrownBy(() -> files.upload(report, FilePurpose.TEXT_RECOGNITION))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("quota");
        assertThatThrownBy(() -> files.get("file-api-none"))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("There is no file file-api-none");
        assertThatThrownBy(() -> files.delete("file-api-none")).isInstanceOf(RequestRejectedException.class);
    }

    @Test
    void should_list_more_than_one_part_holds() {
        byte[] text = {1};
        IntStream.range(0, 1001).parallel().forEach(i -> files.upload("f" + i, text, FilePurpose.TEXT_RECOGNITION));

        assertThat(files.list()).hasSize(1001).doesNotHaveDuplicates();
        assertThat(files.listAsync().join()).isEqualTo(files.list());
        assertThat(files.quotaAsync().join()).isEqualTo(files.quota());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\":[{}]}",
                "{\"data\":[],\"has_more\":true}",
                "<html></html>",
                ""
            })
    void should_not_take_what_is_no_list_for_no_files(String body) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekFiles odd = DeepSeekFiles.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .build()) {

            assertThatThrownBy(odd::list).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void should_not_go_round_in_a_list_that_does_not_end() {
        String same = "{\"data\":[{\"id\":\"file-api-1\"}],\"has_more\":true}";
        try (CannedServer server = new CannedServer(new Canned(200, same));
                DeepSeekFiles odd = DeepSeekFiles.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .build()) {

            assertThatThrownBy(odd::list).isInstanceOf(MalformedAnswerException.class);
            assertThat(catchThrowable(() -> odd.listAsync().join())).hasCauseInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void should_show_a_form_by_its_fields_and_never_by_its_content() throws IOException {
        List<SentRequest> sent = new CopyOnWriteArrayList<>();
        try (DeepSeekFiles shown = builder().requestListener(sent::add).build()) {

            shown.upload(file("report.pdf", "private"), FilePurpose.TEXT_RECOGNITION);
        }

        assertThat(sent)
                .singleElement()
                .satisfies(request -> assertThat(request.body())
                        .contains("purpose=text_recognition", "report.pdf", "7 bytes")
                        .doesNotContain("private"));
    }

    /** Half of them are cancelled or refused; the others are all there, each under its own name. */
    @Test
    void should_keep_many_at_once_apart() {
        deepSeek.onUpload(containing("refused")).error(400, "refused");
        deepSeek.onUpload(containing("slow")).after(Duration.ofMinutes(1));
        List<CompletableFuture<UploadedFile>> uploads = new ArrayList<>();
        String[] kinds = {"f", "slow", "f", "refused"};
        Path[] paths = IntStream.range(0, 64)
                .mapToObj(i -> {
                    try {
                        return file(kinds[i % 4] + i + ".pdf", "text " + i);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toArray(Path[]::new);
        for (int i = 0; i < 64; i++) {
            CompletableFuture<UploadedFile> upload = files.uploadAsync(paths[i], FilePurpose.TEXT_RECOGNITION);
            uploads.add(upload);
            if (i % 4 == 1) {
                upload.cancel(true);
            }
        }

        for (int i = 0; i < 64; i++) {
            CompletableFuture<UploadedFile> upload = uploads.get(i);
            if (i % 4 == 1) {
                assertThat(upload).isCancelled();
            } else if (i % 4 == 3) {
                assertThat(catchThrowable(upload::join)).hasCauseInstanceOf(RequestRejectedException.class);
            } else {
                assertThat(upload.join().fileName()).isEqualTo("f" + i + ".pdf");
            }
        }
    }
}
