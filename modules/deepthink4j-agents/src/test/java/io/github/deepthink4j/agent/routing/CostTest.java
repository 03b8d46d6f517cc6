package io.github.deepthink4j.agent.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.RoleBrain;
import io.github.deepthink4j.agent.consensus.ConsensusChatModel;
import io.github.deepthink4j.agent.structure.ReasonThenStructure;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What each pattern costs in calls and tokens for one question, by the simulator's figures. It prints the rows of the table in
 * docs/agents.md, and fails if the calls there are not these.
 */
@Timeout(30)
class CostTest {

    private static final String QUESTION = "How is the weather in Munich, and do I need an umbrella?";

    interface Assistant {
        Result<String> chat(String question);
    }

    static final class Weather {

        @Tool("The weather in a city")
        String getWeather(@P("the city") String city) {
            return "Rain from noon on, 12 degrees, wind from the west";
        }
    }

    private final Duo duo = new Duo();

    @AfterEach
    void close() {
        duo.close();
    }

    /** One call of the tool, then an answer of one sentence; a thought of three where it thinks. */
    private static Answer reply(SimulatedRequest request) {
        Answer thought =
                Answer.thinking("The person wants the weather. A tool knows it. Then I say what follows from it.");
        boolean called = request.body().path("messages").toString().contains("Rain from noon on");
        if (RoleBrain.isForPlan(request)) {
            return thought.thenText("1. Call getWeather for Munich. 2. If it rains, an umbrella is needed.");
        }
        if (request.hasTools() && !called) {
            return thought.andToolCall("getWeather", "{\"city\": \"Munich\"}");
        }
        if (request.lastUserText().contains("the one word done")) {
            return thought.thenText("done");
        }
        return thought.thenText("It rains from noon on, so take an umbrella.");
    }

    private String row(String pattern, String calls, TokenUsage usage) {
        int asked = duo.r1.requests().size() + duo.chat.requests().size();
        assertThat(Stream.concat(duo.r1.requests().stream(), duo.chat.requests().stream()))
                .extracting(SimulatedRequest::status)
                .containsOnly(200);
        assertThat(String.valueOf(asked)).isEqualTo(calls);
        String row = "| " + pattern + " | " + calls + " | " + usage.inputTokenCount() + " | " + usage.outputTokenCount()
                + " |";
        System.out.println("CostTest: " + row);
        return row;
    }

    private void assertDocumented(String row) throws Exception {
        assertThat(Files.readString(Path.of("../../docs/agents.md"))).contains(row);
    }

    private TokenUsage ask(ChatModel model) {
        duo.r1.brain(CostTest::reply);
        duo.chat.brain(CostTest::reply);
        return AiServices.builder(Assistant.class)
                .chatModel(model)
                .tools(new Weather())
                .build()
                .chat(QUESTION)
                .tokenUsage();
    }

    @Test
    void should_cost_as_documented_with_tools() throws Exception {
        assertDocumented(row("tool caller alone", "2", ask(duo.toolCaller().build())));
    }

    @Test
    void should_cost_as_documented_when_routed() throws Exception {
        assertDocumented(row("`ROUTE`", "2", ask(duo.blocking().build())));
    }

    @Test
    void should_cost_as_documented_when_planned() throws Exception {
        ToolRoutingChatModel.Builder planned = duo.blocking().strategy(ToolStrategy.PLAN_CALL_ANSWER);

        assertDocumented(row("`PLAN_CALL_ANSWER`", "4", ask(planned.build())));
    }

    @Test
    void should_cost_as_documented_with_a_plan_only() throws Exception {
        ToolRoutingChatModel.Builder planned =
                duo.blocking().strategy(ToolStrategy.PLAN_CALL_ANSWER).answer(false);

        assertDocumented(row("`PLAN_CALL_ANSWER`, plan only", "3", ask(planned.build())));
    }

    @Test
    void should_cost_as_documented_with_an_answer_only() throws Exception {
        ToolRoutingChatModel.Builder planned =
                duo.blocking().strategy(ToolStrategy.PLAN_CALL_ANSWER).plan(false);

        assertDocumented(row("`PLAN_CALL_ANSWER`, answer only", "3", ask(planned.build())));
    }

    @Test
    void should_cost_as_documented_without_tools() throws Exception {
        duo.r1.brain(CostTest::reply);

        assertDocumented(row(
                "reasoner alone, no tools",
                "1",
                duo.reasoner().build().chat(UserMessage.from(QUESTION)).tokenUsage()));
    }

    @Test
    void should_cost_as_documented_by_vote() throws Exception {
        duo.r1.brain(CostTest::reply);
        ChatModel consensus = ConsensusChatModel.builder()
                .part(duo.reasoner().build())
                .samples(5)
                .maxParallel(1)
                .build();

        assertDocumented(row(
                "consensus of 5, all agree",
                "3",
                consensus.chat(UserMessage.from(QUESTION)).tokenUsage()));
    }

    @Test
    void should_cost_as_documented_in_a_form() throws Exception {
        duo.r1.brain(CostTest::reply);
        DeepSeekSimulator structurer = duo.chat.brain(request -> Answer.text("{\"umbrella\": true}"));
        ChatModel model = ReasonThenStructure.builder()
                .reasoner(duo.reasoner().build())
                .structurer(duo.toolCaller().build())
                .build();

        TokenUsage usage = model.chat(ChatRequest.builder()
                        .messages(UserMessage.from(QUESTION))
                        .responseFormat(ResponseFormat.JSON)
                        .build())
                .tokenUsage();

        assertThat(structurer.requests()).hasSize(1);
        assertDocumented(row("`ReasonThenStructure`", "2", usage));
    }
}
