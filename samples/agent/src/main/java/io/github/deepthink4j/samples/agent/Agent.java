package io.github.deepthink4j.samples.agent;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.samples.agent.screen.Screen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Question after question: a reasoner plans and answers, a tool caller looks things up, and a person confirms what is done. */
final class Agent implements StepListener {

    private static final int REMEMBERED_TURNS = 20;
    private static final String WAITS_FOR_A_PERSON = "refundOrder";

    private final Screen screen;
    private final Stoppable model;
    private final ChatMemory memory = ReasoningChatMemory.withMaxTurns(REMEMBERED_TURNS);

    private final SupportAgent service;
    private volatile Turn turn;
    private boolean failed;

    Agent(Screen screen, Settings settings, Object tools, Duration toolLimit) {
        this.screen = screen;
        this.turn = new Turn(screen);
        this.model = new Stoppable(ToolRoutingStreamingChatModel.builder()
                .reasoner(model(settings.reasoner()))
                .toolCaller(model(settings.toolCaller()))
                .strategy(settings.planning() ? ToolStrategy.PLAN_CALL_ANSWER : ToolStrategy.ROUTE)
                .stepListener(this)
                .build());
        this.service = AiServices.builder(SupportAgent.class)
                .streamingChatModel(model)
                .chatMemory(memory)
                .tools(LimitedTool.of(tools, toolLimit, Set.of(WAITS_FOR_A_PERSON)))
                .toolArgumentsErrorHandler(LimitedTool::badArguments)
                .toolExecutionErrorHandler(LimitedTool::failed)
                .hallucinatedToolNameStrategy(call -> ToolExecutionResultMessage.from(
                        call, "There is no tool " + call.name() + ". Use the ones there are."))
                .build();
    }

    private static DeepSeekStreamingChatModel model(Settings.Model model) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(model.baseUrl())
                .apiKey(model.apiKey())
                .modelName(model.name())
                .build();
    }

    /** Until the input ends; the exit code. A script is told if one of its questions was not answered. */
    int run() {
        screen.line(
                "Ask about an order, a customer's orders, stock or a refund, such as: Where is order 1022? Ctrl-C stops an"
                        + " answer, Ctrl-D ends.");
        for (Optional<String> line = screen.read(); line.isPresent(); line = screen.read()) {
            String question = line.get().strip();
            if (question.equals("/quit")) {
                break;
            }
            if (!question.isEmpty() && !ask(question)) {
                return 1;
            }
        }
        return failed && !screen.isTerminal() ? 1 : 0;
    }

    /** {@code false} if it is of no use to go on. */
    private boolean ask(String question) {
        Turn now = new Turn(screen);
        turn = now;
        List<ChatMessage> before = memory.messages();
        model.reset();
        Turn.Outcome outcome = screen.interruptible(() -> stop(now), () -> {
            now.listenTo(service.answer(question));
            return now.await();
        });
        if (outcome != Turn.Outcome.ANSWERED) {
            // A question that got no answer is not part of the next one.
            memory.clear();
            memory.add(before);
        }
        failed |= outcome == Turn.Outcome.FAILED;
        return outcome != Turn.Outcome.FAILED || !(now.error() instanceof InvalidApiKeyException);
    }

    private void stop(Turn now) {
        // In this order: when the turn has ended the next one may begin, which must not be stopped.
        model.stop();
        now.stop();
    }

    @Override
    public void onStart(StepKind kind, String part, String modelName) {
        turn.onStart(kind, part, modelName);
    }

    @Override
    public void onEnd(Step step, ChatResponse response) {
        turn.onEnd(step, response);
    }
}
