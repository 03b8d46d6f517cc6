package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** What changes or bills something goes out again only where the server has said that nothing was done. */
@Timeout(120)
class RepeatedServiceCallsTest {

    private static final byte[] BYTES = {1};

    /** What is logged. */
    private static final class LinesLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        private final transient List<String> lines = new CopyOnWriteArrayList<>();

        List<String> lines() {
            return lines;
        }

        @Override
        protected String getFullyQualifiedCallerName() {
            return "test";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, Marker marker, String message, Object[] arguments, Throwable thrown) {
            lines.add(MessageFormatter.basicArrayFormat(message, arguments));
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }

    private static <B extends DeepSeekServiceBuilder<B>> B quick(B builder, String url) {
        return builder.baseUrl(url)
                .apiKey("test")
                .retryPolicy(RetryPolicy.custom()
                        .baseDelay(Duration.ofMillis(1))
                        .retryTimeouts(true)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "429, 3", "500, 3", "503, 3", "400, 1", "408, 1", "409, 1", "413, 1", "501, 1", "502, 1", "504, 1", "520, 1",
        "529, 1"
    })
    void should_send_again_only_what_was_not_done(int status, int times) {
        Canned refusal = new Canned(status, "{\"error\":{\"message\":\"Not now\"}}");
        try (CannedServer server = new CannedServer(refusal);
                DeepSeekFiles files =
                        quick(DeepSeekFiles.builder(), server.url()).build();
                DeepSeekOcr ocr = quick(DeepSeekOcr.builder(), server.url()).build()) {

            assertThat(catchThrowable(() -> files.upload("a.pdf", BYTES, FilePurpose.TEXT_RECOGNITION)))
                    .isInstanceOf(DeepSeekError.class);
            assertThat(server.paths()).hasSize(times);
            assertThat(catchThrowable(() -> files.delete("file-api-1"))).isInstanceOf(DeepSeekError.class);
            assertThat(server.paths()).hasSize(2 * times);
            assertThat(catchThrowable(() -> ocr.recognize("a.pdf", BYTES))).isInstanceOf(DeepSeekError.class);
            assertThat(server.paths()).hasSize(3 * times);
        }
    }

    /** An error within a success says what it is by its own status, if it has one. */
    @ParameterizedTest
    @CsvSource({"503, 3", "502, 1", "529, 1"})
    void should_go_by_the_status_that_stands_within_a_success(int status, int times) {
        Canned within = new Canned(200, "{\"error\":{\"message\":\"Not now\",\"code\":" + status + "}}");
        try (CannedServer server = new CannedServer(within);
                DeepSeekOcr ocr = quick(DeepSeekOcr.builder(), server.url()).build()) {

            assertThat(catchThrowable(() -> ocr.recognize("a.pdf", BYTES))).isInstanceOf(DeepSeekError.class);
            assertThat(server.paths()).hasSize(times);
        }
    }

