package io.github.deepthink4j.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static io.github.deepthink4j.testkit.DeepSeekWireMock.chatCompletions;
import static io.github.deepthink4j.testkit.DeepSeekWireMock.thinkingThenAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Extension;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class DeepSeekWireMockTest {

    private static final String WHOLE = """
            {"model":"deepseek-flash","messages":[{"role":"user","content":"The capital of Germany?"}]}""";
    private static final String STREAM = WHOLE.replace("{\"model\"", "{\"stream\":true,\"model\"");

    private WireMockServer server = new WireMockServer(0);

    private void start(Extension... extensions) {
        server = new WireMockServer(options().dynamicPort().extensions(extensions));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private void stub(ResponseDefinitionBuilder response) {
        server.stubFor(post(chatCompletions()).willReturn(response));
    }

    private HttpResponse<String> chat(String body) {
        return Api.send(Api.request(server.baseUrl() + "/chat/completions", body));
    }

    private static String text(String stream, String field) {
        return Api.chunks(stream).stream()
                .map(chunk -> chunk.at("/choices/0/delta/" + field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.joining());
    }

    @Test
    void should_stream_from_a_plain_server() {
        start();
        stub(thinkingThenAnswer("Capital of Germany...", "Berlin"));

        HttpResponse<String> response = chat(STREAM);

        assertThat(text(response.body(), "reasoning_content")).isEqualTo("Capital of Germany...");
        assertThat(text(response.body(), "content")).isEqualTo("Berlin");
        assertThat(response.body()).endsWith("data: [DONE]\n\n");
        assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream; charset=utf-8");
    }

    @Test
    void should_answer_whole_or_streamed_as_asked_with_the_extension() {
        start(DeepSeekWireMock.as(Generation.V4_1));
        stub(DeepSeekWireMock.thinkingThenToolCall("Look it up.", "capitalOf", Map.of("country", "Germany")));

        JsonNode whole = Api.json(chat(WHOLE));
        String stream =
                chat(STREAM.replace("deepseek-flash", "deepseek-v4-pro")).body();

        assertThat(whole.at("/choices/0/message/reasoning_content").asText()).isEqualTo("Look it up.");
        assertThat(whole.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"country\":\"Germany\"}");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(whole.at("/usage/prompt_tokens").asInt()).isPositive();
        assertThat(stream).contains("\"model\":\"deepseek-v4-pro\"").endsWith("data: [DONE]\n\n");
    }

    @Test
    void should_enforce_a_generation_before_any_stub_answers() {
        start(DeepSeekWireMock.as(Generation.R1).without(Rule.KNOWN_MODEL));
        stub(thinkingThenAnswer("So.", "Yes"));
        String reasoner = WHOLE.replace("deepseek-flash", "deepseek-reasoner");

        HttpResponse<String> refused =
                chat(reasoner.replace("\"messages\":[", "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"));

        assertThat(chat(reasoner).statusCode()).isEqualTo(200);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("does not support successive user or assistant messages");
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/octet-stream");
        assertThat(chat(WHOLE).statusCode()).as("a rule less").isEqualTo(200);
        assertThat(chat("no json").statusCode()).isEqualTo(400);
    }

    @Test
    void should_refuse_what_is_ignored_if_strict() {
        start(DeepSeekWireMock.as(Generation.V4_1).strict());
        stub(DeepSeekWireMock.answer("Yes"));

        HttpResponse<String> refused = chat(WHOLE.replace("{\"model\"", "{\"temperature\":1,\"model\""));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("temperature has no effect while thinking");
    }

    @Test
    void should_leave_other_stubs_alone() {
        start(DeepSeekWireMock.as(Generation.V4_1));
        stub(com.github.tomakehurst.wiremock.client.WireMock.ok("as it is"));

        assertThat(chat(WHOLE).body()).isEqualTo("as it is");
        assertThat(Api.send(Api.request(server.baseUrl() + "/elsewhere", "x")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void should_understand_mappings_written_by_hand() {
        start(new DeepSeekWireMock());
        server.addStubMapping(com.github.tomakehurst.wiremock.stubbing.StubMapping.buildFrom("""
                { "request": { "method": "POST", "urlPath": "/chat/completions" },
                  "response": { "transformerParameters": { "generation": "v4.1", "thinking": "So.", "text": "Yes",
                    "toolCalls": [ { "name": "f", "arguments": { "x": 1 } } ] } } }"""));

        JsonNode answer = Api.json(chat(WHOLE));

        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("Yes");
        assertThat(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .asText())
                .isEqualTo("{\"x\":1}");
        assertThat(chat(WHOLE.replace("deepseek-flash", "deepseek-r9")).body()).contains("but you passed deepseek-r9.");
    }

    @Test
    void should_stub_errors() {
        start();
        Map.of(
                        401, DeepSeekWireMock.wrongKey(),
                        402, DeepSeekWireMock.insufficientBalance(),
                        429, DeepSeekWireMock.tooManyRequests(Duration.ofSeconds(3)),
                        503, DeepSeekWireMock.overloaded(),
                        400, DeepSeekWireMock.error(400, "Model Not Exist"))
                .forEach((status, response) -> {
                    stub(response);
                    HttpResponse<String> refused = chat(WHOLE);
                    assertThat(refused.statusCode()).isEqualTo(status);
                    assertThat(Api.json(refused).at("/error/message").asText()).isNotBlank();
                    assertThat(refused.headers().firstValue("Retry-After").isPresent())
                            .isEqualTo(status == 429);
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "CUT_BEFORE_DONE", "NO_DONE", "ERROR_IN_STREAM_DATA", "ERROR_IN_STREAM_EVENT", "GARBAGE_JSON",
                "EMPTY_ANSWER", "BUDGET_EATEN", "HALF_UTF8", "HTML_WITH_200", "BLANK_BODY"
            })
    void should_send_the_same_faults_as_the_simulator(Fault fault) {
        Answer answer = Answer.thinking("So so").thenText("Yes yes");
        start(DeepSeekWireMock.as(Generation.V4_1));
        stub(DeepSeekWireMock.fault(fault, answer.fault(fault, 2)));
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(answer.fault(fault, 2));
            String simulated = new Api(deepSeek).chat(STREAM).body();

            String stubbed = chat(STREAM).body();

            assertThat(ending(stubbed)).isEqualTo(ending(simulated));
        }
    }

    /** The last line without what differs from answer to answer. */
    private static String ending(String body) {
        String end = body.strip().substring(body.strip().lastIndexOf('\n') + 1);
        return end.replaceAll("\"id\":\"[^\"]*\"", "").replaceAll("\"(created|\\w*_tokens)\":\\d+", "");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "CUT_BEFORE_FIRST_PIECE"})
    void should_break_connections_off(Fault fault) {
        start();
        stub(DeepSeekWireMock.fault(fault, Answer.text("Yes")));

        assertThatThrownBy(() -> chat(STREAM)).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void should_say_what_wiremock_can_not_do() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeepSeekWireMock.fault(Fault.STALL_SILENT, Answer.text("Yes")))
                .withMessage("WireMock can't play STALL_SILENT: use DeepSeekSimulator with fault(Fault.STALL_SILENT)");
    }
}
