package io.github.deepthink4j.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeepSeekTokenCountEstimatorTest {

    private static final String THOUGHT = "t".repeat(1000);
    private static final int THOUGHT_TOKENS = 300;

    private final DeepSeekTokenCountEstimator estimator = DeepSeekTokenCountEstimator.of(ModelProfile.V4_1);

    private static AiMessage answer() {
        return AiMessage.builder().text("a").thinking(THOUGHT).build();
    }

    private static AiMessage call() {
        return AiMessage.builder()
                .thinking(THOUGHT)
                .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                        .id("1")
                        .name("look_up")
                        .arguments("{\"what\":\"it\"}")
                        .build()))
                .build();
    }

    private static ToolSpecification tool() {
        return ToolSpecification.builder()
                .name("look_up")
                .description("Looks something up")
                .parameters(JsonObjectSchema.builder().addStringProperty("what").build())
                .build();
    }

    @Test
    void should_count_text_by_the_documented_ratios() {
        assertThat(estimator.estimateTokenCountInText("")).isZero();
        assertThat(estimator.estimateTokenCountInText("a")).isEqualTo(1);
        assertThat(estimator.estimateTokenCountInText("e".repeat(1000))).isEqualTo(300);
        assertThat(estimator.estimateTokenCountInText("中".repeat(1000))).isEqualTo(600);
        assertThat(estimator.estimateTokenCountInText("e".repeat(500) + "中".repeat(500)))
                .isEqualTo(450);
        assertThat(estimator.estimateTokenCountInText("ü".repeat(10))).isEqualTo(3);
        assertThat(estimator.estimateTokenCountInText("ж".repeat(10))).isEqualTo(6);
    }

    @Test
    void should_count_reasoning_where_it_will_be_sent() {
        List<ChatMessage> talk = List.of(
                UserMessage.from("q"),
                answer(),
                UserMessage.from("q"),
                call(),
                ToolExecutionResultMessage.from("1", "look_up", "r"),
                answer(),
                UserMessage.from("q"),
                call(),
                ToolExecutionResultMessage.from("1", "look_up", "r"));
        int without = DeepSeekTokenCountEstimator.of(ModelProfile.R1).estimateTokenCountInMessages(talk);

        assertThat(thoughts(ModelProfile.CHAT, talk, without)).isZero();
        assertThat(thoughts(ModelProfile.V3_2, talk, without)).isEqualTo(1);
        assertThat(thoughts(ModelProfile.V4_PREVIEW, talk, without)).isEqualTo(3);
        assertThat(thoughts(ModelProfile.V4_1, talk, without)).isEqualTo(4);

        DeepSeekTokenCountEstimator noTools = DeepSeekTokenCountEstimator.builder()
                .profile(ModelProfile.V4_1)
                .hasTools(false)
                .build();
        assertThat(noTools.estimateTokenCountInMessages(talk)).isEqualTo(without + 3 * THOUGHT_TOKENS);
    }

    private static int thoughts(ModelProfile profile, List<ChatMessage> talk, int without) {
        return (DeepSeekTokenCountEstimator.of(profile).estimateTokenCountInMessages(talk) - without) / THOUGHT_TOKENS;
    }

    @Test
    void should_count_what_stands_around_the_texts() {
        assertThat(estimator.estimateTokenCountInMessage(SystemMessage.from("0123456789")))
                .isEqualTo(3);
        assertThat(estimator.estimateTokenCountInMessage(UserMessage.from("0123456789")))
                .isEqualTo(3 + MessageOverhead.USER);
        assertThat(estimator.estimateTokenCountInMessage(AiMessage.from("0123456789")))
                .isEqualTo(3 + MessageOverhead.ASSISTANT);
        assertThat(estimator.estimateTokenCountInMessage(ToolExecutionResultMessage.from("1", "x", "0123456789")))
                .isEqualTo(3 + MessageOverhead.TOOL_RESULT);
        assertThat(estimator.estimateTokenCountInMessages(
                        List.of(SystemMessage.from("0123456789"), UserMessage.from("0123456789"))))
                .isEqualTo(6 + MessageOverhead.USER + MessageOverhead.REQUEST);
    }

    @Test
    void should_count_tool_calls_pictures_and_tool_definitions() {
        assertThat(estimator.estimateTokenCountInMessage(call()))
                .isGreaterThan(THOUGHT_TOKENS + MessageOverhead.ASSISTANT + MessageOverhead.TOOL_CALL);
        assertThat(estimator.estimateTokenCountInMessage(UserMessage.from(
                        TextContent.from("0123456789"), ImageContent.from("https://example.com/a.png"))))
                .isEqualTo(3 + MessageOverhead.USER + DeepSeekTokenCountEstimator.MOST_OF_IMAGE);
        assertThat(estimator.estimateTokenCountInTools(List.of())).isZero();
        assertThat(estimator.estimateTokenCountInTools(List.of(tool()))).isGreaterThan(MessageOverhead.TOOLS);
        assertThat(estimator.estimateTokenCountInTools(
                        List.of(ToolSpecification.builder().name("bare").build())))
                .isGreaterThan(MessageOverhead.TOOLS);

        List<ChatMessage> question = List.of(UserMessage.from("q"));
        DeepSeekTokenCountEstimator withTools =
                DeepSeekTokenCountEstimator.builder().tools(List.of(tool())).build();
        int all = withTools.estimateTokenCountInMessages(question);
        assertThat(all)
                .isEqualTo(estimator.estimateTokenCountInMessages(question)
                        + estimator.estimateTokenCountInTools(List.of(tool())));
        assertThat(estimator.estimateTokenCountInRequest(ChatRequest.builder()
                        .messages(question)
                        .toolSpecifications(tool())
                        .build()))
                .isEqualTo(all);
    }

    @Test
    void should_learn_from_real_counts() {
        // given a server that counts a fifth less
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("e".repeat(10_000)))
                .build();
        int before = estimator.estimateTokenCountInRequest(request);

        // when
        estimator.calibrate(request, before * 4 / 5);

        // then
        assertThat(estimator.calibrationFactor()).isCloseTo(0.8, within(0.01));
        assertThat(estimator.estimateTokenCountInRequest(request)).isCloseTo(before * 4 / 5, within(1));
        assertThat(estimator.estimateTokenCountInText("e".repeat(1000))).isCloseTo(240, within(2));

        // when it counts differently from now on
        for (int i = 0; i < 30; i++) {
            estimator.calibrate(request, before * 6 / 5);
        }

        // then
        assertThat(estimator.calibrationFactor()).isCloseTo(1.2, within(0.02));
    }

    @Test
    void should_not_believe_a_count_that_belongs_to_something_else() {
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("Hi")).build();

        estimator.calibrate(request, 100_000);
        estimator.calibrate(request, 0);

        assertThat(estimator.calibrationFactor()).isEqualTo(1);
    }

    @Test
    void should_learn_as_a_listener_of_a_model() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.thinking("t").thenText("a"));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .listeners(List.of(estimator))
                    .build();
            ChatRequest request = ChatRequest.builder()
                    .messages(UserMessage.from("What does a simulator count here, and how well do we guess it?"))
                    .build();

            int counted = model.chat(request).metadata().tokenUsage().inputTokenCount();

            assertThat(estimator.calibrationFactor()).isNotEqualTo(1);
            assertThat(estimator.estimateTokenCountInRequest(request)).isCloseTo(counted, within(1));
        }
    }
}
