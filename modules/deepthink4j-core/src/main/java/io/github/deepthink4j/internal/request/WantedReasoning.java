package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.profile.ReasoningReplay;
import java.util.BitSet;
import java.util.List;

/**
 * Which assistant messages a model wants to see the reasoning of (docs/protocol.md, section 1.3). The one place that
 * reads {@link ReasoningReplay}: what is sent, what is remembered and what is counted follow from it.
 */
public final class WantedReasoning {

    /** Whether the reasoning of a turn is wanted. */
    @FunctionalInterface
    public interface TurnRule {
        boolean wants(boolean callsTools, boolean inProgress);
    }

    private WantedReasoning() {}

    /**
     * @param hasTools whether the request has tools
     */
    public static TurnRule rule(ReasoningReplay replay, boolean hasTools) {
        return switch (replay) {
            case FORBIDDEN -> (callsTools, inProgress) -> false;
            case WITHIN_TURN -> (callsTools, inProgress) -> callsTools && inProgress;
            case TOOL_TURNS -> (callsTools, inProgress) -> callsTools;
            case WITH_TOOLS -> (callsTools, inProgress) -> callsTools || hasTools;
        };
    }

    /**
     * @param messages a whole conversation, in order
     * @param hasTools whether the request that carries them has tools
     * @return the places of the assistant messages whose reasoning that request wants, if it is thought over
     */
    public static BitSet in(List<ChatMessage> messages, ReasoningReplay replay, boolean hasTools) {
        return in(messages, rule(replay, hasTools));
    }

    /** The same by a rule, turn by turn; what stands before the first turn is judged like one. */
    public static BitSet in(List<ChatMessage> messages, TurnRule rule) {
        BitSet wanted = new BitSet(messages.size());
        for (int start = 0, end; start < messages.size(); start = end) {
            boolean callsTools = callsTools(messages.get(start));
            end = start + 1;
            while (end < messages.size() && !(messages.get(end) instanceof UserMessage)) {
                callsTools |= callsTools(messages.get(end));
                end++;
            }
            if (rule.wants(callsTools, end == messages.size())) {
                markAssistant(messages, start, end, wanted);
            }
        }
        return wanted;
    }

    private static boolean callsTools(ChatMessage message) {
        return message instanceof AiMessage ai && ai.hasToolExecutionRequests();
    }

    private static void markAssistant(List<ChatMessage> messages, int start, int end, BitSet wanted) {
        for (int i = start; i < end; i++) {
            if (messages.get(i) instanceof AiMessage) {
                wanted.set(i);
            }
        }
    }
}
