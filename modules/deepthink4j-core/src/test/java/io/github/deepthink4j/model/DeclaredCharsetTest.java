package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.RetryPolicy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies in another charset than UTF-8, and those that only say so. */
@Timeout(60)
class DeclaredCharsetTest {

    private static final String KEY = "a-key-of-this-model-0123456789";

    private static DeepSeekChatModel model(CannedServer server) {
        return DeepSeekChatModel.builder()
                .baseUrl(server.url())
                .apiKey(KEY)
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .build();
    }

    private static Canned canned(int status, String contentType, byte[] body, int partBytes) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < body.length; from += partBytes) {
            parts.add(Arrays.copyOfRange(body, from, Math.min(body.length, from + partBytes)));
        }
        return new Canned(status, Map.of("Content-Type", contentType), parts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        application/json; charset=GBK       | GBK
        application/json;charset="gb2312"   | GBK
        text/plain; charset=GB18030; a=b    | GB18030
        application/json; Charset = Big5    | Big5
        application/json; charset=utf-16le  | UTF-16LE
        application/json; charset=utf-16be  | UTF-16BE
        application/json; charset=utf-16    | UTF-16
        application/json                    | UTF-16LE
        application/json                    | UTF-16BE
        application/json; charset=GBK       | UTF-8
        text/plain; charset=ISO-8859-1      | UTF-8
        application/json; charset=utf-16    | UTF-8
        application/json; charset=nonsense  | UTF-8
        application/json; charset=us-ascii  | UTF-8
        """)
    void should_understand_an_error_in_its_charset(String contentType, Charset charset) {
        String body = "{\"error\":{\"message\":\"\u9918\u989d\u4e0d\u8db3 \u4f59\u989d\u4e0d\u8db3\"}}";
        if (charset.name().equals("Big5")) {
            body = "{\"error\":{\"message\":\"insufficient balance \u9918\u984d\"}}";
        }
        for (int partBytes : new int[] {1, 3, 10_000}) {
            try (CannedServer server = new CannedServer(canned(403, contentType, body.getBytes(charset), partBytes));
                    DeepSeekChatModel model = model(server)) {

                assertThat(catchThrowable(() -> model.chat("Hi")))
                        .isInstanceOf(InsufficientBalanceException.class)
                        .hasMessageContaining("\u9918");
            }
        }
    }

    /** It holds zeros between the letters of the key. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-16le", "application/json; charset=utf-8", "text/plain"})
    void should_show_no_secret_in_utf_16(String contentType) {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            byte[] body = ("{\"error\":{\"message\":\"Wrong: " + KEY + "\"}}").getBytes(charset);
            try (CannedServer server = new CannedServer(canned(400, contentType, body, 5));
                    DeepSeekChatModel model = model(server)) {

                Throwable error = catchThrowable(() -> model.chat("Hi"));

                assertThat(error).isInstanceOf(RequestRejectedException.class).hasMessageContaining("Wrong: ***");
                assertThat(error.toString().replaceAll("[\\p{Cntrl} ]", "")).doesNotContain(KEY.substring(0, 12));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"GBK, GBK", "GB18030, GB18030", "GBK, UTF-8", "utf-16le, UTF-16LE", "iso-8859-1, UTF-8"})
    void should_read_a_stream_in_its_charset(String declared, Charset charset) {
        String chunk =
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\u4f60\u597d, \u4e16\u754c. \"},\"finish_reason\":%s}]}";
        String body = event(chunk.formatted("null")).repeat(50) + event(chunk.formatted("\"stop\"")) + event("[DONE]");
        for (int partBytes : new int[] {7, 100_000}) {
            Canned canned = canned(200, "text/event-stream; charset=" + declared, body.getBytes(charset), partBytes);
            try (CannedServer server = new CannedServer(canned);
                    DeepSeekChatModel model = model(server)) {

                assertThat(model.chat("Hi")).isEqualTo("\u4f60\u597d, \u4e16\u754c. ".repeat(51));
            }
        }
    }
}
