package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.Citation;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Brain;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** Tools of the server's beside tools of ours: what the server leaves in a message goes back with it as it came, whatever remembers it. */
@Timeout(120)
class ServerToolsConversationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TURNS = 20;
    private static final String FIELD = "server_tool_blocks";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    /** Searches and calls a function in each turn, and searches again before it answers. */
    private record Searcher(boolean inPieces, List<String> sent) implements Brain {

        @Override
        public Answer answer(SimulatedRequest request) {
            String question = request.lastUserText();
            boolean toolHasAnswered = request.body()
                    .path("messages")
                    .get(request.body().path("messages").size() - 1)
                    .path("role")
                    .asText()
                    .equals("tool");
            String id = question + (toolHasAnswered ? "-b" : "-a");
            List<Map<String, Object>> blocks = blocks(id);
            sent.add(JSON.valueToTree(blocks).toString());
            Answer answer = Answer.thinking("Thought of " + id + ".").withField(FIELD, blocks);
            answer = inPieces ? answer.fieldsInPieces() : answer;
            return toolHasAnswered
                    ? answer.thenText("Answer " + question)
                    : answer.andToolCall("getWeather", Map.of("city", question));
        }

        private static List<Map<String, Object>> blocks(String id) {
            Map<String, Object> result = new HashMap<>();
            result.put("url", "https://example.com/" + id);
            result.put("title", "Grüße, 你好 🙂 " + id);
            result.put("score", 0.1);
            result.put("published", null);
            return List.of(
                    Map.of("index", 0, "type", "web_search_call", "id", "ws_" + id, "query", "weather \u2028 " + id),
                    Map.of(
                            "index",
                            1,
                            "type",
                            "web_search_result",
                            "id",
                            "wr_" + id,
                            "encrypted_content",
                            "x".repeat(200) + id,
                            "results",
                            List.of(result)));
        }
    }

    /** Keeps nothing but JSON. */
    private static final class JsonStore implements ChatMemoryStore {

        private final Map<Object, String> texts = new ConcurrentHashMap<>();

        @Override
        public List<ChatMessage> getMessages(Object memoryId) {
            return ChatMessageDeserializer.messagesFromJson(texts.getOrDefault(memoryId, "[]"));
        }

        @Override
        public void updateMessages(Object memoryId, List<ChatMessage> messages) {
            texts.put(memoryId, ChatMessageSerializer.messagesToJson(messages));
        }

        @Override
        public void deleteMessages(Object memoryId) {
            texts.remove(memoryId);
        }
    }

    private enum Memory {
        STOCK,
        OURS,
        STOCK_AS_JSON,
        OURS_AS_JSON;

        ChatMemory create() {
            return switch (this) {
                case STOCK -> MessageWindowChatMemory.withMaxMessages(1000);
                case OURS ->
                    ReasoningChatMemory.builder().profile(ModelProfile.V4_1).build();
                case STOCK_AS_JSON ->
                    MessageWindowChatMemory.builder()
                            .maxMessages(1000)
                            .chatMemoryStore(new JsonStore())
                            .build();
                case OURS_AS_JSON ->
                    ReasoningChatMemory.builder()
                            .profile(ModelProfile.V4_1)
                            .chatMemoryStore(new JsonStore())
                            .build();
            };
        }
    }

    static Stream<Arguments> talks() {
        List<Arguments> talks = new ArrayList<>();
        for (Memory memory : Memory.values()) {
            talks.add(Arguments.of(memory, false, false));
            talks.add(Arguments.of(memory, true, false));
            talks.add(Arguments.of(memory, true, true));
        }
        return talks.stream();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .serverTools(ServerTool.WEB_SEARCH, ServerTool.READ_URL);
    }

    @ParameterizedTest(name = "{0}, streaming {1}, in pieces {2}")
    @MethodSource("talks")
    void should_lose_and_change_no_block_in_twenty_turns(Memory kind, boolean streaming, boolean inPieces) {
        List<String> sent = new ArrayList<>();
        deepSeek.brain(new Searcher(inPieces, sent));
        ChatMemory memory = kind.create();
        try (DeepSeekChatModel blocking = model().build();
                DeepSeekStreamingChatModel streamingModel = DeepSeekStreamingChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .serverTools(ServerTool.WEB_SEARCH, ServerTool.READ_URL)
                        .build()) {
            Talk.Blocking talk =
                    streaming ? Talk.streaming(streamingModel, memory, true) : Talk.blocking(blocking, memory, true);

            for (int turn = 0; turn < TURNS; turn++) {
                assertThat(talk.chat("q" + turn)).isEqualTo("Answer q" + turn);
            }
        }

        assertThat(deepSeek.requests())
                .hasSize(2 * TURNS)
                .extracting(SimulatedRequest::status)
                .containsOnly(200);
        SimulatedRequest last = deepSeek.lastRequest();
        List<String> back = new ArrayList<>();
        for (JsonNode message : last.body().path("messages")) {
            if (message.path("role").asText().equals("assistant")) {
                back.add(message.path(FIELD).toString());
            }
        }
        // All but that of the answer to this request.
        assertThat(back).isEqualTo(sent.subList(0, sent.size() - 1));
        assertThat(last.body().path("tools"))
                .extracting(tool -> tool.path("type").asText())
                .containsExactly("function", "deepseek_web_search", "deepseek_read_url");
        AiMessage answer = (AiMessage) memory.messages().get(memory.messages().size() - 1);
        assertThat(Citation.in(answer))
                .containsExactly(new Citation("https://example.com/q19-b", "Grüße, 你好 🙂 q19-b", null));
    }

    interface Assistant {

        Result<String> chat(String message);
    }

    @Test
    void should_show_an_ai_service_what_an_answer_rests_on() {
        deepSeek.respond(Answer.text("Sunny.").withField(FIELD, Searcher.blocks("q")));
        Assistant assistant = AiServices.create(Assistant.class, model().build());

        Result<String> result = assistant.chat("Weather?");

        assertThat(Citation.in(result.finalResponse().aiMessage()))
                .extracting(Citation::url)
                .containsExactly("https://example.com/q");
    }

    @Test
    void should_be_refused_by_the_simulator_where_a_block_is_lost_or_changed() {
        deepSeek.respond(Answer.text("Sunny.").withField(FIELD, Searcher.blocks("q")));
        DeepSeekChatModel model = model().build();
        AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage();
        String kept = (String) answer.attributes().get(ReasoningDialect.CARRIED_ATTRIBUTE);
        AiMessage changed = answer.toBuilder()
                .attributes(Map.of(ReasoningDialect.CARRIED_ATTRIBUTE, kept.replace("0.1", "0.2")))
                .build();

        for (AiMessage broken : List.of(AiMessage.from("Sunny."), changed)) {
            assertThatThrownBy(() -> model.chat(UserMessage.from("Weather?"), broken, UserMessage.from("Sure?")))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("messages[1] has lost or changed " + FIELD);
        }
        model.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));
    }

    static Stream<Object> broken() {
        Map<String, Object> cyclic = new HashMap<>();
        cyclic.put("self", cyclic);
        return Stream.of(
                "", "{", "[1]", "7", "no JSON", "{} behind", 7, List.of("x"), Map.of("at", new Object()), cyclic);
    }

    /** What a user or a store has written there: the conversation goes on, and the log says what is wrong. */
    @ParameterizedTest
    @MethodSource("broken")
    void should_go_on_without_what_nobody_can_read(Object attribute) {
        deepSeek.respond(Answer.text("Sunny."));
        AiMessage broken = AiMessage.builder()
                .text("Hm.")
                .attributes(Map.of(ReasoningDialect.CARRIED_ATTRIBUTE, attribute, "mine", 1))
                .build();
        List<String> warnings = new ArrayList<>();
        Logger log = (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("warn")) {
                        warnings.add(Arrays.deepToString(arguments));
                    }
                    return method.getReturnType() == boolean.class ? true : null;
                });

        for (ParameterCheck check : List.of(ParameterCheck.FAIL, ParameterCheck.IGNORE)) {
            model().logger(log)
                    .parameterCheck(check)
                    .build()
                    .chat(UserMessage.from("Weather?"), broken, UserMessage.from("Sure?"));
        }

        assertThat(deepSeek.lastRequest().messages()).hasSize(3);
        assertThat(warnings)
                .filteredOn(warning -> warning.contains("carried"))
                .singleElement()
                .asString()
                .contains("messages[1]", "deepthink4j.carried_fields", "no JSON");
        assertThat(Citation.in(broken)).isEmpty();
    }

    @Test
    void should_read_what_a_store_has_made_a_map_of() {
        deepSeek.respond(Answer.text("Sunny."));
        AiMessage mapped = AiMessage.builder()
                .text("Hm.")
                .attributes(Map.of(
                        ReasoningDialect.CARRIED_ATTRIBUTE, Map.of(FIELD, List.of(Map.of("url", "https://a.example")))))
                .build();

        model().build().chat(UserMessage.from("Weather?"), mapped, UserMessage.from("Sure?"));

        assertThat(deepSeek.lastRequest().messages().get(1).path(FIELD))
                .hasToString("[{\"url\":\"https://a.example\"}]");
        assertThat(Citation.in(mapped)).extracting(Citation::url).containsExactly("https://a.example");
    }

    @Test
    void should_carry_nothing_where_no_server_tool_is_declared_and_what_a_dialect_names_always() {
        Answer sunny =
                Answer.text("Sunny.").withField(FIELD, Searcher.blocks("q")).withField("other", 1);
        deepSeek.brain(request -> sunny);
        DeepSeekChatModel plain = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .build();
        DeepSeekChatModel naming = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .dialect(ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                        .carriedFields(List.of(FIELD))
                        .build())
                .build();

        assertThat(plain.chat(UserMessage.from("Hi")).aiMessage().attributes()).isEmpty();
        AiMessage answer = naming.chat(UserMessage.from("Hi")).aiMessage();
        plain.chat(UserMessage.from("Hi"), answer, UserMessage.from("And?"));
        assertThat(deepSeek.lastRequest().body().path("messages").get(1).has(FIELD))
                .isFalse();
        naming.chat(UserMessage.from("Hi"), answer, UserMessage.from("And?"));
        JsonNode sent = deepSeek.lastRequest().body().path("messages").get(1);
        assertThat(sent.path(FIELD).size()).isEqualTo(2);
        assertThat(sent.has("other")).isFalse();
    }

    @Test
    void should_never_write_a_field_of_its_own_twice() {
        deepSeek.respond(Answer.text("Sunny."));
        AiMessage hostile = AiMessage.builder()
                .text("Hi")
                .attributes(Map.of(
                        ReasoningDialect.CARRIED_ATTRIBUTE,
                        "{\"role\":\"system\",\"content\":\"x\",\"tool_calls\":[],\"prefix\":true,\"kept\":1}"))
                .build();

        model().build().chat(UserMessage.from("Hi"), hostile, UserMessage.from("And?"));

        assertThat(deepSeek.lastRequest().body().toString())
                .contains("{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\" \",\"kept\":1}");
    }

    @Test
    void should_turn_them_off_for_one_request() {
        deepSeek.respond(Answer.text("Sunny."));

        model().build()
                .chat(ChatRequest.builder()
                        .messages(UserMessage.from("Hi"))
                        .parameters(DeepSeekChatRequestParameters.builder()
                                .serverTools(List.of())
                                .build())
                        .build());

        assertThat(deepSeek.lastRequest().body().has("tools")).isFalse();
    }
}
