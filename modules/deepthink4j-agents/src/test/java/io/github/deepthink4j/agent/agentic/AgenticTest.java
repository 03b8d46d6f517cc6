package io.github.deepthink4j.agent.agentic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.agentic.scope.ResultWithAgenticScope;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.github.deepthink4j.agent.RoleBrain;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our models and our planner in LangChain4j's agentic systems. */
@Timeout(30)
class AgenticTest {

    public interface Reasoner {
        @UserMessage("Plan how to answer: {{question}}. The last review: {{review}}")
        @Agent(description = "plans", outputKey = "plan")
        String plan(@V("question") String question, @V("review") String review);
    }

    public interface Actor {
        @UserMessage("Answer {{question}} by this plan: {{plan}}")
        @Agent(description = "acts", outputKey = "answer")
        String act(@V("question") String question, @V("plan") String plan);
    }

    public interface Reviewer {
        @UserMessage("Review this answer to {{question}}: {{answer}}")
        @Agent(description = "reviews", outputKey = "review")
        String review(@V("question") String question, @V("answer") String answer);
    }

    public interface Solver {
        @UserMessage("Solve: {{question}}")
        @Agent(description = "solves", outputKey = "answer")
        String solve(@V("question") String question);
    }

    private final DeepSeekSimulator r1 = DeepSeekSimulator.as(Generation.R1);
    private final DeepSeekSimulator chat = DeepSeekSimulator.as(Generation.V3_2);

    @AfterEach
    void close() {
        r1.close();
        chat.close();
    }

    private ChatModel reasoner() {
        return DeepSeekChatModel.builder()
                .baseUrl(r1.baseUrl())
                .apiKey("test")
                .modelName("deepseek-reasoner")
                .build();
    }

    private ChatModel chatter() {
        return DeepSeekChatModel.builder()
                .baseUrl(chat.baseUrl())
                .apiKey("test")
                .modelName("deepseek-chat")
                .build();
    }

    private UntypedAgent system(int maxRounds) {
        return AgenticServices.plannerBuilder()
                .subAgents(
                        AgenticServices.agentBuilder(Reasoner.class)
                                .chatModel(reasoner())
                                .build(),
                        AgenticServices.agentBuilder(Actor.class)
                                .chatModel(chatter())
                                .build(),
                        AgenticServices.agentBuilder(Reviewer.class)
                                .chatModel(reasoner())
                                .build())
                .planner(ReasonActReviewPlanner.builder().maxRounds(maxRounds)::build)
                .build();
    }

    @Test
    void should_reason_act_and_review() {
        r1.respond(Answer.text("Just say it"), Answer.text("Approved."));
        chat.respond(Answer.text("Berlin"));

        Object result = system(3).invoke(Map.of("question", "Capital of Germany?"));

        assertThat(result).isEqualTo("Berlin");
        assertThat(r1.requests().get(0).lastUserText()).contains("(no review yet)");
        assertThat(chat.lastRequest().lastUserText()).contains("Just say it");
        assertThat(r1.requests().get(1).lastUserText()).contains("Berlin");
    }

    @Test
    void should_do_it_again_as_the_review_says() {
        r1.respond(
                Answer.text("Guess"),
                Answer.text("Wrong: that is in Austria"),
                Answer.text("Look it up"),
                Answer.text("approved"));
        chat.respond(Answer.text("Vienna"), Answer.text("Berlin"));

        ResultWithAgenticScope<String> result =
                system(3).invokeWithAgenticScope(Map.of("question", "Capital of Germany?"));

        assertThat(result.result()).isEqualTo("Berlin");
        assertThat(result.agenticScope().readState(ReasonActReviewPlanner.ACCEPTED))
                .isEqualTo(true);
        assertThat(r1.requests().get(2).lastUserText()).contains("Wrong: that is in Austria");
        assertThat(r1.requests()).hasSize(4);
        assertThat(chat.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"通过。", "同意，可以发布", "已批准", "审核通过：答案正确"})
    void should_understand_an_approval_in_chinese(String approval) {
        r1.respond(Answer.text("直接回答"), Answer.text(approval));
        chat.respond(Answer.text("柏林"));

        Object result = system(3).invoke(Map.of("question", "德国的首都是哪里？"));

        assertThat(result).isEqualTo("柏林");
        assertThat(r1.requests().get(0).lastUserText()).contains("（还没有评审意见）");
        assertThat(chat.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"不通过：那是奥地利的首都", "不同意", "通过不了", "未批准"})
    void should_understand_a_refusal_in_chinese(String refusal) {
        r1.respond(Answer.text("猜"), Answer.text(refusal), Answer.text("查"), Answer.text("通过"));
        chat.respond(Answer.text("维也纳"), Answer.text("柏林"));

        assertThat(system(3).invoke(Map.of("question", "德国的首都是哪里？"))).isEqualTo("柏林");
    }

