package io.github.deepthink4j.agent;

import static io.github.deepthink4j.agent.Duo.requestWithTool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import io.github.deepthink4j.agent.routing.RoutingPrompts;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.agent.structure.ReasonThenStructure;
import io.github.deepthink4j.agent.structure.StructureMismatchException;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The parts are spoken to in the language of the conversation, or in the one that is set. */
@Timeout(30)
class ChinesePromptsTest {

    private static final Pattern ENGLISH_SENTENCE = Pattern.compile("[a-z]+ [a-z]+ [a-z]+");
    private static final UserMessage QUESTION = UserMessage.from("慕尼黑天气怎么样？");

    record Comparison(@JsonProperty(required = true) double winner) {}

    interface Comparer {
        Comparison compare(String question);
    }

    private final Duo duo = new Duo();

    @AfterEach
    void close() {
        duo.close();
    }

    private ToolRoutingChatModel.Builder routing() {
        return duo.blocking().strategy(ToolStrategy.PLAN_CALL_ANSWER);
    }

    private void runThrough(ChatModel model, UserMessage question) {
        duo.r1.respond(Answer.text("1. getWeather。"), Answer.text("晴。"));
        duo.chat.respond(Answer.toolCall("getWeather", "{\"city\":\"Munich\"}"), Answer.text("完成"));
        AiMessage call = model.chat(requestWithTool(question)).aiMessage();
        model.chat(requestWithTool(
                question,
                call,
                ToolExecutionResultMessage.from(call.toolExecutionRequests().get(0), "晴")));
    }

    @Test
    void should_plan_call_and_answer_in_chinese() {
        runThrough(routing().build(), QUESTION);

        assertThat(duo.r1.requests().get(0).lastUserText())
                .startsWith("慕尼黑天气怎么样？")
                .contains("先不要回答，只做计划")
                .contains("- getWeather：The weather in a city（参数：{");
        assertThat(duo.chat.requests().get(0).lastUserText())
                .contains("请用你的工具执行下面的计划", "1. getWeather。", "只说“完成”两个字")
                .doesNotContainPattern(ENGLISH_SENTENCE);
        assertThat(duo.r1.requests().get(1).lastUserText())
                .contains("工具 getWeather 返回：\n晴", "工具已经按你的计划调用完", "1. getWeather。")
                .doesNotContainPattern(ENGLISH_SENTENCE);
    }

    @Test
    void should_speak_the_language_that_is_set() {
        runThrough(routing().promptLanguage(PromptLanguage.ENGLISH).build(), QUESTION);
        runThrough(routing().promptLanguage(PromptLanguage.CHINESE).build(), UserMessage.from("How is the weather?"));

        assertThat(duo.r1.requests().get(0).lastUserText()).contains("Do not answer this yet");
        assertThat(duo.r1.requests().get(2).lastUserText()).contains("先不要回答，只做计划");
    }

    @Test
    void should_leave_prompts_of_the_user_as_they_are() {
        runThrough(routing().prompts(RoutingPrompts.DEFAULT).build(), QUESTION);

        assertThat(duo.r1.requests().get(0).lastUserText()).contains("Do not answer this yet");
    }

    private Comparer comparer() {
        return AiServices.create(
                Comparer.class,
                ReasonThenStructure.builder()
                        .reasoner(duo.reasoner().build())
                        .structurer(duo.toolCaller().build())
                        .build());
    }

    @Test
    void should_ask_for_json_and_its_repair_in_chinese() {
        duo.r1.respond(Answer.text("9.8 更大。"));
        duo.chat.respond(Answer.text("{}"), Answer.text("{\"winner\": 9.8}"));

        assertThat(comparer().compare("9.11和9.8哪个大?")).isEqualTo(new Comparison(9.8));

        assertThat(duo.r1.lastRequest().lastUserText())
                .startsWith("9.11和9.8哪个大?")
                .contains("请用文字回答，不要用 JSON");
        assertThat(duo.chat.requests().get(0).lastUserText())
                .startsWith("请把下面的回答写成 JSON")
                .contains("9.8 更大。");
        assertThat(duo.chat
                        .requests()
                        .get(0)
                        .body()
                        .path("messages")
                        .get(0)
                        .path("content")
                        .asText())
                .startsWith("只用一个 JSON 对象回答");
        assertThat(duo.chat.requests().get(1).lastUserText())
                .contains("这个 JSON 不符合要求：\n- ", "winner", "请重新写出完整的")
                .doesNotContainPattern(ENGLISH_SENTENCE);
    }

    @Test
    void should_say_in_chinese_that_an_answer_is_no_json() {
        duo.r1.respond(Answer.text("9.8 更大。"));
        duo.chat.respond(Answer.text("9.8"), Answer.text("{\"winner\": 9.8}"));

        comparer().compare("9.11和9.8哪个大?");

        assertThat(duo.chat.lastRequest().lastUserText()).contains("这个 JSON 不符合要求");
    }

    /** An exception is for those who run the program, whatever is spoken in it. */
    @Test
    void should_tell_the_developer_in_english() {
        duo.r1.respond(Answer.text("9.8 更大。"));
        duo.chat.respond(Answer.text("{}"), Answer.text("{}"));

        assertThatThrownBy(() -> comparer().compare("9.11和9.8哪个大?"))
                .isInstanceOf(StructureMismatchException.class)
                .hasMessageContaining("winner")
                .message()
                .doesNotContainPattern("\\p{IsHan}");
    }
}
