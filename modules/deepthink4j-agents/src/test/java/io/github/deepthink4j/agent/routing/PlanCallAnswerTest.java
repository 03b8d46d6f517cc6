package io.github.deepthink4j.agent.routing;

import static io.github.deepthink4j.agent.Duo.requestWithTool;
import static io.github.deepthink4j.agent.Duo.weatherCall;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan, calls by it, and an answer from what came of them. */
@Timeout(30)
class PlanCallAnswerTest {

    private static final UserMessage QUESTION = UserMessage.from("How is the weather in Munich?");
    private static final Answer PLAN = Answer.thinking("A tool knows.").thenText("1. Call getWeather for Munich.");
    private static final Answer CALL = Answer.toolCall("getWeather", "{\"city\":\"Munich\"}");
    private static final Answer DONE = Answer.text("done");
    private static final Answer ANSWER = Answer.thinking("Sunny it is.").thenText("It is sunny in Munich.");

    private final Duo duo = new Duo();

    @AfterEach
    void close() {
        duo.close();
    }

    private ToolRoutingChatModel.Builder model() {
        return duo.blocking().strategy(ToolStrategy.PLAN_CALL_ANSWER);
    }

    private static ToolExecutionResultMessage sunny(AiMessage call) {
        return ToolExecutionResultMessage.from(call.toolExecutionRequests().get(0), "sunny");
    }

    @Test
    void should_plan_call_and_answer() {
        duo.r1.respond(PLAN, ANSWER);
        duo.chat.respond(CALL, DONE);
        ChatModel model = model().build();

        ChatResponse called = model.chat(requestWithTool(QUESTION));
        AiMessage call = called.aiMessage();
        ChatResponse answered = model.chat(requestWithTool(QUESTION, call, sunny(call)));

        assertThat(call.text()).isNull();
        assertThat(call.thinking()).isNull();
        assertThat(call.toolExecutionRequests()).hasSize(1);
        assertThat(Provenance.of(call))
                .contains(new Provenance("tool caller", "deepseek-chat", "1. Call getWeather for Munich."));
        assertThat(answered.aiMessage().text()).isEqualTo("It is sunny in Munich.");
        assertThat(answered.aiMessage().thinking()).isEqualTo("Sunny it is.");
        assertThat(Provenance.of(answered.aiMessage())).contains(new Provenance("reasoner", "deepseek-reasoner", null));
        assertThat(kinds(called)).containsExactly(StepKind.PLAN, StepKind.CALL);
        assertThat(kinds(answered)).containsExactly(StepKind.CALL, StepKind.ANSWER);
    }

    @Test
    void should_tell_each_part_what_it_needs_to_know() {
        duo.r1.respond(PLAN, ANSWER);
        duo.chat.respond(CALL, DONE);
        ChatModel model = model().build();

        AiMessage call = model.chat(requestWithTool(QUESTION)).aiMessage();
        model.chat(requestWithTool(QUESTION, call, sunny(call)));

        SimulatedRequest forPlan = duo.r1.requests().get(0);
        assertThat(forPlan.hasTools()).isFalse();
        assertThat(forPlan.lastUserText())
                .startsWith("How is the weather in Munich?")
                .contains("- getWeather: The weather in a city (arguments: {")
                .contains("Do not answer this yet");
        for (SimulatedRequest forCall : duo.chat.requests()) {
            assertThat(forCall.toolNames()).containsExactly("getWeather");
            assertThat(forCall.lastUserText())
                    .contains("How is the weather in Munich?")
                    .contains("1. Call getWeather for Munich.")
                    .contains("say the one word done");
        }
        SimulatedRequest forAnswer = duo.r1.requests().get(1);
        assertThat(forAnswer.hasTools()).isFalse();
        assertThat(forAnswer.lastUserText())
                .contains("The tool getWeather returned:\nsunny")
                .contains("Answer my question now")
                .contains("1. Call getWeather for Munich.");
        assertThat(forAnswer.body().path("messages").toString()).doesNotContain("reasoning_content");
    }

    @Test
    void should_send_the_same_beginning_in_each_round_so_that_it_is_cached() {
        duo.r1.respond(PLAN, ANSWER);
        duo.chat.respond(CALL, CALL, DONE);
        ChatModel model = model().build();

        AiMessage first = model.chat(requestWithTool(QUESTION)).aiMessage();
        AiMessage second =
                model.chat(requestWithTool(QUESTION, first, sunny(first))).aiMessage();
        model.chat(requestWithTool(QUESTION, first, sunny(first), second, sunny(second)));

        JsonNode one = duo.chat.requests().get(1).body().path("messages");
        JsonNode two = duo.chat.requests().get(2).body().path("messages");
        for (int i = 0; i < one.size(); i++) {
            assertThat(two.get(i)).isEqualTo(one.get(i));
        }
    }

