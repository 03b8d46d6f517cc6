package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static java.util.Collections.singletonMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What users add to the request body, and what it has already: no name twice, and no value replaced without a word. */
class CustomParametersTest {

    private static final ObjectMapper STRICT =
            new ObjectMapper(JsonFactory.builder().build().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION));

    private static final Canned ANSWER = new Canned(
            200,
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"{}\"},\"finish_reason\":\"stop\"}]}")
                    + event("[DONE]"));

    private static final String STREAM = "'stream':true,'stream_options':{'include_usage':true}";
    private static final String NOW_AS_JSON =
            "{'type':'function','function':{'name':'now','parameters':{'type':'object','properties':{}}}}";
    private static final ToolSpecification NOW =
            ToolSpecification.builder().name("now").build();
    private static final Map<String, Object> SEARCH = Map.of("type", "deepseek_web_search");
    private static final Map<String, Object> OTHER_NOW =
            Map.of("type", "function", "function", Map.of("name", "now", "description", "Another"));

    private static DeepSeekChatModel.Builder model(CannedServer server) {
        return DeepSeekChatModel.builder()
                .baseUrl(server.url())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash");
    }

    private static ChatRequestParameters tools() {
        return ChatRequestParameters.builder().toolSpecifications(NOW).build();
    }

    /** All that is sent but for model and messages; no name is in it twice. */
    private static JsonNode sent(
            UnaryOperator<DeepSeekChatModel.Builder> with, Map<String, Object> custom, ChatMessage... messages)
            throws IOException {
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekChatModel model =
                        with.apply(model(server)).customParameters(custom).build()) {
            model.chat(messages);
            ObjectNode body = (ObjectNode) STRICT.readTree(server.bodies().get(0));
            assertThat(body.get("model").asText()).isEqualTo("deepseek-flash");
            assertThat(body.remove(List.of("model", "messages")).size()).isPositive();
            return body;
        }
    }

    private static JsonNode json(String text) throws IOException {
        return STRICT.readTree(text.replace('\'', '"'));
    }

    private static Arguments with(
            Map<String, Object> custom, UnaryOperator<DeepSeekChatModel.Builder> setters, String rest) {
        return Arguments.of(custom, setters, rest);
    }

    static Stream<Arguments> merged() {
        String stream = "{" + STREAM;
        return Stream.of(
                with(Map.of("service_tier", "flex"), it -> it, stream + ",'service_tier':'flex'}"),
                with(singletonMap("service_tier", null), it -> it, stream + ",'service_tier':null}"),
                with(Map.of("max_tokens", 7), it -> it, stream + ",'max_tokens':7}"),
                // Said twice, and alike.
                with(
                        Map.of("model", "deepseek-flash", "stream", true, "max_tokens", 7L, "temperature", 1),
                        it -> it.maxOutputTokens(7).temperature(1.0),
                        stream + ",'max_tokens':7,'temperature':1.0}"),
                // Lists are added to.
                with(
                        Map.of("stop", new String[] {"a", "b"}),
                        it -> it.stopSequences(List.of("a")),
                        stream + ",'stop':['a','b']}"),
                with(
                        Map.of("tools", List.of(SEARCH)),
                        it -> it.defaultRequestParameters(tools()),
                        stream + ",'tools':[" + NOW_AS_JSON + ",{'type':'deepseek_web_search'}]}"),
                with(
                        Map.of("tools", List.of(SEARCH)),
                        it -> it.defaultRequestParameters(ChatRequestParameters.builder()
                                .toolChoice(ToolChoice.NONE)
                                .build()),
                        stream + ",'tool_choice':'none','tools':[{'type':'deepseek_web_search'}]}"),
                // Objects are merged.
                with(
                        Map.of("stream_options", Map.of("chunked", true)),
                        it -> it,
                        "{'stream':true,'stream_options':{'include_usage':true,'chunked':true}}"),
                with(
                        Map.of("thinking", Map.of("type", "enabled", "budget_tokens", 1000)),
                        it -> it.thinking(true),
                        stream + ",'thinking':{'type':'enabled','budget_tokens':1000}}"),
                with(
                        Map.of("chat_template_kwargs", Map.of("effort", "low")),
                        it -> it.dialect(ReasoningDialect.VLLM).thinking(true),
                        stream + ",'chat_template_kwargs':{'thinking':true,'effort':'low'}}"),
                with(
                        Map.of("response_format", STRICT.createObjectNode().put("strict", true)),
                        it -> it.responseFormat(ResponseFormat.JSON),
                        stream + ",'response_format':{'type':'json_object','strict':true}}"));
    }

    static Stream<Arguments> numbersThatJsonHasNot() {
        return Stream.of(
                Arguments.of("a", Double.NaN),
                Arguments.of("a", Float.POSITIVE_INFINITY),
                Arguments.of("a.b[1]", Map.of("b", List.of(1, Double.NEGATIVE_INFINITY))),
                Arguments.of("a[0]", new double[] {Double.NaN}),
                Arguments.of("a[1]", new Object[] {1, Float.NaN}));
    }

    @ParameterizedTest
    @MethodSource("numbersThatJsonHasNot")
    void should_refuse_a_number_that_json_has_not(String place, Object value) {
        assertThatThrownBy(() -> DeepSeekChatModel.builder().customParameters(Map.of("a", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("customParameters: " + place + " is ");
        assertThatThrownBy(() -> DeepSeekFimModel.builder()
                        .customParameters(Map.of("a", value))
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .build()
                        .generate("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("customParameters: " + place + " is ");
    }

    @ParameterizedTest
    @MethodSource("merged")
    void should_write_each_field_once(
            Map<String, Object> custom, UnaryOperator<DeepSeekChatModel.Builder> setters, String rest)
            throws IOException {
        assertThat(sent(setters, custom, UserMessage.from("Hi"))).isEqualTo(json(rest));
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                with(
                        Map.of("model", "other"),
                        it -> it,
                        "model: modelName. Where parameterCheck lets it pass, the request's own is sent"),
                with(Map.of("messages", List.of()), it -> it, "messages: the messages of the request"),
                with(Map.of("stream", false), it -> it, "stream: the kind of model"),
                with(singletonMap("stream", null), it -> it, "stream: the kind of model"),
                with(
                        Map.of("stream_options", Map.of("include_usage", false)),
                        it -> it,
                        "stream_options.include_usage:"),
                with(Map.of("stream_options", "none"), it -> it, "stream_options:"),
                with(Map.of("max_tokens", 8), it -> it.maxOutputTokens(7), "max_tokens: maxOutputTokens"),
                with(Map.of("max_tokens", "7"), it -> it.maxOutputTokens(7), "max_tokens: maxOutputTokens"),
                with(singletonMap("temperature", null), it -> it.temperature(0.5), "temperature: temperature"),
                with(Map.of("top_p", 0.4), it -> it.topP(0.5), "top_p: topP"),
                with(Map.of("user_id", "bob"), it -> it.userId("ann"), "user_id: userId"),
                with(Map.of("stop", "b"), it -> it.stopSequences(List.of("a")), "stop: stopSequences"),
                with(
                        Map.of("thinking", Map.of("type", "disabled")),
                        it -> it.thinking(true),
                        "thinking.type: It is said by thinking. Where parameterCheck lets it pass, that of customParameters is sent"),
                with(
                        Map.of("chat_template_kwargs", Map.of("thinking", false)),
                        it -> it.dialect(ReasoningDialect.VLLM).thinking(true),
                        "chat_template_kwargs.thinking: It is said by thinking, in this host's form"),
                with(
                        Map.of("reasoning_effort", "low"),
                        it -> it.reasoningEffort("max"),
                        "reasoning_effort: reasoningEffort"),
                with(
                        Map.of("response_format", Map.of("type", "text")),
                        it -> it.responseFormat(ResponseFormat.JSON),
                        "response_format.type: responseFormat"),
                with(
                        Map.of("tools", List.of(OTHER_NOW)),
                        it -> it.defaultRequestParameters(tools()),
                        "tools[now]: toolSpecifications"),
                with(Map.of("tools", SEARCH), it -> it.defaultRequestParameters(tools()), "tools: toolSpecifications"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void should_refuse_what_says_something_else_than_the_request(
            Map<String, Object> custom, UnaryOperator<DeepSeekChatModel.Builder> setters, String pathAndSetter) {
        String path = pathAndSetter.substring(0, pathAndSetter.indexOf(':'));
        String setter = pathAndSetter.substring(path.length() + 1).strip();
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekChatModel model =
                        setters.apply(model(server)).customParameters(custom).build()) {

            assertThat(catchThrowable(() -> model.chat("Hi")))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("customParameters has " + path + ",")
                    .hasMessageContaining(setter);
            assertThat(server.bodies()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WARN", "IGNORE"})
    void should_let_them_win_elsewhere_but_never_over_what_the_answer_is_read_by(ParameterCheck check)
            throws IOException {
        Map<String, Object> custom = Map.of(
                "model", "other", "messages", List.of(), "stream", false, "max_tokens", 8, "tools", List.of(OTHER_NOW));

        JsonNode body = sent(
                it -> it.parameterCheck(check).maxOutputTokens(7).defaultRequestParameters(tools()),
                custom,
                UserMessage.from("Hi"));

        assertThat(body)
                .isEqualTo(json("{" + STREAM + ",'max_tokens':8,'tools':[{'type':'function',"
                        + "'function':{'name':'now','description':'Another'}}]}"));
    }

    @Test
    void should_refuse_it_before_a_stream_begins() {
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                        .baseUrl(server.url())
                        .apiKey("key-for-tests-0123456789")
                        .modelName("deepseek-flash")
                        .maxOutputTokens(7)
                        .customParameters(Map.of("max_tokens", 8))
                        .build()) {

            assertThatThrownBy(() -> model.chat("Hi", new StreamingChatResponseHandler() {
                        @Override
                        public void onPartialResponse(String partialResponse) {}

                        @Override
                        public void onCompleteResponse(ChatResponse completeResponse) {}

                        @Override
                        public void onError(Throwable error) {}
                    }))
                    .isInstanceOf(InvalidRequestException.class);
            assertThat(server.bodies()).isEmpty();
        }
    }

    @Test
    void should_let_a_blocking_model_that_does_not_stream_say_so_twice() throws IOException {
        Canned whole =
                new Canned(200, "{\"choices\":[{\"message\":{\"content\":\"Fine\"},\"finish_reason\":\"stop\"}]}");
        try (CannedServer server = new CannedServer(whole, whole);
                DeepSeekChatModel model = model(server)
                        .streamOnWire(false)
                        .customParameters(Map.of("stream", false))
                        .build()) {

            assertThat(model.chat("Hi")).isEqualTo("Fine");
            assertThat(STRICT.readTree(server.bodies().get(0)).has("stream")).isFalse();
        }
    }

    /** The request has tools by them, and the server wants all earlier thoughts back then. */
    @Test
    void should_send_the_thoughts_that_a_request_with_custom_tools_needs() throws IOException {
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekChatModel model = model(server)
                        .customParameters(Map.of("tools", List.of(SEARCH)))
                        .build()) {
            model.chat(ChatRequest.builder()
                    .messages(
                            UserMessage.from("Hi"),
                            AiMessage.builder().text("Ho").thinking("Hm").build(),
                            UserMessage.from("And?"))
                    .build());

            assertThat(STRICT.readTree(server.bodies().get(0))
                            .at("/messages/1/reasoning_content")
                            .asText())
                    .isEqualTo("Hm");
        }
    }

    @Test
    void should_refuse_a_field_without_a_name() {
        assertThatThrownBy(() -> DeepSeekChatModel.builder().customParameters(Map.of(" ", 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customParameters has a field without a name");
    }
}
