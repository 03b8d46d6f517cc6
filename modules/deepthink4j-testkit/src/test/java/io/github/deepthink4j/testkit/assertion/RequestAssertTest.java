package io.github.deepthink4j.testkit.assertion;

import static io.github.deepthink4j.testkit.assertion.DeepSeekAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class RequestAssertTest {

    private static final String TOOL_TURN = """
            {"model":"deepseek-flash","stream":true,"max_tokens":100,"temperature":0.5,
             "messages":[
               {"role":"system","content":"Be brief."},
               {"role":"user","content":[{"type":"text","text":"The weather in Munich?"}]},
               {"role":"assistant","content":"","reasoning_content":"Look it up.","tool_calls":[
                 {"id":"1","type":"function","function":{"name":"getWeather","arguments":"{}"}}]},
               {"role":"tool","tool_call_id":"1","content":"20 degrees"}],
             "tools":[{"type":"function","function":{"name":"getWeather"}},{"type":"function","function":{"name":"getTime"}}]}""";
    private static final String PLAIN = """
            {"model":"deepseek-chat","messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes?"},
             {"role":"user","content":"Hi again"}]}""";

    private final HttpClient client = HttpClient.newHttpClient();
    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @BeforeEach
    void answerAll() {
        deepSeek.onAnyMessage().answer("Hello").then().answer("Hello");
    }

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private InputStream send(String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + "/chat/completions"))
                .header("Authorization", "Bearer sk-test")
                .header("X-Tenant", "a")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    }

    private static Arguments holds(String body, Consumer<RequestAssert> assertion) {
        return Arguments.of(body, assertion, null);
    }

    private static Arguments fails(String body, Consumer<RequestAssert> assertion, String message) {
        return Arguments.of(body, assertion, message);
    }

    static Stream<Arguments> assertions() {
        return Stream.of(
                holds(PLAIN, it -> it.hasNoReasoning()),
                fails(TOOL_TURN, it -> it.hasNoReasoning(), "no message with reasoning, but messages [2] carry it"),
                holds(TOOL_TURN, it -> it.hasReasoningOnAllTurns().hasReasoning("Look it up.")),
                fails(PLAIN, it -> it.hasReasoningOnAllTurns(), "but messages [1] lack it"),
                fails(TOOL_TURN, it -> it.hasReasoning("Guess."), "\"Guess.\", but none has it"),
                holds(TOOL_TURN, it -> it.hasTools("getTime", "getWeather")),
                fails(TOOL_TURN, it -> it.hasTools("getWeather"), "but it has [getTime, getWeather]"),
                holds(PLAIN, it -> it.hasNoTools()),
                fails(TOOL_TURN, it -> it.hasNoTools(), "but it has [getTime, getWeather]"),
                holds(TOOL_TURN, it -> it.hasToolResult("20")),
                fails(TOOL_TURN, it -> it.hasToolResult("rain"), "but its results are [20 degrees]"),
                holds(TOOL_TURN, it -> it.sentTokensBelow(500)),
                fails(TOOL_TURN, it -> it.sentTokensBelow(10), "fewer than 10 tokens, but it has "),
                holds(
                        TOOL_TURN,
                        it -> it.hasModel("deepseek-flash").isThoughtOver().isStreamed()),
                fails(TOOL_TURN, it -> it.hasModel("deepseek-chat"), "but it asks for deepseek-flash"),
                holds(PLAIN, it -> it.isNotThoughtOver()),
                fails(TOOL_TURN, it -> it.isNotThoughtOver(), "thinking off, but it is on"),
                fails(PLAIN, it -> it.isThoughtOver(), "thinking on, but it is off"),
                fails(PLAIN, it -> it.isStreamed(), "but it is not there"),
                holds(TOOL_TURN, it -> it.hasRoles("system", "user", "assistant", "tool")),
                fails(PLAIN, it -> it.hasRoles("user"), "but they are [user, assistant, user]"),
                holds(TOOL_TURN, it -> it.asks("Munich").hasSystemMessage("brief")),
                fails(TOOL_TURN, it -> it.asks("Berlin"), "but it asks \"The weather in Munich?\""),
                fails(PLAIN, it -> it.hasSystemMessage("brief"), "but its system messages are []"),
                holds(TOOL_TURN, it -> it.hasParameter("max_tokens", 100).hasNoParameter("top_p")),
                fails(TOOL_TURN, it -> it.hasParameter("max_tokens", 5), "max_tokens to be 5, but it is 100"),
                fails(PLAIN, it -> it.hasParameter("max_tokens", 5), "but it is not there"),
                fails(TOOL_TURN, it -> it.hasNoParameter("max_tokens"), "no max_tokens, but it is 100"),
                holds(PLAIN, it -> it.hasHeader("x-tenant", "a").hasHeader("Authorization", "Bearer ***")),
                fails(PLAIN, it -> it.hasHeader("x-tenant", "b"), "but it is \"a\""),
                holds(PLAIN, it -> it.hasNoWarnings()),
                fails(TOOL_TURN, it -> it.hasNoWarnings(), "temperature has no effect while thinking"),
                holds(PLAIN, it -> it.wasAnsweredWith(200)),
                fails(PLAIN, it -> it.wasAnsweredWith(400), "but it is 200"),
                fails(PLAIN, it -> it.wasCancelled(), "but its answer was sent to the end"));
    }

    @ParameterizedTest
    @MethodSource("assertions")
    void should_hold_or_fail_and_show_the_request(String body, Consumer<RequestAssert> assertion, String message)
            throws Exception {
        send(body).readAllBytes();
        RequestAssert request = assertThat(deepSeek.requests()).last();

        if (message == null) {
            assertion.accept(request);
        } else {
            assertThatThrownBy(() -> assertion.accept(request))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("POST /chat/completions, model deepseek-");
        }
    }

    @Test
    void should_see_that_a_client_has_gone() throws Exception {
        deepSeek.onAnyMessage().answer("word ".repeat(1000)).every(Duration.ofMillis(10));
        try (InputStream body = send(PLAIN.replace("{\"model\"", "{\"stream\":true,\"model\""))) {
            body.read();
        }

        assertThat(deepSeek.lastRequest()).wasCancelled();
    }

    @Test
    void should_look_at_all_requests() throws Exception {
        send(PLAIN).readAllBytes();
        assertThat(deepSeek.requests()).hasSize(1).areAllAccepted().haveNoWarnings();
        send(PLAIN.replace("deepseek-chat", "deepseek-r9")).readAllBytes();
        send(TOOL_TURN).readAllBytes();

        assertThat(deepSeek.requests()).first().hasModel("deepseek-chat");
        assertThat(deepSeek.requests()).element(1).wasAnsweredWith(400);
        assertThatThrownBy(() -> assertThat(deepSeek.requests()).areAllAccepted())
                .hasMessageContaining("these were refused")
                .hasMessageContaining("model deepseek-r9");
        assertThatThrownBy(() -> assertThat(deepSeek.requests()).haveNoWarnings())
                .hasMessageContaining("temperature");
        assertThat(deepSeek.lastRequest().summary())
                .contains("[2] assistant: (thought: Look it up.) -> getWeather{}")
                .contains("tools: getWeather, getTime")
                .contains("max_tokens: 100");
    }
}
