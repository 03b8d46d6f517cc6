package io.github.deepthink4j.memory;

import dev.langchain4j.model.TokenCountEstimator;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import org.jspecify.annotations.Nullable;

/**
 * How much may be remembered at this moment; {@code null} for no limit of that kind.
 *
 * @param maxMessages the system message included
 * @param maxTurns    user messages with all that answers them
 * @param maxTokens   by {@code estimator}
 */
record Limits(
        @Nullable Integer maxMessages,
        @Nullable Integer maxTurns,
        @Nullable Integer maxTokens,
        TokenCountEstimator estimator) {

    /** How nothing is measured, so that whatever is added is measured for these limits. */
    Measure none() {
        return maxTokens != null && estimator instanceof DeepSeekTokenCountEstimator additive
                ? new Measure(0, 0, additive.runningCount())
                : Measure.UNCOUNTED;
    }

    /**
     * How many of the oldest parts have to go until the rest is within all limits. The last one always stays.
     */
    int partsToEvict(Conversation conversation) {
        int parts = conversation.parts();
        if (parts < 2 || fits(conversation, 0)) {
            return 0;
        }
        // The more parts go, the fewer tokens are left. One too many is the usual case, so it is tried first.
        if (fits(conversation, 1)) {
            return 1;
        }
        int tooFew = 1;
        int enough = parts - 1;
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) >>> 1;
            if (fits(conversation, middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    private boolean fits(Conversation conversation, int evicted) {
        return exceeded(conversation, evicted) == null;
    }

    /** Which limit the conversation is over without its oldest parts, in words; {@code null} if none. */
    @Nullable
    String exceeded(Conversation conversation, int evicted) {
        Measure left = conversation.measureWithout(evicted);
        if (maxMessages != null && left.messages() > maxMessages) {
            return left.messages() + " messages, and at most " + maxMessages + " are to be kept";
        }
        if (maxTurns != null && left.turns() > maxTurns) {
            return left.turns() + " turns, and at most " + maxTurns + " are to be kept";
        }
        if (maxTokens != null && left.messages() > 0) {
            int tokens = left.tokens() != null
                    ? left.tokens().estimate()
                    : estimator.estimateTokenCountInMessages(
                            conversation.without(evicted).messages());
            return tokens > maxTokens ? tokens + " tokens, and at most " + maxTokens + " are to be kept" : null;
        }
        return null;
    }
}