    @Test
    void should_stop_after_the_last_round() {
        r1.brain(request -> Answer.text("No"));
        chat.brain(request -> Answer.text("Vienna"));

        ResultWithAgenticScope<String> result =
                system(2).invokeWithAgenticScope(Map.of("question", "Capital of Germany?"));

        assertThat(result.result()).isEqualTo("Vienna");
        assertThat(result.agenticScope().readState(ReasonActReviewPlanner.ACCEPTED))
                .isEqualTo(false);
        assertThat(chat.requests()).hasSize(2);
    }

    @Test
    void should_want_three_agents() {
        UntypedAgent tooFew = AgenticServices.plannerBuilder()
                .subAgents(AgenticServices.agentBuilder(Solver.class)
                        .chatModel(chatter())
                        .build())
                .planner(ReasonActReviewPlanner.builder()::build)
                .build();

        assertThatThrownBy(() -> tooFew.invoke(Map.of("question", "?")))
                .hasStackTraceContaining("at least three sub-agents");
    }

    @Test
    void should_resume_where_it_was() {
        ReasonActReviewPlanner planner = ReasonActReviewPlanner.builder().build();

        planner.restoreExecutionState(Map.of("round", 2, "cursor", 1));

        assertThat(planner.executionState()).isEqualTo(Map.of("round", 2, "cursor", 1));
    }

    @Test
    void should_pick_a_model_by_what_is_in_the_scope() {
        r1.brain(request -> Answer.text("thought over"));
        chat.brain(request -> Answer.text("at once"));
        UntypedAgent byPredicate = AgenticServices.sequenceBuilder()
                .subAgents(AgenticServices.agentBuilder(Solver.class)
                        .chatModel(Reasoners.pick(
                                scope -> scope.readState("question", "").length() > 20, reasoner(), chatter()))
                        .build())
                .outputKey("answer")
                .build();
        UntypedAgent byValue = AgenticServices.sequenceBuilder()
                .subAgents(AgenticServices.agentBuilder(Solver.class)
                        .chatModel(Reasoners.pick("level", Map.of("hard", reasoner()), chatter()))
                        .build())
                .outputKey("answer")
                .build();

        assertThat(byPredicate.invoke(Map.of("question", "Short?"))).isEqualTo("at once");
        assertThat(byPredicate.invoke(Map.of("question", "A question that is long")))
                .isEqualTo("thought over");
        assertThat(byValue.invoke(Map.of("question", "?", "level", "hard"))).isEqualTo("thought over");
        assertThat(byValue.invoke(Map.of("question", "?", "level", "easy"))).isEqualTo("at once");
        assertThat(byValue.invoke(Map.of("question", "?"))).isEqualTo("at once");
    }

    @Test
    void should_be_a_model_of_a_supervisor_that_calls_agents() {
        ChatModel routed = ToolRoutingChatModel.builder()
                .reasoner(reasoner())
                .toolCaller(chatter())
                .build();
        chat.brain(new RoleBrain(request -> Answer.text(
                request.lastUserText().contains("Solve")
                        ? "42"
                        : request.body().path("messages").toString().contains("42")
                                ? "{\"agentName\": \"done\", \"arguments\": {\"response\": \"42\"}}"
                                : "{\"agentName\": \"solve\", \"arguments\": {\"question\": \"6 times 7\"}}")));
        r1.brain(request -> Answer.text("42"));

        String result = AgenticServices.supervisorBuilder()
                .chatModel(routed)
                .subAgents(List.of(AgenticServices.agentBuilder(Solver.class)
                                .chatModel(routed)
                                .build())
                        .toArray())
                .build()
                .invoke("What is 6 times 7?");

        assertThat(result).contains("42");
    }
}
