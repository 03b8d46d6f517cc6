package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody asks for a content coding, and some gateways compress all the same. */
@Timeout(60)
class ContentCodingTest {

    private static final String CHUNK =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u4f60\u597d. \"},\"finish_reason\":%s}]}";
    private static final String STREAM =
            event(CHUNK.formatted("null")).repeat(2000) + event(CHUNK.formatted("\"stop\"")) + event("[DONE]");
    private static final String ANSWER = "\u4f60\u597d. ".repeat(2001);

    enum Coding {
        GZIP("gzip"),
        GZIP_WITH_NAME("x-gzip"),
        GZIP_UNNAMED(""),
        ZLIB("deflate"),
        RAW("Deflate"),
        RAW_LIKE_TEXT("deflate"),
        GZIP_MEMBERS("gzip"),
        GZIP_MEMBERS_PADDED(""),
        GZIP_TWICE("gzip, gzip"),
        ZLIB_IN_GZIP("deflate, gzip"),
        GZIP_IN_NONE("identity,gzip"),
        DECODED_ON_THE_WAY("gzip"),
        NONE("identity");

        private final String header;

        Coding(String header) {
            this.header = header;
        }

        byte[] encode(String text) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = coded(bytes)) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
            byte[] coded = bytes.toByteArray();
            if (this == GZIP_MEMBERS || this == GZIP_MEMBERS_PADDED) {
                return members(text.getBytes(StandardCharsets.UTF_8), this == GZIP_MEMBERS ? 0 : 5);
            }
            return this == GZIP_WITH_NAME ? withName(coded) : coded;
        }

        /** RFC 1952, 2.2: one behind the other, as a proxy writes that flushes each part as a member. */
        private static byte[] members(byte[] text, int padding) throws IOException {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int from = 0; from < text.length; from += 1000) {
                GZIPOutputStream member = new GZIPOutputStream(all);
                member.write(text, from, Math.min(1000, text.length - from));
                member.finish();
                all.write(new byte[padding]);
            }
            return all.toByteArray();
        }

        private OutputStream coded(ByteArrayOutputStream bytes) throws IOException {
            return switch (this) {
                case GZIP, GZIP_WITH_NAME, GZIP_UNNAMED, GZIP_IN_NONE, GZIP_MEMBERS, GZIP_MEMBERS_PADDED ->
                    new GZIPOutputStream(bytes);
                case GZIP_TWICE -> new GZIPOutputStream(new GZIPOutputStream(bytes));
                case ZLIB_IN_GZIP -> new DeflaterOutputStream(new GZIPOutputStream(bytes));
                case RAW_LIKE_TEXT -> new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true));
                case ZLIB -> new DeflaterOutputStream(bytes);
                case RAW -> new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true));
                case DECODED_ON_THE_WAY, NONE -> bytes;
            };
        }

        /** RFC 1952: an extra field, a file name, a comment, a checksum of the header. */
        private static byte[] withName(byte[] gzip) throws IOException {
            ByteArrayOutputStream named = new ByteArrayOutputStream();
            named.write(gzip, 0, 3);
            named.write(2 + 4 + 8 + 16);
            named.write(gzip, 4, 6);
            named.write(new byte[] {3, 0, 'a', 'b', 'c', 'n', 0, 'w', 'o', 'r', 'd', 's', 0, 1, 2});
            named.write(gzip, 10, gzip.length - 10);
            return named.toByteArray();
        }
    }

    private static DeepSeekChatModel model(CannedServer server) {
        return DeepSeekChatModel.builder()
                .baseUrl(server.url())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .build();
    }

    private static Canned coded(int status, Coding coding, String body, int partBytes) throws IOException {
        byte[] bytes = coding.encode(body);
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += partBytes) {
            parts.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partBytes)));
        }
        return new Canned(status, Map.of("Content-Encoding", coding.header), parts);
    }

    @ParameterizedTest
    @EnumSource(Coding.class)
    void should_read_a_stream_in_a_coding_that_nobody_asked_for(Coding coding) throws IOException {
        for (int partBytes : new int[] {7, 100_000}) {
            try (CannedServer server = new CannedServer(coded(200, coding, STREAM, partBytes));
                    DeepSeekChatModel model = model(server)) {

                assertThat(model.chat("Hi")).isEqualTo(ANSWER);
            }
        }
    }

    @Test
    void should_read_it_over_an_http_client_of_the_users_too() throws IOException {
        try (CannedServer server = new CannedServer(coded(200, Coding.GZIP, STREAM, 1000))) {
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(server.url())
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .httpClientBuilder(JdkHttpClient.builder())
                    .build();

            assertThat(model.chat("Hi")).isEqualTo(ANSWER);
        }
    }

    /** Its first byte is an e, as those of a last block with codes of its own are. */
    @Test
    void should_read_what_is_deflated_to_the_likes_of_text() throws IOException {
        String body = CHUNK.formatted("\"stop\"")
                .replace("delta", "message")
                .repeat(1)
                .replace("\u4f60\u597d. ", ANSWER);
        byte[] raw = Coding.RAW_LIKE_TEXT.encode(body);
        try (CannedServer server = new CannedServer(coded(200, Coding.RAW_LIKE_TEXT, body, 3));
                DeepSeekChatModel model = model(server)) {

            assertThat(raw[0] & 7).isEqualTo(5);
            assertThat(model.chat("Hi")).isEqualTo(ANSWER);
        }
    }

    @Test
    void should_name_the_one_of_several_codings_that_it_does_not_know() {
        Canned canned = new Canned(
                200, Map.of("Content-Encoding", "br, gzip"), List.of(gzipOf(new byte[] {0x1b, 0x28, 3, 4, 5, (byte) 0xff
                })));
        try (CannedServer server = new CannedServer(canned);
                DeepSeekChatModel model = model(server)) {

            assertThat(catchThrowable(() -> model.chat("Hi")))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("content coding 'br'");
        }
    }

    private static byte[] gzipOf(byte[] bytes) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(coded)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return coded.toByteArray();
    }

    @Test
    void should_show_no_bytes_that_are_no_text() {
        byte[] unnamed = {0x1b, 0x28, 3, 4, 5, (byte) 0xff, (byte) 0x80, 'a', (byte) 0xc3, 1, 2, 'b'};
        for (int status : new int[] {200, 400, 500}) {
            try (CannedServer server = new CannedServer(new Canned(status, Map.of(), List.of(unnamed)));
                    DeepSeekChatModel model = model(server)) {

                assertThat(catchThrowable(() -> model.chat("Hi")))
                        .hasMessageContaining("bytes that are no text")
                        .hasMessageNotContaining("\ufffd");
            }
        }
    }

    @Test
    void should_read_an_error_in_a_coding() throws IOException {
        String said = "{\"error\":{\"message\":\"Slow down, please\"}}";
        try (CannedServer server = new CannedServer(coded(429, Coding.GZIP, said, 1000));
                DeepSeekChatModel model = model(server)) {

            assertThat(catchThrowable(() -> model.chat("Hi")))
                    .isInstanceOf(DeepSeekRateLimitException.class)
                    .hasMessageContaining("Slow down, please");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress"})
    void should_name_a_coding_that_it_does_not_know(String coding) {
        Canned canned = new Canned(200, Map.of("Content-Encoding", coding), List.of(new byte[] {0x1b, 0x28, 3, 4, 5}));
        try (CannedServer server = new CannedServer(canned);
                DeepSeekChatModel model = model(server)) {

            assertThat(catchThrowable(() -> model.chat("Hi")))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("content coding '" + coding + "'");
        }
    }

    @Test
    void should_keep_the_status_of_an_error_whose_coding_it_does_not_know() {
        Canned canned = new Canned(401, Map.of("Content-Encoding", "br"), List.of(new byte[] {0x1b, 0x28, 3, 4, 5}));
        try (CannedServer server = new CannedServer(canned);
                DeepSeekChatModel model = model(server)) {

            assertThat(catchThrowable(() -> model.chat("Hi"))).isInstanceOf(InvalidApiKeyException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"GZIP, 20", "ZLIB, 10"})
    void should_tell_that_what_came_is_broken(Coding coding, int brokenAt) throws IOException {
        byte[] bytes = coding.encode(STREAM);
        Arrays.fill(bytes, brokenAt, brokenAt + 50, (byte) 0xff);
        Canned canned = new Canned(200, Map.of("Content-Encoding", coding.header), List.of(bytes));
        try (CannedServer server = new CannedServer(canned);
                DeepSeekChatModel model = model(server)) {

            assertThat(catchThrowable(() -> model.chat("Hi"))).isInstanceOf(MalformedAnswerException.class);
        }
    }
}
