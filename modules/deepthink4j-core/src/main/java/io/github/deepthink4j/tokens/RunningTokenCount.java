package io.github.deepthink4j.tokens;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.internal.request.WantedReasoning.TurnRule;

/**
 * How many tokens a request has, message by message: a {@link DeepSeekTokenCountEstimator} counts each message once, however
 * long the conversation is. A turn is a user message and everything that answers it. Immutable and thread-safe, as far as the
 * estimator's counter is.
 */
public final class RunningTokenCount {

    private final DeepSeekTokenCountEstimator estimator;
    private final TurnRule wantedReasoning;
    /** Of the turns that are over. */
    private final int over;
    /** Of the turn in progress, without its reasoning, which counts apart: whether it is wanted may change. */
    private final int open;

    private final int reasoning;
    private final boolean callsTools;

    RunningTokenCount(DeepSeekTokenCountEstimator estimator, TurnRule wantedReasoning) {
        this(estimator, wantedReasoning, 0, 0, 0, false);
    }

    private RunningTokenCount(
            DeepSeekTokenCountEstimator estimator,
            TurnRule wantedReasoning,
            int over,
            int open,
            int reasoning,
            boolean callsTools) {
        this.estimator = estimator;
        this.wantedReasoning = wantedReasoning;
        this.over = over;
        this.open = open;
        this.reasoning = reasoning;
        this.callsTools = callsTools;
    }

    /** With one message more at the end. */
    public RunningTokenCount plus(ChatMessage message) {
        int tokens = estimator.withoutReasoning(message);
        if (message instanceof UserMessage) {
            return new RunningTokenCount(estimator, wantedReasoning, ifOver(), tokens, 0, false);
        }
        // Where a turn that calls tools has it left out, every turn has.
        int thought = wantedReasoning.wants(true, true) ? estimator.reasoningOf(message) : 0;
        boolean calls = message instanceof AiMessage ai && ai.hasToolExecutionRequests();
        return new RunningTokenCount(
                estimator, wantedReasoning, over, open + tokens, reasoning + thought, callsTools || calls);
    }

    /**
     * With what comes next.
     *
     * @param next of the same estimator; it begins with a user message, or this has none
     */
    public RunningTokenCount plus(RunningTokenCount next) {
        return new RunningTokenCount(
                estimator, wantedReasoning, ifOver() + next.over, next.open, next.reasoning, next.callsTools);
    }

    /**
     * What is left without the beginning.
     *
     * @param beginning what this has grown from, before a user message was added or before there was any; or this itself
     */
    public RunningTokenCount minus(RunningTokenCount beginning) {
        return beginning == this
                ? new RunningTokenCount(estimator, wantedReasoning)
                : new RunningTokenCount(
                        estimator, wantedReasoning, over - beginning.ifOver(), open, reasoning, callsTools);
    }

    /**
     * What {@link DeepSeekTokenCountEstimator#estimateTokenCountInMessages} says of the same messages, by what has been learnt
     * until now.
     */
    public int estimate() {
        return estimator.estimate(over + open + (wantedReasoning.wants(callsTools, true) ? reasoning : 0));
    }

    /** All tokens, if no message joins the last turn any more. */
    private int ifOver() {
        return over + open + (wantedReasoning.wants(callsTools, false) ? reasoning : 0);
    }
}
