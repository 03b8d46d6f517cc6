package io.github.deepthink4j.agent.tck;

import io.github.deepthink4j.agent.RoleBrain;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.tck.Served;
import io.github.deepthink4j.tck.TckBrain;
import io.github.deepthink4j.tck.Turn;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.util.List;
import java.util.stream.Stream;

/** A reasoner and a tool caller, as the kits meet them. */
enum Routed {
    R1_AND_CHAT(Served.R1, Served.CHAT, ToolStrategy.ROUTE),
    R1_AND_CHAT_BY_PLAN(Served.R1, Served.CHAT, ToolStrategy.PLAN_CALL_ANSWER),
    V4_AND_V4(Served.V4, Served.V4, ToolStrategy.ROUTE),
    V4_AND_V4_BY_PLAN(Served.V4, Served.V4, ToolStrategy.PLAN_CALL_ANSWER),
    V41_AND_V41_BY_PLAN(Served.V4_1, Served.V4_1, ToolStrategy.PLAN_CALL_ANSWER);

    private final Served reasoner;
    private final Served toolCaller;
    private final ToolStrategy strategy;

    Routed(Served reasoner, Served toolCaller, ToolStrategy strategy) {
        this.reasoner = reasoner;
        this.toolCaller = toolCaller;
        this.strategy = strategy;
    }

    private void start() {
        Stream.of(reasoner, toolCaller).forEach(served -> served.simulator().brain(Routed::answer));
    }

    private static Answer answer(SimulatedRequest request) {
        if (RoleBrain.isForPlan(request)) {
            return Answer.thinking(RoleBrain.THOUGHT).thenText(RoleBrain.PLAN);
        }
        return new TckBrain(Routed::turn).answer(request);
    }

    private static Turn turn(SimulatedRequest request) {
        if (!RoleBrain.isForAnswer(request)) {
            return Turn.of(request);
        }
        List<String> results = RoleBrain.results(request);
        String last = results.isEmpty() ? "" : results.get(results.size() - 1);
        return new Turn(RoleBrain.question(request), results, last);
    }

    ToolRoutingChatModel blocking() {
        start();
        return ToolRoutingChatModel.builder()
                .reasoner(reasoner.blocking().modelName(reasoner.modelName()).build())
                .toolCaller(
                        toolCaller.blocking().modelName(toolCaller.modelName()).build())
                .strategy(strategy)
                .build();
    }

    ToolRoutingStreamingChatModel streaming() {
        start();
        return ToolRoutingStreamingChatModel.builder()
                .reasoner(reasoner.streaming().modelName(reasoner.modelName()).build())
                .toolCaller(
                        toolCaller.streaming().modelName(toolCaller.modelName()).build())
                .strategy(strategy)
                .build();
    }

    /** What the servers have answered, in all tests so far. */
    List<Integer> statuses() {
        return Stream.of(reasoner, toolCaller)
                .flatMap(served -> served.simulator().requests().stream())
                .map(request -> request.status())
                .toList();
    }

    Served toolCaller() {
        return toolCaller;
    }
}
