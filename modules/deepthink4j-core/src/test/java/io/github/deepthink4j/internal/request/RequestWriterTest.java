package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ReasoningDialect.WriteBack;
import io.github.deepthink4j.profile.ThinkingMode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The body to the letter, and nothing in it that was not asked for. */
class RequestWriterTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final UserMessage HI = UserMessage.from("Hi");
    private static final ToolSpecification TOOL =
            ToolSpecification.builder().name("now").build();

    private static RequestDraft draft(ChatMessage... messages) {
        return new RequestDraft(
                List.of(messages),
                ChatRequestParameters.builder().modelName("deepseek-flash").build(),
                Options.NONE,
                false);
    }

    private static JsonNode body(ModelProfile profile, RequestDraft draft, boolean thinking, boolean stream)
            throws IOException {
        return MAPPER.readTree(RequestWriter.write(profile, draft, draft.messages(), thinking, stream)
                .body());
    }

    /** All but the model and the messages. */
    private static JsonNode rest(ModelProfile profile, RequestDraft draft, boolean thinking, boolean stream)
            throws IOException {
        ObjectNode body = (ObjectNode) body(profile, draft, thinking, stream);
        assertThat(body.remove("model").asText()).isEqualTo("deepseek-flash");
        assertThat(body.remove("messages")).isNotEmpty();
        return body;
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text.replace('\'', '"'));
    }

    static Stream<Arguments> messages() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("c1")
                .name("now")
                .arguments("{\"zone\":\"UTC\"}")
                .build();
        return Stream.of(
                Arguments.of(SystemMessage.from("Be brief."), "{'role':'system','content':'Be brief.'}"),
                Arguments.of(HI, "{'role':'user','content':'Hi'}"),
                Arguments.of(UserMessage.from("Ada", "Hi"), "{'role':'user','name':'Ada','content':'Hi'}"),
                Arguments.of(
                        UserMessage.from(TextContent.from("One"), TextContent.from("Two")),
                        "{'role':'user','content':'One\\n\\nTwo'}"),
                Arguments.of(
                        UserMessage.from(
                                TextContent.from("What?"),
                                ImageContent.from("https://example.com/cat.png", DetailLevel.HIGH)),
                        "{'role':'user','content':[{'type':'text','text':'What?'},{'type':'image_url',"
                                + "'image_url':{'url':'https://example.com/cat.png','detail':'high'}}]}"),
                Arguments.of(
                        UserMessage.from(ImageContent.from("QUJD", "image/jpeg", DetailLevel.LOW)),
                        "{'role':'user','content':[{'type':'image_url',"
                                + "'image_url':{'url':'data:image/jpeg;base64,QUJD','detail':'low'}}]}"),
                Arguments.of(
                        UserMessage.from(ImageContent.from(
                                Image.builder().base64Data("QUJD").build(), DetailLevel.AUTO)),
                        "{'role':'user','content':[{'type':'image_url',"
                                + "'image_url':{'url':'data:image/png;base64,QUJD','detail':'auto'}}]}"),
                Arguments.of(AiMessage.from("Hello"), "{'role':'assistant','content':'Hello'}"),
                Arguments.of(
                        AiMessage.from(call),
                        "{'role':'assistant','content':'','tool_calls':[{'id':'c1','type':'function',"
                                + "'function':{'name':'now','arguments':'{\\\"zone\\\":\\\"UTC\\\"}'}}]}"),
                Arguments.of(
                        ToolExecutionResultMessage.from("c1", "now", "noon"),
                        "{'role':'tool','tool_call_id':'c1','content':'noon'}"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void should_write_each_kind_of_message(ChatMessage message, String expected) throws IOException {
        JsonNode body = body(ModelProfile.V4_1, draft(message), true, false);

        assertThat(body.get("messages")).hasSize(1);
        assertThat(body.at("/messages/0")).isEqualTo(json(expected));
    }

    @Test
    void should_refuse_what_it_can_not_write() {
        RequestDraft sound = draft(UserMessage.from(AudioContent.from("https://example.com/a.mp3")));
        assertThatThrownBy(() -> body(ModelProfile.V4_1, sound, true, false))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("audio content is not supported by DeepSeek models");

        RequestDraft custom = draft(CustomMessage.from(Map.of("role", "judge")));
        assertThatThrownBy(() -> body(ModelProfile.V4_1, custom, true, false))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessage("messages of type CUSTOM are not supported by DeepSeek models");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "REASONING_CONTENT | reasoning         | 'reasoning_content':'hm'",
                "REASONING         | reasoning_content | 'reasoning':'hm'",
                "BOTH              | thinking          | 'reasoning_content':'hm','reasoning':'hm'",
                "AS_READ           |                   | 'reasoning_content':'hm'",
                "AS_READ           | content           | 'reasoning_content':'hm'",
                "AS_READ           | reasoning         | 'reasoning':'hm'",
                "AS_READ           | thinking          | 'thinking':'hm'",
                "AS_READ_OR_TAGS   | reasoning         | 'reasoning':'hm'",
                "AS_READ_OR_TAGS   |                   | 'reasoning_content':'hm'",
                "AS_READ_OR_TAGS   | content           | 'content':'<think>hm</think>\\n\\nHello'",
                "AS_READ | reasoning_details | 'reasoning_details':[{'type':'reasoning.text','text':'hm'}]"
            },
            quoteCharacter = '`')
    void should_write_reasoning_back_as_the_host_wants_it(WriteBack way, String readFrom, String expected)
            throws IOException {
        ModelProfile profile = ModelProfile.from(ModelProfile.V4_1)
                .dialect(ReasoningDialect.custom().writeBack(way).build())
                .build();
        AiMessage message = AiMessage.builder()
                .text("Hello")
                .thinking("hm")
                .attributes(readFrom == null ? Map.of() : Map.of(ReasoningDialect.FIELD_ATTRIBUTE, readFrom))
                .build();

        JsonNode written = body(profile, draft(message), true, false).at("/messages/0");

        assertThat(written).isEqualTo(json("{'role':'assistant','content':'Hello'," + expected + "}"));
    }

    @Test
    void should_mark_the_beginning_of_the_answer_and_no_message_before_it() throws IOException {
        RequestDraft draft = draft(HI, AiMessage.from("Ho"), HI, AiMessage.from("The answer"))
                .with(Option.PREFIX, true);

        JsonNode messages = body(ModelProfile.V4_1, draft, true, false).get("messages");

        assertThat(messages.get(1).has("prefix")).isFalse();
        assertThat(messages.get(3).get("prefix").isBoolean()).isTrue();
        assertThat(messages.get(3).get("prefix").asBoolean()).isTrue();
    }

    @Test
    void should_have_a_host_go_on_in_its_own_way() throws IOException {
        RequestDraft draft = draft(HI, AiMessage.from("The answer")).with(Option.PREFIX, true);

        JsonNode onVllm = body(ModelProfile.V4_1.on(ReasoningDialect.VLLM), draft, true, false);
        JsonNode onSglang = body(ModelProfile.V4_1.on(ReasoningDialect.SGLANG), draft, true, false);

        assertThat(onVllm.at("/messages/1").has("prefix")).isFalse();
        assertThat(onVllm.path("continue_final_message").asBoolean(false)).isTrue();
        assertThat(onVllm.path("add_generation_prompt").asBoolean(true)).isFalse();
        assertThat(onSglang.path("continue_final_message").asBoolean(false)).isTrue();
        assertThat(onSglang.has("add_generation_prompt")).isFalse();
        assertThat(body(ModelProfile.V4_1.on(ReasoningDialect.VLLM), draft(HI), true, false)
                        .has("continue_final_message"))
                .isFalse();
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                written("{}", it -> it),
                written(
                        "{'max_tokens':7,'temperature':0.5,'top_p':0.25,'top_k':3,'frequency_penalty':-1.0,"
                                + "'presence_penalty':1.5,'stop':['a','b']}",
                        it -> it.with(p -> p.maxOutputTokens(7)
                                .temperature(0.5)
                                .topP(0.25)
                                .topK(3)
                                .frequencyPenalty(-1.0)
                                .presencePenalty(1.5)
                                .stopSequences("a", "b"))),
                written(
                        "{'logprobs':true,'top_logprobs':2,'user_id':'me'}",
                        it -> it.with(Option.LOGPROBS, true)
                                .with(Option.TOP_LOGPROBS, 2)
                                .with(Option.USER_ID, "me")),
                written(
                        "{'response_format':{'type':'json_object'}}",
                        it -> it.with(p -> p.responseFormat(ResponseFormat.JSON))),
                written("{}", it -> it.with(p -> p.responseFormat(ResponseFormat.TEXT))),
                written(
                        "{'tools':[{'type':'function','function':{'name':'now',"
                                + "'parameters':{'type':'object','properties':{}}}}]}",
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.AUTO))),
                written(
                        "{'tools':[{'type':'function','function':{'name':'now',"
                                + "'parameters':{'type':'object','properties':{}}}}],'tool_choice':'required'}",
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.REQUIRED))),
                written(
                        "{'tools':[{'type':'function','function':{'name':'now',"
                                + "'parameters':{'type':'object','properties':{}}}}],'tool_choice':'none'}",
                        it -> it.with(p -> p.toolSpecifications(TOOL).toolChoice(ToolChoice.NONE))),
                // Without tools there is nothing to choose.
                written("{}", it -> it.with(p -> p.toolChoice(ToolChoice.NONE))),
                written(
                        "{'tools':[{'type':'function','function':{'name':'now','strict':true,'parameters':{"
                                + "'type':'object','properties':{},'required':[],'additionalProperties':false}}}]}",
                        it -> it.with(p -> p.toolSpecifications(TOOL)).withStrictTools(true)),
                written(
                        "{'tools':[{'type':'function','function':{'name':'at','description':'The time','parameters':{"
                                + "'type':'object','properties':{'zone':{'type':'string'}},'required':['zone']}}}]}",
                        it -> it.with(p -> p.toolSpecifications(ToolSpecification.builder()
                                .name("at")
                                .description("The time")
                                .parameters(JsonObjectSchema.builder()
                                        .addStringProperty("zone")
                                        .required("zone")
                                        .build())
                                .build()))));
    }

    private static Arguments written(String expected, UnaryOperator<RequestDraft> with) {
        return Arguments.of(expected, with);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void should_write_what_was_asked_for_and_nothing_else(String expected, UnaryOperator<RequestDraft> with)
            throws IOException {
        assertThat(rest(ModelProfile.V4_1, with.apply(draft(HI)), true, false)).isEqualTo(json(expected));
    }

    @Test
    void should_ask_for_the_usage_at_the_end_of_a_stream() throws IOException {
        assertThat(rest(ModelProfile.V4_1, draft(HI), true, true))
                .isEqualTo(json("{'stream':true,'stream_options':{'include_usage':true}}"));
        RequestDraft more = draft(HI)
                .with(p -> p.maxOutputTokens(7).responseFormat(ResponseFormat.JSON))
                .with(Option.CUSTOM_PARAMETERS, Map.of("seed", 7));
        assertThat(rest(ModelProfile.V4_1, more, true, true))
                .isEqualTo(json("{'stream':true,'stream_options':{'include_usage':true},'max_tokens':7,"
                        + "'response_format':{'type':'json_object'},'seed':7}"));
    }

    @Test
    void should_write_a_schema_for_a_prompt() throws IOException {
        JsonObjectSchema schema = JsonObjectSchema.builder()
                .addStringProperty("zone")
                .required("zone")
                .build();

        assertThat(MAPPER.readTree(SchemaJson.text(schema)))
                .isEqualTo(json("{'type':'object','properties':{'zone':{'type':'string'}},'required':['zone']}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MODEL_DEFAULT | true  |      | {}",
                "MODEL_DEFAULT | true  | XHigh | {'reasoning_effort':'high'}",
                "MODEL_DEFAULT | true  | of-a-host | {'reasoning_effort':'of-a-host'}",
                "ON            | true  | max  | {'thinking':{'type':'enabled'},'reasoning_effort':'max'}",
                "OFF           | false | max  | {'thinking':{'type':'disabled'}}",
                // It would have thought: a prefix or another rule has turned it off.
                "MODEL_DEFAULT | false | max  | {'thinking':{'type':'disabled'}}",
                "ON            | false |      | {'thinking':{'type':'disabled'}}"
            },
            quoteCharacter = '`')
    void should_say_how_to_think(ThinkingMode mode, boolean thinking, String effort, String expected)
            throws IOException {
        RequestDraft draft = draft(HI)
                .with(Option.THINKING, mode == ThinkingMode.MODEL_DEFAULT ? null : mode)
                .with(Option.REASONING_EFFORT, effort);

        assertThat(rest(ModelProfile.V4_1, draft, thinking, false)).isEqualTo(json(expected));
    }

    @Test
    void should_let_the_users_own_fields_win() throws IOException {
        RequestDraft draft = draft(HI)
                .with(Option.THINKING, ThinkingMode.ON)
                .with(Option.REASONING_EFFORT, "max")
                .with(Option.CUSTOM_PARAMETERS, Map.of("reasoning_effort", "huge", "seed", 7));

        assertThat(rest(ModelProfile.V4_1, draft, true, false))
                .isEqualTo(json("{'thinking':{'type':'enabled'},'reasoning_effort':'huge','seed':7}"));
    }

    @Test
    void should_write_values_of_every_kind_as_they_are() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("none", null);
        nested.put("yes", true);
        List<Object> mixed = new ArrayList<>(List.of("a", 1));
        mixed.add(null);
        Map<String, Object> custom = new LinkedHashMap<>();
        custom.put("int", 1);
        custom.put("long", 9_007_199_254_740_993L);
        custom.put("short", (short) 2);
        custom.put("byte", (byte) 3);
        custom.put("double", 0.1);
        custom.put("float", 0.1f);
        custom.put("decimal", new BigDecimal("1.00000000000000000001"));
        custom.put("integer", new BigInteger("123456789012345678901234567890"));
        custom.put("atomic", new AtomicInteger(4));
        custom.put("nested", nested);
        custom.put("list", mixed);
        custom.put("array", new int[] {5, 6});
        custom.put("byNumber", Map.of(8, "eight"));
        RequestDraft draft = draft(HI).with(Option.CUSTOM_PARAMETERS, custom);

        String body = new String(
                RequestWriter.write(ModelProfile.V4_1, draft, draft.messages(), true, false)
                        .body(),
                StandardCharsets.UTF_8);

        assertThat(body)
                .endsWith(",\"int\":1,\"long\":9007199254740993,\"short\":2,\"byte\":3,\"double\":0.1,\"float\":0.1,"
                        + "\"decimal\":1.00000000000000000001,\"integer\":123456789012345678901234567890,\"atomic\":4,"
                        + "\"nested\":{\"none\":null,\"yes\":true},\"list\":[\"a\",1,null],\"array\":[5,6],"
                        + "\"byNumber\":{\"8\":\"eight\"}}");
    }
}
