package io.github.deepthink4j.agent.routing;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.Needs;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.agent.internal.Turn;
import io.github.deepthink4j.profile.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a reasoner and a tool caller that answer one request. What has to outlive the request, the plan, travels in the
 * messages, since any memory keeps those.
 */
final class RoutedTurn<M> implements Turn<M> {

    private final ToolRouting<M> routing;
    private final ChatRequest request;
    private final RoutingPrompts prompts;
    private final Set<Feature> needs;
    private final boolean answersLast;

    private PartCall<M> current;
    private @Nullable String plan;

    /** Throws at once if no part can do what will be needed. */
    RoutedTurn(ToolRouting<M> routing, ChatRequest request) {
        this.routing = routing;
        this.request = request;
        this.prompts = routing.promptsFor(request);
        this.needs = Needs.of(request);
        boolean inThreeSteps = routing.strategy() == ToolStrategy.PLAN_CALL_ANSWER
                && needs.contains(Feature.TOOLS)
                && (lastMessage() instanceof UserMessage || lastMessage() instanceof ToolExecutionResultMessage);
        this.answersLast = inThreeSteps && routing.answerLast() && reasonerCan(Feature.TOOLS);
        this.plan = PartRequests.planOfThisTurn(request.messages()).orElse(null);
        if (!inThreeSteps) {
            this.current = route();
        } else {
            PartCall<M> tools = callTools();
            boolean plans = routing.planFirst()
                    && lastMessage() instanceof UserMessage
                    && reasonerCan(Feature.TOOLS, Feature.JSON_MODE);
            this.current = plans ? thinkOutPlan() : tools;
        }
    }

    private ChatMessage lastMessage() {
        return request.messages().get(request.messages().size() - 1);
    }

    /** Whether the reasoner has all that the request needs, apart from these. */
    private boolean reasonerCan(Feature... apartFrom) {
        return Needs.can(routing.reasoner(), without(apartFrom), request);
    }

    private Set<Feature> without(Feature... features) {
        Set<Feature> rest = EnumSet.copyOf(EnumSet.allOf(Feature.class));
        rest.retainAll(needs);
        List.of(features).forEach(rest::remove);
        return rest;
    }

    @Override
    public PartCall<M> first() {
        return current;
    }

    @Override
    public @Nullable PartCall<M> next(ChatResponse response) {
        switch (current.kind()) {
            case PLAN -> {
                plan = textOf(response);
                current = callTools();
                return current;
            }
            case CALL -> {
                if (answersLast && !response.aiMessage().hasToolExecutionRequests()) {
                    current = answer();
                    return current;
                }
                return null;
            }
            default -> {
                return null;
            }
        }
    }

    private static @Nullable String textOf(ChatResponse response) {
        String text = response.aiMessage().text();
        return text == null || text.isBlank() ? null : text.strip();
    }

    private PartCall<M> route() {
        List<Part<M>> order = needs.contains(Feature.TOOLS)
                ? List.of(routing.toolCaller(), routing.reasoner())
                : List.of(routing.reasoner(), routing.toolCaller());
        return call(StepKind.ROUTE, Needs.firstThatCan(needs, request, order), request, false);
    }

    private PartCall<M> thinkOutPlan() {
        ChatRequest asked = PartRequests.addingToLastUserMessage(
                PartRequests.withoutTools(request, false),
                prompts.askForPlan(
                        request.toolSpecifications(), routing.promptLanguage().in(request.messages())));
        return call(StepKind.PLAN, routing.reasoner(), asked, true);
    }

    private PartCall<M> callTools() {
        // The format is for the answer, so for whoever writes it.
        ChatRequest asked = answersLast ? PartRequests.withoutFormat(request) : request;
        if (plan != null) {
            asked = PartRequests.addingToLastUserMessage(asked, prompts.tellPlan(plan));
        }
        if (answersLast) {
            asked = PartRequests.addingToLastUserMessage(asked, prompts.onlyCall());
        }
        Set<Feature> toCall = answersLast ? without(Feature.JSON_MODE) : needs;
        Part<M> caller = Needs.firstThatCan(toCall, request, List.of(routing.toolCaller(), routing.reasoner()));
        return call(StepKind.CALL, caller, asked, answersLast);
    }

    private PartCall<M> answer() {
        String words = plan == null ? prompts.answer() : prompts.askForAnswer(plan);
        ChatRequest asked = PartRequests.withoutTools(request, true);
        boolean toolsRan = lastMessage() instanceof ToolExecutionResultMessage;
        // Where no tool was called there is nothing to tell, and the question itself is the last word.
        return call(
                StepKind.ANSWER,
                routing.reasoner(),
                toolsRan ? PartRequests.adding(asked, UserMessage.from(words)) : asked,
                false);
    }

    private PartCall<M> call(StepKind kind, Part<M> part, ChatRequest asked, boolean draft) {
        return new PartCall<>(kind, part, PartRequests.fitted(asked, part, routing.promptLanguage()), draft);
    }

    @Override
    public ChatResponse result(ChatResponse last, StepLog log) {
        AiMessage message = last.aiMessage();
        boolean byPlan = current.kind() == StepKind.CALL && message.hasToolExecutionRequests();
        Provenance maker = new Provenance(current.part().name(), current.part().modelName(), byPlan ? plan : null);
        return ChatResponse.builder()
                .aiMessage(maker.on(message))
                .metadata(log.metadata(last.metadata()))
                .build();
    }
}
