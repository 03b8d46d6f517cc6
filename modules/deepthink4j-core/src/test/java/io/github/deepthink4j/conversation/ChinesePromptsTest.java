package io.github.deepthink4j.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the library says to a model in words of its own is Chinese in a Chinese conversation. */
@Timeout(30)
class ChinesePromptsTest {

    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("c1")
            .name("getWeather")
            .arguments("{\"city\":\"北京\"}")
            .build();
    private static final ResponseFormat PERSON = ResponseFormat.builder()
            .type(ResponseFormatType.JSON)
            .jsonSchema(JsonSchema.builder()
                    .rootElement(
                            JsonObjectSchema.builder().addStringProperty("name").build())
                    .build())
            .build();

    private final DeepSeekSimulator simulator = DeepSeekSimulator.builder().build();

    @AfterEach
    void close() {
        simulator.close();
    }

    private DeepSeekChatModel.Builder model(ModelProfile profile) {
        return DeepSeekChatModel.builder()
                .baseUrl(simulator.baseUrl())
                .apiKey("k")
                .modelName("deepseek-flash")
                .profile(profile);
    }

    private List<String> sent(DeepSeekChatModel model, ChatRequest request) {
        simulator.respond(Answer.text("{}"));
        model.chat(request);
        List<String> contents = new ArrayList<>();
        for (JsonNode message : simulator.lastRequest().body().path("messages")) {
            contents.add(message.path("content").asText());
        }
        return contents;
    }

    private static ChatRequest json(ResponseFormat format, ChatMessage... messages) {
        return ChatRequest.builder().messages(messages).responseFormat(format).build();
    }

    @Test
    void should_ask_for_json_in_chinese() {
        DeepSeekChatModel model = model(ModelProfile.V4_1).build();

        assertThat(sent(model, json(PERSON, UserMessage.from("张三多大了？"))).get(0))
                .startsWith("只用一个 JSON 对象回答，不要输出其他任何文字，也不要加代码块标记。这个 JSON 对象必须符合下面的 JSON Schema：\n{")
                .contains("\"name\"");
        assertThat(sent(model, json(ResponseFormat.JSON, UserMessage.from("张三多大了？"))))
                .startsWith("只用一个 JSON 对象回答。");
    }

    /** The instruction stands before everything else: another word in it, and nothing of the conversation is in the cache. */
    @Test
    void should_leave_the_beginning_as_it_was_when_somebody_changes_the_language() {
        DeepSeekChatModel model = model(ModelProfile.V4_1).build();
        UserMessage first = UserMessage.from("张三多大了？");

        String before = sent(model, json(PERSON, SystemMessage.from("Be brief."), first))
                .get(0);
        String after = sent(
                        model,
                        json(
                                PERSON,
                                SystemMessage.from("Be brief."),
                                first,
                                AiMessage.from("{}"),
                                UserMessage.from("And how old is the other one?")))
                .get(0);

        assertThat(after).isEqualTo(before).startsWith("Be brief.\n\n只用一个");
    }

    @Test
    void should_heed_what_is_set() {
        ChatMessage chinese = UserMessage.from("张三多大了？");
        ChatMessage english = UserMessage.from("How old is he?");

        assertThat(sent(
                                model(ModelProfile.V4_1)
                                        .promptLanguage(PromptLanguage.ENGLISH)
                                        .build(),
                                json(PERSON, chinese))
                        .get(0))
                .startsWith("Answer with a JSON object only");
        assertThat(sent(
                                model(ModelProfile.V4_1)
                                        .promptLanguage(PromptLanguage.CHINESE)
                                        .build(),
                                json(PERSON, english))
                        .get(0))
                .startsWith("只用一个 JSON 对象");
    }

    @Test
    void should_tell_a_model_without_tools_in_chinese_what_they_did() {
        ToolExecutionResultMessage failed = ToolExecutionResultMessage.builder()
                .id("c1")
                .toolName("getWeather")
                .text("超时")
                .isError(true)
                .build();
        ChatRequest request = ChatRequest.builder()
                .messages(
                        AiMessage.from("您好！"),
                        UserMessage.from("北京天气怎么样？"),
                        AiMessage.from(CALL),
                        ToolExecutionResultMessage.from(CALL, "晴"),
                        AiMessage.from(CALL),
                        ToolExecutionResultMessage.from(CALL, ""),
                        AiMessage.from(CALL),
                        failed,
                        UserMessage.from("Tell me more"))
                .build();

        List<String> sent = sent(model(ModelProfile.R1).build(), request);

        assertThat(sent)
                .contains("（请开始对话。）", "我调用了工具 getWeather，参数是 {\"city\":\"北京\"}", "工具 getWeather 返回：\n晴")
                .contains("工具 getWeather 返回：\n（没有输出）")
                .anyMatch(text -> text.startsWith("工具 getWeather 调用失败：\n超时"));
        assertThat(String.join("", sent)).doesNotContain("The tool", "I called");
    }

    @Test
    void should_say_in_chinese_that_a_picture_was_left_out() {
        ChatRequest request = ChatRequest.builder()
                .messages(
                        UserMessage.from(TextContent.from("这是什么？"), ImageContent.from("https://example.com/a.png")),
                        AiMessage.from("一只猫。"),
                        UserMessage.from("多大？"))
                .build();

        assertThat(String.join("\n", sent(model(ModelProfile.V4_PRO).build(), request)))
                .contains("（此处的图片已略去：本模型无法读取）");
    }

    @Test
    void should_remember_in_chinese_that_a_result_never_came() {
        ReasoningChatMemory byQuestion = ReasoningChatMemory.builder().build();
        ReasoningChatMemory inEnglish = ReasoningChatMemory.builder()
                .promptLanguage(PromptLanguage.ENGLISH)
                .build();
        ToolExecutionRequest broken =
                CALL.toBuilder().id("c2").arguments("{\"city\":\"北").build();

        assertThat(standIns(byQuestion, CALL, broken))
                .containsExactly("（结果未知：运行中断了，此前工具可能已经执行完）", "（没有结果：这次调用的参数不是 JSON 对象，所以工具没有被调用）");
        assertThat(standIns(inEnglish, CALL))
                .containsExactly("(no result is known: the run failed, perhaps after this tool had done its work)");
    }

    private static List<String> standIns(ReasoningChatMemory memory, ToolExecutionRequest... calls) {
        memory.add(UserMessage.from("北京天气怎么样？"));
        memory.add(AiMessage.from(calls));
        memory.add(UserMessage.from("Are you there?"));
        return memory.messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(message -> ((ToolExecutionResultMessage) message).text())
                .toList();
    }
}
