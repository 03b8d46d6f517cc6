package io.github.deepthink4j.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.profile.ModelProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever was cut in two by a tool or a splitter, the body is UTF-8 and JSON. */
class WellFormedRequestTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PLATE = "🍽";
    private static final String FIRST_HALF = PLATE.substring(0, 1);
    private static final String SECOND_HALF = PLATE.substring(1);

    @ParameterizedTest
    @ValueSource(strings = {"%s", "x%s", "%sx", "x%sx", "%1$s-%1$s", "🍽%s🍽"})
    void should_replace_each_half_of_a_character(String pattern) throws IOException {
        for (String half : List.of(FIRST_HALF, SECOND_HALF, SECOND_HALF + FIRST_HALF, "\uD800", "\uDFFF")) {
            String text = pattern.formatted(half);
            String replaced = pattern.formatted("\uFFFD".repeat(half.length()));

            WrittenRequest written =
                    write(List.of(UserMessage.from(text)), parameters().build(), Options.NONE);

            assertThat(json(written).at("/messages/0/content").asText()).isEqualTo(replaced);
            assertThat(written.mended()).isTrue();
        }
    }

    static Stream<WrittenRequest> everywhere() {
        String half = "half " + FIRST_HALF;
        UserMessage question = UserMessage.from("q");
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("1")
                .name("tool")
                .arguments("{}")
                .build();
        ToolExecutionResultMessage result = ToolExecutionResultMessage.from("1", "tool", "fine");
        Map<String, Object> custom = new LinkedHashMap<>();
        custom.put("metadata", Map.of(half, List.of(half, Map.of("deep", half))));
        custom.put("node", MAPPER.createObjectNode().put(half, half));
        custom.put("chars", half.toCharArray());
        custom.put("array", new String[] {half});
        custom.put(half, 1);
        return Stream.of(
                write(SystemMessage.from(half), question),
                write(UserMessage.from(half, "named")),
                write(UserMessage.from(TextContent.from(half), ImageContent.from("https://example.com/a.png"))),
                write(question, AiMessage.from(half), question),
                write(question, AiMessage.builder().text("a").thinking(half).build(), question),
                write(question, AiMessage.from(call), ToolExecutionResultMessage.from("1", "tool", half)),
                write(
                        question,
                        AiMessage.from(call.toBuilder()
                                .arguments("{\"a\":\"" + half + "\"}")
                                .build()),
                        result),
                write(question, AiMessage.from(call.toBuilder().arguments(half).build()), result),
                write(question, AiMessage.from(call.toBuilder().name(half).build()), result),
                write(question, AiMessage.from(call.toBuilder().id(half).build()), result),
                write(
                        question,
                        AiMessage.from(call.toBuilder()
                                .arguments("{\"a\":\"written as \\ud83c an escape\"}")
                                .build()),
                        result),
                write(
                        List.of(question),
                        parameters()
                                .toolSpecifications(ToolSpecification.builder()
                                        .name("tool")
                                        .description(half)
                                        .parameters(JsonObjectSchema.builder()
                                                .addStringProperty(half, half)
                                                .addEnumProperty("choice", List.of("a", half))
                                                .required(half)
                                                .build())
                                        .build())
                                .build(),
                        Options.NONE),
                write(List.of(question), parameters().stopSequences("a", half).build(), Options.NONE),
                write(List.of(question), parameters().modelName(half).build(), Options.NONE),
                write(List.of(question), parameters().build(), Options.NONE.with(Option.USER_ID, half)),
                write(List.of(question), parameters().build(), Options.NONE.with(Option.CUSTOM_PARAMETERS, custom)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void should_replace_halves_wherever_they_stand(WrittenRequest written) throws IOException {
        assertThat(json(written).toString()).contains("\uFFFD");
        assertThat(written.mended()).isTrue();
    }

    @Test
    void should_leave_every_other_character_alone() throws IOException {
        String text = "tab\t nul\0 escape\u001B separator\u2028 not a character\uFFFF plate" + PLATE + " quote\" \\";
        String arguments = "{\"plate\":\"\\ud83c\\udf7d\",\"exact\":1.00000000000000000001}";
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("1")
                .name("tool")
                .arguments(arguments)
                .build();

        WrittenRequest written =
                write(UserMessage.from(text), AiMessage.from(call), ToolExecutionResultMessage.from("1", "tool", text));

        JsonNode json = json(written);
        assertThat(json.at("/messages/0/content").asText()).isEqualTo(text);
        assertThat(json.at("/messages/1/tool_calls/0/function/arguments").asText())
                .isEqualTo(arguments);
        assertThat(json.at("/messages/2/content").asText()).isEqualTo(text);
        assertThat(written.mended()).isFalse();
    }

    private static DefaultChatRequestParameters.Builder<?> parameters() {
        return ChatRequestParameters.builder().modelName("deepseek-flash");
    }

    private static WrittenRequest write(ChatMessage... messages) {
        return write(List.of(messages), parameters().build(), Options.NONE);
    }

    private static WrittenRequest write(List<ChatMessage> messages, ChatRequestParameters parameters, Options options) {
        RequestDraft draft = new RequestDraft(messages, parameters, options, false);
        return RequestWriter.write(ModelProfile.V4_1, draft, messages, true, true);
    }

    /** Read by a decoder that forgives nothing, and the arguments of calls once more. */
    private static JsonNode json(WrittenRequest written) throws IOException {
        JsonNode json = MAPPER.readTree(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(written.body()))
                .toString());
        assertThat(WellFormedGenerator.hasHalf(json.toString())).isFalse();
        for (JsonNode arguments : json.findValues("arguments")) {
            String values = MAPPER.readTree(arguments.asText()).toString();
            assertThat(WellFormedGenerator.hasHalf(values)).isFalse();
        }
        return json;
    }
}
