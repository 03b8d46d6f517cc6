package io.github.deepthink4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulator's answers have the shapes of recorded ones, field by field and null by null. */
@Timeout(60)
class RecordedTrafficTest {

    private static final String STREAM = """
            {"model":"deepseek-reasoner","stream":true,"stream_options":{"include_usage":true},\
            "messages":[{"role":"user","content":"Hi"}],"tools":[]}""";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V3_2);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek-reasoning, deepseek-reasoner",
        "deepseek-tool-call, deepseek-reasoner",
        "deepseek-text, deepseek-chat"
    })
    void should_stream_in_the_recorded_shapes(String name, String model) throws IOException {
        List<JsonNode> recorded = Recordings.chunks(name);
        Answer answer = Answer.thinking("So it is.").thenText("Yes it is");
        deepSeek.respond(name.contains("tool") ? answer.thenText(null).andToolCall("f", "{\"x\":1}") : answer);

        String body = api.chat(STREAM.replace("deepseek-reasoner", model)).body();

        assertThat(Shape.sequence(Api.chunks(body))).isEqualTo(Shape.sequence(recorded));
        assertThat(body).endsWith("data: [DONE]\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek-reasoning, deepseek-reasoner",
        "deepseek-tool-call, deepseek-reasoner",
        "deepseek-text, deepseek-chat",
        "deepseek-json, deepseek-reasoner"
    })
    void should_answer_whole_in_the_recorded_shapes(String name, String model) throws IOException {
        JsonNode recorded = Recordings.whole(name);
        Answer answer = Answer.thinking("So it is.").thenText("Yes it is");
        deepSeek.respond(name.contains("tool") ? answer.thenText(null).andToolCall("f", "{\"x\":1}") : answer);

        JsonNode body = Api.json(api.chat(STREAM.replace("true", "false").replace("deepseek-reasoner", model)));

        assertThat(Shape.of(body)).isEqualTo(Shape.of(recorded));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "should-capture-reasoning-content-for-deepseek-reasoner",
                "should-list-models",
                "should-stream-reasoning-content-for-deepseek-reasoner",
                "should-support-streaming",
                "should-support-tool-calling"
            })
    void should_accept_recorded_requests_and_answer_in_the_shapes_of_what_they_got(String name) throws IOException {
        JsonNode exchanges = Api.json(Files.readString(Recordings.file("v3.2-node-llm/" + name + ".json")));
        assertThat(exchanges).isNotEmpty();
        for (JsonNode exchange : exchanges) {
            String response = exchange.path("response").asText();
            String path = exchange.path("url").asText().replaceFirst("https://[^/]*", "");
            if (exchange.path("method").asText().equals("GET")) {
                JsonNode answer = Api.json(api.get(path));
                assertThat(Shape.of(answer)).isEqualTo(Shape.of(Api.json(response)));
                continue;
            }
            boolean stream = exchange.at("/request/stream").asBoolean();
            List<JsonNode> recorded = stream ? Api.chunks(response) : List.of(Api.json(response));
            deepSeek.respond(answer(recorded));

            HttpResponse<String> answer =
                    api.post(path, exchange.path("request").toString());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<JsonNode> simulated = stream ? Api.chunks(answer.body()) : List.of(Api.json(answer));
            assertThat(Shape.sequence(simulated)).isEqualTo(Shape.sequence(recorded));
            assertThat(text(simulated, "content")).isEqualTo(text(recorded, "content"));
            assertThat(text(simulated, "reasoning_content")).isEqualTo(text(recorded, "reasoning_content"));
        }
    }

    /** What was answered then. */
    private static Answer answer(List<JsonNode> recorded) {
        Answer answer = Answer.nothing()
                .withThinking(text(recorded, "reasoning_content"))
                .thenText(text(recorded, "content"));
        for (JsonNode call : message(recorded.get(0)).path("tool_calls")) {
            answer = answer.andToolCall(
                    call.at("/function/name").asText(),
                    call.at("/function/arguments").asText());
        }
        return answer;
    }

    private static JsonNode message(JsonNode answer) {
        JsonNode choice = answer.at("/choices/0");
        return choice.has("delta") ? choice.path("delta") : choice.path("message");
    }

    private static String text(List<JsonNode> answer, String field) {
        List<String> pieces = new ArrayList<>();
        answer.forEach(chunk -> pieces.add(
                message(chunk).path(field).isTextual()
                        ? message(chunk).path(field).asText()
                        : ""));
        return String.join("", pieces);
    }
}
