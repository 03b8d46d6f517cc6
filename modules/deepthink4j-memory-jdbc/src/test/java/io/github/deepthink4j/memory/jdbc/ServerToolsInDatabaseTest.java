package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import io.github.deepthink4j.conversation.Talk;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tools of the server's beside tools of ours, remembered in a database that each turn is read from anew. */
@Timeout(180)
class ServerToolsInDatabaseTest extends StoreFixture {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TURNS = 20;
    private static final String FIELD = "server_tool_blocks";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    ServerToolsInDatabaseTest() {
        super(TestDatabase.H2_IN_MEMORY);
    }

    @AfterEach
    void closeSimulator() {
        deepSeek.close();
    }

    /** Searches and calls a function in each turn, and searches again before it answers. */
    private record Searcher(boolean inPieces, List<String> sent) implements Brain {

        @Override
        public Answer answer(SimulatedRequest request) {
            JsonNode messages = request.body().path("messages");
            boolean toolHasAnswered =
                    messages.get(messages.size() - 1).path("role").asText().equals("tool");
            String id = request.lastUserText() + (toolHasAnswered ? "-b" : "-a");
            List<Object> blocks = blocks(id);
            sent.add(JSON.valueToTree(blocks).toString());
            Answer answer = Answer.thinking("Thought of " + id + ".").withField(FIELD, blocks);
            answer = inPieces ? answer.fieldsInPieces() : answer;
            return toolHasAnswered
                    ? answer.thenText("Answer " + request.lastUserText())
                    : answer.andToolCall("getWeather", Map.of("city", request.lastUserText()));
        }

        private static List<Object> blocks(String id) {
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("title", "Grüße, 你好 🙂 \u0001 \u2028 " + id);
            found.put("score", 0.1);
            found.put("published", null);
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("index", 1);
            result.put("type", "web_search_result");
            result.put("encrypted_content", "x".repeat(3_000) + id);
            result.put("results", List.of(found));
            return List.of(Map.of("index", 0), result);
        }
    }

    private enum Way {
        BLOCKING,
        WHOLE_ON_THE_WIRE,
        STREAMING
    }

    static Stream<Arguments> talks() {
        List<Arguments> talks = new ArrayList<>();
        for (boolean ours : new boolean[] {true, false}) {
            for (Way way : Way.values()) {
                talks.add(Arguments.of(ours, way, false));
                if (way != Way.WHOLE_ON_THE_WIRE) {
                    talks.add(Arguments.of(ours, way, true));
                }
            }
        }
        return talks.stream();
    }

    private <B extends DeepSeekModelBuilder<B>> B set(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .serverTools(ServerTool.WEB_SEARCH, ServerTool.READ_URL);
    }

    /** As in a process that knows nothing but the database. */
    private ChatMemory memory(boolean ours) {
        return ours
                ? ReasoningChatMemory.builder()
                        .id("talk")
                        .profile(ModelProfile.V4_1)
                        .chatMemoryStore(another())
                        .build()
                : MessageWindowChatMemory.builder()
                        .id("talk")
                        .maxMessages(1_000)
                        .chatMemoryStore(another())
                        .build();
    }

    @ParameterizedTest(name = "our memory {0}, {1}, in pieces {2}")
    @MethodSource("talks")
    void should_lose_and_change_no_block_in_twenty_turns(boolean ours, Way way, boolean inPieces) {
        List<String> sent = new ArrayList<>();
        deepSeek.brain(new Searcher(inPieces, sent));
        try (DeepSeekChatModel blocking = set(DeepSeekChatModel.builder())
                        .streamOnWire(way != Way.WHOLE_ON_THE_WIRE)
                        .build();
                DeepSeekStreamingChatModel streaming =
                        set(DeepSeekStreamingChatModel.builder()).build()) {
            for (int turn = 0; turn < TURNS; turn++) {
                Talk.Blocking talk = way == Way.STREAMING
                        ? Talk.streaming(streaming, memory(ours), true)
                        : Talk.blocking(blocking, memory(ours), true);

                assertThat(talk.chat("q" + turn)).isEqualTo("Answer q" + turn);
            }
        }

        assertThat(deepSeek.requests())
                .hasSize(2 * TURNS)
                .extracting(SimulatedRequest::status)
                .containsOnly(200);
        List<String> back = new ArrayList<>();
        for (JsonNode message : deepSeek.lastRequest().body().path("messages")) {
            if (message.path("role").asText().equals("assistant")) {
                back.add(message.path(FIELD).toString());
            }
        }
        // All but that of the answer to this request.
        assertThat(back).isEqualTo(sent.subList(0, sent.size() - 1));
    }
}
