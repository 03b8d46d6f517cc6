package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.MalformedAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of files ends, whatever the server says of its further parts. */
@Timeout(120)
class FileListingTest {

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    /** The part of each question, the first being 0. */
    private volatile IntFunction<String> parts = part -> "{}";

    private volatile Duration delay = Duration.ZERO;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            byte[] body = parts.apply(asked.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
            // Else each answer waits for an acknowledgement of its head.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private DeepSeekFiles.Builder builder() {
        return DeepSeekFiles.builder()
                .baseUrl("http://localhost:" + server.getAddress().getPort())
                .apiKey("test");
    }

    private static String part(boolean more, String... ids) {
        return "{\"data\":[{\"id\":\"" + String.join("\"},{\"id\":\"", ids) + "\"}],\"has_more\":" + more + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a b", "a b c b", "a,b c,a d,b", "a,b b,a"})
    void should_tell_of_a_list_that_comes_round(String round) {
        String[] given = round.split(" ");
        parts = part -> part(true, given[part % given.length].split(","));
        try (DeepSeekFiles files = builder().build()) {

            assertThatThrownBy(files::list)
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("it has more");
            assertThatThrownBy(files::quota).isInstanceOf(MalformedAnswerException.class);
            assertThat(catchThrowable(() -> files.listAsync().join()))
                    .hasCauseInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void should_take_a_file_once_that_comes_with_two_parts() {
        parts = part -> part == 0 ? part(true, "a", "b") : part(false, "b", "c");
        try (DeepSeekFiles files = builder().build()) {

            assertThat(files.list()).extracting(UploadedFile::id).containsExactly("a", "b", "c");
        }
    }

    @Test
    void should_end_a_list_that_never_ends_at_a_bound() {
        parts = part -> part(true, "f" + part);
        try (DeepSeekFiles files = builder().build()) {

            assertThatThrownBy(files::list)
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("1000 parts");
            assertThat(asked).hasValue(FileListing.MOST_PARTS);
        }
    }

    @Test
    void should_hold_all_parts_together_to_the_limit_on_the_whole() {
        parts = part -> part(true, "f" + part);
        delay = Duration.ofMillis(50);
        try (DeepSeekFiles files = builder().timeout(Duration.ofMillis(700)).build()) {

            assertThatThrownBy(files::list).isInstanceOfSatisfying(DeepSeekTimeoutException.class, error -> {
                assertThat(error.phase()).isEqualTo(DeepSeekTimeoutException.Phase.TOTAL);
                assertThat(error).hasMessageContaining("700 milliseconds");
            });
            assertThat(catchThrowable(() -> files.quotaAsync().join()))
                    .hasCauseInstanceOf(DeepSeekTimeoutException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../models", "a/b", "a b", "", "a?b", ".a", "\u00e9"})
    void should_take_no_id_that_can_be_used_nowhere(String id) {
        parts = part -> part(false, "f", id);
        try (DeepSeekFiles files = builder().build()) {

            assertThatThrownBy(files::list).isInstanceOf(MalformedAnswerException.class);
        }
    }
}
