package io.github.deepthink4j.testkit;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static io.github.deepthink4j.testkit.script.TextMatch.equalTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.internal.server.LoopbackServer;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that nobody here wrote find in the simulator what they find in DeepSeek. */
@EnabledIfSystemProperty(named = "thorough", matches = "true", disabledReason = "run by mvn verify -Pthorough")
@Timeout(180)
class NpmClientsTest {

    private static final String KEY = "sk-test";
    private static final Map<String, JsonNode> RESULTS = new HashMap<>();
    private static final DeepSeekSimulator DEEP_SEEK = DeepSeekSimulator.as(Generation.V3_2);
    private static final List<String> CLIENTS = List.of("openai", "ai-sdk", "langchain");

    @BeforeAll
    static void run() throws Exception {
        NpmClients.assumeInstalled();
        DEEP_SEEK.onMessage(containing("sum")).think("One and one.").answer("It is two.");
        DEEP_SEEK
                .onMessage(containing("weather"))
                .think("Look it up.")
                .callTool("weather", Map.of("location", "San Francisco"))
                .then()
                .think("Good.")
                .answer("20 degrees there");
        DEEP_SEEK.onMessage(containing("402")).error(402, "Insufficient Balance");
        DEEP_SEEK
                .onMessage(containing("429"))
                .error(429, "Your current concurrency is 40")
                .header("Retry-After", "1");
        DEEP_SEEK
                .onMessage(equalTo("deepseek-text"))
                .answer("Holiday Name: Day")
                .finishReason("length");
        DEEP_SEEK
                .onMessage(equalTo("deepseek-reasoning"))
                .think("Let me count.")
                .answer("There are three.");
        DEEP_SEEK
                .onMessage(equalTo("deepseek-tool-call"))
                .think("Look it up.")
                .callTool("weather", Map.of("location", "San Francisco"));
        try (LoopbackServer recordings = Recordings.serve()) {
            NpmClients calls = calls(DEEP_SEEK.baseUrl());
            if (Recordings.arePresent()) {
                shapes(calls, DEEP_SEEK.baseUrl(), "http://127.0.0.1:" + recordings.port());
            }
            for (String client : CLIENTS) {
                RESULTS.put(client, calls.run(client));
            }
        }
    }

    private static NpmClients calls(String url) {
        return new NpmClients()
                .call("chat", url, KEY, "whole", "deepseek-reasoner", "The sum?")
                .call("stream", url, KEY, "streamed", "deepseek-reasoner", "The sum?")
                .call("plain", url, KEY, "streamed", "deepseek-chat", "The sum?")
                .call("turn", url, KEY, "secondTurn", "deepseek-reasoner", "The sum?", "And the sum again?")
                .call("tool", url, KEY, "streamed", "deepseek-reasoner", "The weather?", true)
                .call("loop", url, KEY, "toolLoop", "deepseek-reasoner", "The weather?")
                .call("plain loop", url, KEY, "toolLoop", "deepseek-chat", "The weather?")
                .call("400", url, KEY, "failure", "deepseek-r9", "The sum?")
                .call("401", url, "wrong-key", "failure", "deepseek-chat", "The sum?")
                .call("402", url, KEY, "failure", "deepseek-chat", "402")
                .call("429", url, KEY, "failure", "deepseek-chat", "429");
    }

    private static void shapes(NpmClients calls, String simulated, String recorded) {
        Map.of(
                        "deepseek-text",
                        "deepseek-chat",
                        "deepseek-reasoning",
                        "deepseek-reasoner",
                        "deepseek-tool-call",
                        "deepseek-reasoner")
                .forEach((recording, model) -> {
                    boolean tools = recording.equals("deepseek-tool-call");
                    for (String method : List.of("whole", "streamed")) {
                        String name = recording + " " + method;
                        calls.call(name, simulated, KEY, method, model, recording, tools);
                        calls.call(name + " recorded", recorded, KEY, method, model, recording, tools);
                    }
                });
    }

    @AfterAll
    static void close() {
        DEEP_SEEK.close();
    }

    private static JsonNode result(String client, String call) {
        JsonNode result = RESULTS.get(client).path(call);
        assertThat(result.path("failed").asText("")).isEmpty();
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ai-sdk", "langchain"})
    void should_read_chats_streams_and_second_turns(String client) {
        for (String call : List.of("chat", "stream", "turn")) {
            JsonNode result = result(client, call);
            assertThat(result.path("thinking").asText()).as(call).isEqualTo("One and one.");
            assertThat(result.path("text").asText()).as(call).isEqualTo("It is two.");
            assertThat(result.path("finish").asText()).as(call).isEqualTo("stop");
            assertThat(result.at("/usage/prompt").asInt()).as(call).isPositive();
            assertThat(result.at("/usage/reasoning").asInt()).as(call).isEqualTo(4);
            assertThat(result.at("/usage/completion").asInt()).as(call).isEqualTo(8);
        }
        assertThat(result(client, "stream").path("pieces").asInt()).isGreaterThan(5);
        assertThat(result(client, "plain").path("thinking").asText()).isEmpty();
        assertThat(result(client, "turn").at("/usage/prompt").asInt())
                .isGreaterThan(result(client, "chat").at("/usage/prompt").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ai-sdk", "langchain"})
    void should_read_tool_calls_and_go_through_a_loop(String client) {
        JsonNode call = result(client, "tool");

        assertThat(call.path("thinking").asText()).isEqualTo("Look it up.");
        assertThat(call.at("/calls/0/name").asText()).isEqualTo("weather");
        assertThat(call.at("/calls/0/arguments/location").asText()).isEqualTo("San Francisco");
        assertThat(result(client, "plain loop").path("text").asText()).isEqualTo("20 degrees there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "ai-sdk"})
    void should_go_through_a_loop_while_thinking(String client) {
        assertThat(result(client, "loop").path("text").asText()).isEqualTo("20 degrees there");
        assertThat(result(client, "loop").path("thinking").asText()).isEqualTo("Good.");
    }

    /** This version of it drops the reasoning of the turn, which is the 400 that V3.2 and later have for it. */
    @Test
    void should_refuse_langchains_loop_while_thinking() {
        assertThat(RESULTS.get("langchain").at("/loop/failed").asText())
                .contains("400")
                .contains("Missing `reasoning_content` field in the assistant message at message index 1");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Model Not Exist",
        "401, 'Authentication Fails, Your api key: ****-key is invalid'",
        "402, Insufficient Balance",
        "429, Your current concurrency is 40"
    })
    void should_make_errors_of_refusals(int status, String message) {
        for (String client : CLIENTS) {
            JsonNode failure = result(client, String.valueOf(status));
            assertThat(failure.path("status").asInt()).as(client).isEqualTo(status);
            assertThat(failure.path("message").asText()).as(client).contains(message);
        }
    }

    static Stream<Arguments> recordings() {
        return CLIENTS.stream()
                .flatMap(client -> Stream.of("deepseek-text", "deepseek-reasoning", "deepseek-tool-call")
                        .flatMap(recording -> Stream.of("whole", "streamed")
                                .map(method -> Arguments.of(client, recording + " " + method))));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void should_parse_into_the_shape_of_a_recorded_answer(String client, String call) {
        Recordings.file("v3.2-vercel");
        JsonNode recorded = result(client, call + " recorded");
        JsonNode simulated = result(client, call);

        assertThat(recorded.path("shape")).isNotEmpty();
        assertThat(simulated.path("shape")).isEqualTo(recorded.path("shape"));
        assertThat(simulated.path("finish")).isEqualTo(recorded.path("finish"));
    }
}
