package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real answers are read back exactly; what is expected is worked out from the plain JSON, independently. */
class RecordingsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-reasoning", "deepseek-text", "deepseek-tool-call"})
    void should_read_streams_back_exactly(String name) throws IOException {
        Path file = Recordings.folder("v3.2-vercel").resolve(name + ".chunks.txt");
        List<String> chunks = Files.readAllLines(file);

        String body = Decoded.stream(chunks.toArray(String[]::new));
        Decoded decoded = Decoded.of(body);

        List<JsonNode> trees = new ArrayList<>();
        for (String chunk : chunks) {
            trees.add(MAPPER.readTree(chunk));
        }
        assertStream(decoded, trees);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            assertThat(Decoded.of(
                            ReasoningDialect.DEEPSEEK, Decoded.cut(body.getBytes(StandardCharsets.UTF_8), random)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(decoded);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"should-stream-reasoning-content-for-deepseek-reasoner", "should-support-streaming"})
    void should_read_event_streams_back_exactly(String name) throws IOException {
        for (JsonNode exchange : exchanges(name)) {
            String body = exchange.path("response").asText();
            List<JsonNode> trees = new ArrayList<>();
            for (String line : body.split("\n")) {
                if (line.startsWith("data: {")) {
                    trees.add(MAPPER.readTree(line.substring(6)));
                }
            }

            assertStream(Decoded.of(body), trees);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-json", "deepseek-reasoning", "deepseek-text", "deepseek-tool-call"})
    void should_read_whole_answers_back_exactly(String name) throws IOException {
        String body = Files.readString(Recordings.folder("v3.2-vercel").resolve(name + ".json"));

        assertWhole(Decoded.of(body).answer(), MAPPER.readTree(body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"should-capture-reasoning-content-for-deepseek-reasoner", "should-support-tool-calling"})
    void should_read_whole_exchanges_back_exactly(String name) throws IOException {
        for (JsonNode exchange : exchanges(name)) {
            String body = exchange.path("response").asText();
            assertWhole(Decoded.of(body).answer(), MAPPER.readTree(body));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-reasoning", "deepseek-tool-call"})
    void should_never_throw_on_mutated_recordings(String name) throws IOException {
        Path file = Recordings.folder("v3.2-vercel").resolve(name + ".chunks.txt");
        byte[] body =
                Decoded.stream(Files.readAllLines(file).toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
        ReasoningDialect everything = ReasoningDialect.OTHER_HOST;
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] mutated = body.clone();
            for (int flips = 1 + random.nextInt(30); flips > 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            AssembledAnswer answer =
                    Decoded.of(everything, Decoded.cut(mutated, random)).answer();
            int size = (answer.text() == null ? 0 : answer.text().length())
                    + (answer.thinking() == null ? 0 : answer.thinking().length());
            assertThat(size).as("seed %d, round %d", seed, i).isLessThan(body.length);
        }
    }

    private static JsonNode exchanges(String name) throws IOException {
        JsonNode all = MAPPER.readTree(
                Files.readString(Recordings.folder("v3.2-node-llm").resolve(name + ".json")));
        assertThat(all).isNotEmpty();
        return all;
    }

    private static void assertStream(Decoded decoded, List<JsonNode> chunks) {
        List<String> expected = new ArrayList<>();
        StringBuilder arguments = new StringBuilder();
        String call = null;
        for (JsonNode chunk : chunks) {
            JsonNode delta = chunk.path("choices").path(0).path("delta");
            if (!delta.path("reasoning_content").asText("").isEmpty()) {
                expected.add("thinking " + delta.path("reasoning_content").asText());
            }
            if (!delta.path("content").asText("").isEmpty()) {
                expected.add("text " + delta.path("content").asText());
            }
            JsonNode tool = delta.path("tool_calls").path(0);
            if (tool.has("id")) {
                call = "0 " + tool.path("id").asText() + " "
                        + tool.path("function").path("name").asText();
            }
            String piece = tool.path("function").path("arguments").asText("");
            if (!piece.isEmpty()) {
                arguments.append(piece);
                expected.add("piece " + call + " " + piece);
            }
        }
        if (call != null) {
            expected.add("call " + call + " " + arguments);
        }
        JsonNode last = chunks.get(chunks.size() - 1);

        assertThat(decoded.events()).isEqualTo(expected).hasSizeGreaterThan(5);
        AssembledAnswer answer = decoded.answer();
        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.finishReason())
                .isEqualTo(last.path("choices").path(0).path("finish_reason").asText());
        assertThat(answer.id()).isEqualTo(last.path("id").asText());
        assertThat(answer.created()).isEqualTo(last.path("created").asLong());
        assertThat(answer.model()).isEqualTo(last.path("model").asText());
        assertThat(answer.systemFingerprint())
                .isEqualTo(last.path("system_fingerprint").asText());
        assertUsage(answer, last.path("usage"));
        assertThat(answer.unknownFields()).isEmpty();
    }

    private static void assertWhole(AssembledAnswer answer, JsonNode body) {
        JsonNode message = body.path("choices").path(0).path("message");
        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text() == null ? "" : answer.text())
                .isEqualTo(message.path("content").asText());
        assertThat(answer.thinking())
                .isEqualTo(
                        message.has("reasoning_content")
                                ? message.path("reasoning_content").asText()
                                : null);
        assertThat(answer.toolCalls()).hasSize(message.path("tool_calls").size());
        for (int i = 0; i < answer.toolCalls().size(); i++) {
            JsonNode call = message.path("tool_calls").get(i);
            assertThat(answer.toolCalls().get(i).id()).isEqualTo(call.path("id").asText());
            assertThat(answer.toolCalls().get(i).arguments())
                    .isEqualTo(call.path("function").path("arguments").asText());
        }
        assertUsage(answer, body.path("usage"));
        assertThat(answer.unknownFields()).isEmpty();
    }

    private static void assertUsage(AssembledAnswer answer, JsonNode usage) {
        JsonNode reasoning = usage.path("completion_tokens_details").path("reasoning_tokens");
        assertThat(answer.usage())
                .isEqualTo(new UsageFigures(
                        usage.path("prompt_tokens").asInt(),
                        usage.path("completion_tokens").asInt(),
                        usage.path("total_tokens").asInt(),
                        reasoning.isMissingNode() ? null : (Integer) reasoning.asInt(),
                        usage.path("prompt_cache_hit_tokens").asInt(),
                        usage.path("prompt_cache_miss_tokens").asInt()));
    }
}