    @Test
    void should_not_send_again_what_has_timed_out_although_the_policy_would() {
        DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).start();
        deepSeek.onOcr(anything()).pages("One").after(Duration.ofMinutes(1));
        try (deepSeek;
                DeepSeekOcr ocr = quick(DeepSeekOcr.builder(), deepSeek.baseUrl())
                        .parseTimeout(Duration.ofMillis(300))
                        .build()) {

            assertThat(catchThrowable(() -> ocr.recognize("a.pdf", BYTES))).isInstanceOf(DeepSeekError.class);
            assertThat(deepSeek.allRequests()).hasSize(1);
        }
    }

    @Test
    void should_name_the_setting_of_a_document_and_not_say_to_try_again() {
        DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).start();
        deepSeek.onOcr(anything()).pages("One").after(Duration.ofMinutes(1));
        deepSeek.onUpload(anything()).after(Duration.ofMinutes(1));
        try (deepSeek;
                DeepSeekOcr ocr = quick(DeepSeekOcr.builder(), deepSeek.baseUrl())
                        .parseTimeout(Duration.ofMillis(300))
                        .build();
                DeepSeekFiles files = quick(DeepSeekFiles.builder(), deepSeek.baseUrl())
                        .parseTimeout(Duration.ofMillis(300))
                        .build()) {

            assertThat(catchThrowable(() -> ocr.recognize("a.pdf", BYTES)))
                    .hasMessageContaining("Allow more time (parseTimeout).")
                    .hasMessageContaining("billed again")
                    .hasMessageNotContainingAny("Try again", "try again", "firstByte");
            assertThat(catchThrowable(() -> files.upload("a.pdf", BYTES, FilePurpose.TEXT_RECOGNITION)))
                    .hasMessageContaining("Allow more time (parseTimeout).")
                    .hasMessageContaining("look into list() before you upload again")
                    .hasMessageNotContainingAny("Try again", "try again", "firstByte");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 502, 504, 520, 529})
    void should_say_to_look_first_where_it_may_have_been_done(int status) {
        try (CannedServer server = new CannedServer(new Canned(status, "{\"error\":{\"message\":\"Not now\"}}"));
                DeepSeekFiles files =
                        quick(DeepSeekFiles.builder(), server.url()).build()) {

            assertThat(catchThrowable(() -> files.upload("a.pdf", BYTES, FilePurpose.TEXT_RECOGNITION)))
                    .hasMessageContaining("look into list() before you upload again")
                    .hasMessageNotContainingAny("Try again", "refused again");
            assertThat(catchThrowable(() -> files.delete("file-api-1")))
                    .hasMessageContaining("look into list() before you delete again")
                    .hasMessageNotContainingAny("Try again", "refused again");
            assertThat(catchThrowable(() -> files.get("file-api-1"))).hasMessageContaining("Try again");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void should_say_to_try_again_where_nothing_was_done(int status) {
        try (CannedServer server = new CannedServer(new Canned(status, "{\"error\":{\"message\":\"Not now\"}}"));
                DeepSeekFiles files =
                        quick(DeepSeekFiles.builder(), server.url()).build()) {

            assertThat(catchThrowable(() -> files.upload("a.pdf", BYTES, FilePurpose.TEXT_RECOGNITION)))
                    .hasMessageContaining("Try again later")
                    .hasMessageNotContaining("list()");
        }
    }

    @Test
    void should_say_to_look_first_where_the_answer_was_cut() {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                DeepSeekFiles files = quick(DeepSeekFiles.builder(), "http://localhost:" + server.getLocalPort())
                        .build()) {
            answeringHalf(server);

            assertThat(catchThrowable(() -> files.upload("a.pdf", BYTES, FilePurpose.TEXT_RECOGNITION)))
                    .isInstanceOf(StreamCutException.class)
                    .hasMessageContaining("look into list() before you upload again")
                    .hasMessageNotContaining("Try again");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answeringHalf(ServerSocket server) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[10_000]);
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{".getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The client has gone, and tells what it has heard.
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    /** They only look, and a lost connection is common: but it is said. */
    @ParameterizedTest
    @ValueSource(ints = {409, 502, 504})
    void should_say_that_a_search_or_a_page_may_have_been_billed_twice(int status) {
        Canned refusal = new Canned(status, "{\"error\":{\"message\":\"Not now\"}}");
        LinesLogger log = new LinesLogger();
        try (CannedServer server = new CannedServer(refusal);
                DeepSeekWebSearchEngine engine = quick(DeepSeekWebSearchEngine.builder(), server.url())
                        .logger(log)
                        .build();
                DeepSeekWebPageLoader loader = quick(DeepSeekWebPageLoader.builder(), server.url())
                        .logger(log)
                        .build()) {

            assertThat(catchThrowable(() -> engine.search("weather"))).isInstanceOf(DeepSeekError.class);
            assertThat(catchThrowable(() -> loader.load("https://example.com/")))
                    .isInstanceOf(DeepSeekError.class);

            assertThat(server.paths()).hasSize(6);
            assertThat(log.lines())
                    .filteredOn(line -> line.contains("sent again"))
                    .hasSize(4)
                    .allMatch(line -> line.contains("may have been done and billed"))
                    .anyMatch(line -> line.contains("/v1/tools/search"))
                    .anyMatch(line -> line.contains("/v1/tools/fetch"));
        }
    }

    @Test
    void should_say_nothing_where_nothing_was_billed() {
        Canned refusal = new Canned(503, "{\"error\":{\"message\":\"Not now\"}}");
        LinesLogger log = new LinesLogger();
        try (CannedServer server = new CannedServer(refusal);
                DeepSeekWebSearchEngine engine = quick(DeepSeekWebSearchEngine.builder(), server.url())
                        .logger(log)
                        .timeouts(Timeouts.DEFAULT)
                        .build()) {

            assertThat(catchThrowable(() -> engine.search("weather"))).isInstanceOf(DeepSeekError.class);

            assertThat(log.lines()).noneMatch(line -> line.contains("sent again"));
        }
    }
}
