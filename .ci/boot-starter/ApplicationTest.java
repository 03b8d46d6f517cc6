package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.DeepSeekTest;
import io.github.deepthink4j.testkit.script.Answer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The application of docs/spring-boot.md, with a page and the actuator. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"deepthink4j.api-key=" + ApplicationTest.KEY, "logging.level.io.github.deepthink4j=DEBUG"})
@DeepSeekTest
@ExtendWith(OutputCaptureExtension.class)
class ApplicationTest {

    static final String KEY = "sk-0123456789abcdef0123456789abcdef";

    @Value("${local.server.port}")
    int port;

    @Autowired
    AnnotatedAssistant annotated;

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private String page(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return response.body();
    }

    private static String question(String text) {
        return "?question=" + URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void callsATool(DeepSeekSimulator deepSeek) {
        deepSeek.respond(
                Answer.thinking("The tool knows.").andToolCall("status", "{\"order\":1012}"),
                Answer.thinking("On its way.").thenText("It was sent on Monday."));
    }

    @Test
    void should_run_with_the_jackson_that_is_meant() {
        String meant = System.getProperty("jackson", "2.22.4");

        assertThat(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION).hasToString(meant);
        assertThat(com.fasterxml.jackson.core.json.PackageVersion.VERSION).hasToString(meant);
    }

    @Test
    void should_call_a_tool_while_it_thinks_and_send_the_thought_back(DeepSeekSimulator deepSeek) throws Exception {
        callsATool(deepSeek);

        assertThat(page("/chat/anna" + question("Where is my order 1012?"))).isEqualTo("It was sent on Monday.");

        assertThat(deepSeek.requests()).hasSize(2);
        assertThat(deepSeek.lastRequest().body().toString())
                .contains("The tool knows.")
                .contains("sent on Monday");
    }

    @Test
    void should_call_a_tool_while_it_thinks_as_an_annotated_service(DeepSeekSimulator deepSeek) {
        deepSeek.respond(
                Answer.thinking("The stock knows.").andToolCall("stock", "{\"product\":\"lamp\"}"),
                Answer.thinking("Enough.").thenText("There are 17."));

        assertThat(annotated.chat("emil", "Are there lamps?")).isEqualTo("There are 17.");

        assertThat(deepSeek.requests()).hasSize(2);
        assertThat(deepSeek.lastRequest().body().toString())
                .contains("The stock knows.")
                .contains("\"17\"");
    }

    @Test
    void should_stream_thought_and_answer_apart(DeepSeekSimulator deepSeek) throws Exception {
        callsATool(deepSeek);

        assertThat(page("/stream/bob" + question("订单 1012 在哪？")))
                .contains("event:thinking")
                .contains("event:answer")
                .contains("Monday");
    }

    @Test
    void should_have_metrics_and_health(DeepSeekSimulator deepSeek) throws Exception {
        deepSeek.respond(Answer.thinking("So").thenText("Fine"));
        page("/chat/carla" + question("Hi"));

        assertThat(page("/actuator/prometheus"))
                .contains("gen_ai_client_operation_duration")
                .contains("gen_ai_client_token_usage")
                .contains("gen_ai_provider_name=\"deepseek\"");
        assertThat(page("/actuator/health")).contains("\"deepSeek\":{").contains("\"status\":\"UP\"");
    }

    @Test
    void should_show_the_key_nowhere(DeepSeekSimulator deepSeek, CapturedOutput output) throws Exception {
        deepSeek.respond(Answer.error(401, "no such key: " + KEY));

        HttpResponse<String> failed = get("/chat/dora" + question("Hi"));

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).doesNotContain(KEY);
        assertThat(output.getAll()).contains("InvalidApiKeyException").doesNotContain(KEY);
        for (String endpoint : List.of(
                "env",
                "env/deepthink4j.api-key",
                "configprops",
                "beans",
                "conditions",
                "health",
                "loggers",
                "mappings",
                "metrics",
                "prometheus")) {
            assertThat(page("/actuator/" + endpoint)).as(endpoint).doesNotContain(KEY);
        }
    }
}