    @Test
    void should_sum_the_usage_of_all_steps() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL);

        ChatResponse response = model().build().chat(requestWithTool(QUESTION));

        List<Step> steps = ((CombinedChatResponseMetadata) response.metadata()).steps();
        int sum = steps.stream()
                .mapToInt(step -> step.tokenUsage().totalTokenCount())
                .sum();
        assertThat(response.metadata().tokenUsage().totalTokenCount()).isEqualTo(sum);
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.tokenUsage().totalTokenCount()).isPositive();
            assertThat(step.time()).isPositive();
        });
        assertThat(steps).extracting(Step::modelName).containsExactly("deepseek-reasoner", "deepseek-chat");
        CombinedChatResponseMetadata rebuilt = (CombinedChatResponseMetadata)
                response.metadata().toBuilder().id("other").build();
        assertThat(rebuilt.steps()).isEqualTo(steps);
    }

    @Test
    void should_remember_the_plan_through_a_memory_that_serializes() {
        duo.r1.respond(PLAN, ANSWER);
        duo.chat.respond(CALL, DONE);
        ChatModel model = model().build();
        AiMessage call = model.chat(requestWithTool(QUESTION)).aiMessage();

        String stored = ChatMessageSerializer.messagesToJson(List.of(QUESTION, call, sunny(call)));
        List<ChatMessage> restored = ChatMessageDeserializer.messagesFromJson(stored);
        model.chat(requestWithTool(restored.toArray(ChatMessage[]::new)));

        assertThat(Provenance.of((AiMessage) restored.get(1))).isEqualTo(Provenance.of(call));
        assertThat(duo.r1.requests().get(1).lastUserText()).contains("1. Call getWeather for Munich.");
    }

    @Test
    void should_never_send_who_made_a_message() {
        duo.r1.respond(PLAN, ANSWER, Answer.text("Welcome"));
        duo.chat.respond(CALL, DONE);
        ChatModel model = model().build();

        AiMessage call = model.chat(requestWithTool(QUESTION)).aiMessage();
        AiMessage answer =
                model.chat(requestWithTool(QUESTION, call, sunny(call))).aiMessage();
        model.chat(Duo.request(QUESTION, call, sunny(call), answer, UserMessage.from("Thanks")));

        assertThat(Stream.concat(duo.r1.requests().stream(), duo.chat.requests().stream()))
                .hasSize(5)
                .allSatisfy(request -> assertThat(new String(request.rawBody(), StandardCharsets.UTF_8))
                        .doesNotContain("made_by")
                        .doesNotContain("tool caller"));
    }

    @Test
    void should_leave_the_plan_out() {
        duo.r1.respond(ANSWER);
        duo.chat.respond(CALL, DONE);
        ChatModel model = model().plan(false).build();

        AiMessage call = model.chat(requestWithTool(QUESTION)).aiMessage();
        ChatResponse answered = model.chat(requestWithTool(QUESTION, call, sunny(call)));

        assertThat(answered.aiMessage().text()).isEqualTo("It is sunny in Munich.");
        assertThat(duo.r1.requests()).hasSize(1);
        assertThat(duo.chat.requests().get(0).lastUserText()).doesNotContain("plan");
    }

    @Test
    void should_leave_the_answer_to_the_tool_caller() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL, Answer.text("Sunny!"));
        ChatModel model = model().answer(false).build();

        AiMessage call = model.chat(requestWithTool(QUESTION)).aiMessage();
        ChatResponse answered = model.chat(requestWithTool(QUESTION, call, sunny(call)));

        assertThat(answered.aiMessage().text()).isEqualTo("Sunny!");
        assertThat(Provenance.of(answered.aiMessage())).map(Provenance::part).contains("tool caller");
        assertThat(duo.r1.requests()).hasSize(1);
        assertThat(duo.chat.requests().get(1).lastUserText()).doesNotContain("one word done");
    }

    @Test
    void should_answer_at_once_where_no_tool_is_called() {
        duo.r1.respond(PLAN, Answer.text("Hello"));
        duo.chat.respond(DONE);

        ChatResponse response = model().build().chat(requestWithTool(UserMessage.from("Hi")));

        assertThat(response.aiMessage().text()).isEqualTo("Hello");
        assertThat(kinds(response)).containsExactly(StepKind.PLAN, StepKind.CALL, StepKind.ANSWER);
        assertThat(duo.r1.requests().get(1).lastUserText()).isEqualTo("Hi");
    }

    @Test
    void should_leave_an_answer_in_json_to_the_part_that_has_it() {
        duo.r1.respond(PLAN);
        duo.chat.respond(CALL, Answer.text("{\"weather\": \"sunny\"}"));
        ChatModel model = model().build();
        ChatRequest first = requestWithTool(QUESTION);

        AiMessage call = model.chat(json(first)).aiMessage();
        ChatResponse answered = model.chat(json(requestWithTool(QUESTION, call, sunny(call))));

        assertThat(answered.aiMessage().text()).isEqualTo("{\"weather\": \"sunny\"}");
        assertThat(duo.r1.requests()).hasSize(1);
        assertThat(duo.chat
                        .lastRequest()
                        .body()
                        .path("response_format")
                        .path("type")
                        .asText())
                .isEqualTo("json_object");
    }

    private static ChatRequest json(ChatRequest request) {
        return ChatRequest.builder()
                .messages(request.messages())
                .toolSpecifications(request.toolSpecifications())
                .responseFormat(ResponseFormat.JSON)
                .build();
    }

    @Test
    void should_go_on_without_the_plan_where_a_memory_has_dropped_it() {
        duo.r1.respond(ANSWER);
        duo.chat.respond(DONE);
        AiMessage call = AiMessage.from(weatherCall("1"));

        ChatResponse response = model().build().chat(requestWithTool(call, sunny(call)));

        assertThat(response.aiMessage().text()).isEqualTo("It is sunny in Munich.");
    }

    private static List<StepKind> kinds(ChatResponse response) {
        return ((CombinedChatResponseMetadata) response.metadata())
                .steps().stream().map(Step::kind).toList();
    }
}
