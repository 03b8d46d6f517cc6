package io.github.deepthink4j.testkit;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HalvesAndBlocksTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, ?> BLOCK = Map.of("type", "search_block", "id", "b1");

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private HttpResponse<String> ask(boolean stream, Object... messages) throws Exception {
        String body = JSON.writeValueAsString(Map.of(
                "model",
                "deepseek-flash",
                "stream",
                stream,
                "tools",
                List.of(Map.of("type", "deepseek_web_search")),
                "messages",
                List.of(messages)));
        HttpRequest request = HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + "/chat/completions"))
                .header("Authorization", "Bearer sk-test")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, ?> user(String text) {
        return Map.of("role", "user", "content", text);
    }

    @Test
    void should_send_halves_of_a_character_as_escapes() throws Exception {
        deepSeek.onMessage(containing("whole")).answer("good\ud83d\ude42done").pieces(1);
        deepSeek.onMessage(containing("half")).answer("good\ud83d");

        assertThat(ask(true, user("whole")).body())
                .contains("\"content\":\"\\ud83d\"", "\"content\":\"\\ude42\"")
                .doesNotContain("\"?\"");
        assertThat(ask(false, user("whole")).body()).contains("good\ud83d\ude42done");
        assertThat(ask(false, user("half")).body()).contains("\"good\\ud83d\"");
    }

    @Test
    void should_take_back_a_block_that_it_has_answered_with() throws Exception {
        List<?> parts = List.of(text("I look."), BLOCK, text("Sunny."));
        deepSeek.onMessage(containing("Weather")).field("content", parts);
        deepSeek.onMessage(containing("sure")).answer("Yes.");
        JsonNode answer = JSON.readTree(ask(false, user("Weather?")).body())
                .path("choices")
                .path(0)
                .path("message");

        assertThat(ask(false, user("Weather?"), answer, user("sure?")).statusCode())
                .isEqualTo(200);
        assertThat(ask(false, user("Weather?"), assistant(List.of(BLOCK, text("I look.Sunny."))), user("sure?"))
                        .statusCode())
                .as("as who has read a stream")
                .isEqualTo(200);
        assertThat(ask(false, user("Weather?"), assistant(List.of(text("Sunny."))), user("sure?"))
                        .body())
                .contains("has lost");
        assertThat(ask(false, user("Weather?"), assistant(List.of(Map.of("type", "search_block"))), user("sure?"))
                        .body())
                .contains("unknown variant `search_block`");
    }

    private static Map<String, ?> text(String text) {
        return Map.of("type", "text", "text", text);
    }

    private static Map<String, ?> assistant(Object content) {
        return Map.of("role", "assistant", "content", content, "reasoning_content", "");
    }
}
