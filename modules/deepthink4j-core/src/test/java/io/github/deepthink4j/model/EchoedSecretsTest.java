package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.RetryPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A host whose keys look like no others, and that says them back wherever it can. */
@Timeout(60)
class EchoedSecretsTest {

    private static final String KEY = "Zx4Tn9QwLm2Vb7Rk";
    private static final String TENANT = "tenant/pass+word/0815";
    private static final String CHUNK = "{\"id\":\"%s\",\"model\":\"%s\",\"system_fingerprint\":\"%s\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":\"%s\"}]}";

    private final RecordingLogger logger = new RecordingLogger();
    private final List<AttemptEvent> attempts = new CopyOnWriteArrayList<>();
    private final List<SentRequest> sent = new CopyOnWriteArrayList<>();

    /** All that is logged, as it would be written, with stack traces. */
    private static final class RecordingLogger extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        private final transient List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected String getFullyQualifiedCallerName() {
            return "test";
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, org.slf4j.Marker marker, String message, Object[] arguments, Throwable thrown) {
            lines.add(
                    MessageFormatter.basicArrayFormat(message, arguments) + (thrown == null ? "" : stackTrace(thrown)));
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
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

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private DeepSeekChatModel model(CannedServer server) {
        return DeepSeekChatModel.builder()
                .baseUrl(server.url() + "/v1?token=" + KEY.toLowerCase(Locale.ROOT))
                .apiKey(KEY)
                .customHeaders(Map.of("X-Tenant-Secret", TENANT))
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.from(RetryPolicy.NONE)
                        .onAttempt(attempts::add)
                        .build())
                .requestListener(sent::add)
                .logRequests(true)
                .logResponses(true)
                .logger((Logger) logger)
                .build();
    }

    static Stream<String> echoes() {
        return Stream.of(
                KEY,
                TENANT,
                "Bearer " + KEY,
                KEY.substring(0, 12),
                KEY.substring(2, 15),
                TENANT.replace("/", "\\/"),
                base64(KEY),
                base64(":" + KEY),
                base64("user:" + TENANT));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("echoes")
    void should_show_it_nowhere(String echo) {
        String inHeader = echo.replace("\\", "");
        Canned error = new Canned(400, "{\"error\":{\"message\":\"no " + echo + " here\",\"code\":\"" + echo + "\"}}")
                .with("X-Request-Id", "r-" + inHeader)
                .with("Location", "https://elsewhere.example.com/?k=" + inHeader);
        String body = event(CHUNK.formatted(echo, echo, echo, "never-" + echo));
        Canned finish = new Canned(200, Map.of(), List.of(bytes(body.substring(0, 18)), bytes(body.substring(18))));
        List<Canned> canned = List.of(
                error,
                new Canned(401, "no such key as " + echo),
                new Canned(302, "").with("Location", "https://elsewhere.example.com/" + inHeader),
                finish,
                new Canned(200, event("{\"error\":{\"message\":\"key " + echo + "\"}}")),
                new Canned(200, event("{no json: " + echo)),
                new Canned(200, "<html>" + echo + "</html>"));
        List<String> shown = new ArrayList<>();
        for (Canned each : canned) {
            try (CannedServer server = new CannedServer(each);
                    DeepSeekChatModel model = model(server)) {
                Throwable thrown = catchThrowable(() -> model.chat("Hi"));
                shown.add(stackTrace(thrown));
                shown.add(((DeepSeekError) thrown).details().toString());
                shown.add(model.toString());
            }
        }

        shown.addAll(logger.lines);
        attempts.forEach(attempt -> shown.add(attempt.toString()));
        sent.forEach(request -> shown.add(request + request.uri().toString() + request.headers() + request.body()));

        assertThat(shown).hasSizeGreaterThan(40).noneMatch(text -> contains(text, echo) || contains(text, KEY));
    }

    @Test
    void should_show_it_in_no_cut_of_a_response_log() {
        String body = event("{\"echo\":\"" + KEY + "\",\"also\":\"" + base64("me:" + KEY) + "\"}");
        for (int cut = 1; cut < body.length(); cut += 3) {
            Canned canned =
                    new Canned(200, Map.of(), List.of(bytes(body.substring(0, cut)), bytes(body.substring(cut))));
            try (CannedServer server = new CannedServer(canned);
                    DeepSeekChatModel model = model(server)) {
                assertThat(catchThrowable(() -> model.chat("Hi"))).isNotNull();
            }
        }

        String all = String.join("", logger.lines);
        assertThat(all).contains("{\"echo\":\"***\"").doesNotContain(KEY.substring(0, 8), KEY.substring(8));
    }

    @Test
    void should_mask_what_a_good_answer_says_beside_its_text() {
        String unknown = "\"echo\":{\"deep\":[\"k=" + KEY + "\",7,null]},\"" + KEY + "\":true,\"choices\"";
        String body = event(CHUNK.formatted(KEY, KEY, KEY, "stop").replace("\"choices\"", unknown)) + event("[DONE]");
        try (CannedServer server = new CannedServer(new Canned(200, body).with("X-Request-Id", KEY));
                DeepSeekChatModel model = model(server)) {

            ChatResponse response = model.chat(
                    ChatRequest.builder().messages(UserMessage.from("Hi")).build());

            assertThat(response.metadata().toString()).doesNotContain(KEY);
            assertThat(response.metadata().id()).isEqualTo("***");
            assertThat(((DeepSeekChatResponseMetadata) response.metadata())
                            .unknownFields()
                            .toString())
                    .contains("echo={\"deep\":[\"k=***\",7,null]}", "***=true")
                    .doesNotContain(KEY);
        }
    }

    @Test
    void should_bound_what_a_server_says() {
        String long100k = "w".repeat(100_000);
        Canned error = new Canned(500, "{\"error\":{\"message\":\"" + long100k + "\"}}")
                .with("X-Request-Id", "w".repeat(30_000));
        Canned finish = new Canned(200, event(CHUNK.formatted("1", long100k, "f", long100k)));
        for (Canned each : List.of(error, finish)) {
            try (CannedServer server = new CannedServer(each);
                    DeepSeekChatModel model = model(server)) {

                Throwable thrown = catchThrowable(() -> model.chat("Hi"));

                assertThat(thrown.getMessage()).hasSizeLessThan(1200);
                assertThat(((DeepSeekError) thrown).details().toString()).hasSizeLessThan(1200);
            }
        }
    }

    private static boolean contains(String text, String secret) {
        return text.toLowerCase(Locale.ROOT).contains(secret.toLowerCase(Locale.ROOT));
    }
}
