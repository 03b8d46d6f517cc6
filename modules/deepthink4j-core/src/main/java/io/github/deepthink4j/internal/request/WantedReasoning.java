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

    private WantedReasoning() {}

    /**
     * @param messages a whole conversation, in order
     * @param hasTools whether the request that carries them has tools
     * @return the places of the assistant messages whose reasoning that request wants, if it is thought over
     */
    public static BitSet in(List<ChatMessage> messages, ReasoningReplay replay, boolean hasTools) {
        BitSet wanted = new BitSet(messages.size());
        if (replay == ReasoningReplay.FORBIDDEN) {
            return wanted;
        }
        if (replay == ReasoningReplay.WITH_TOOLS && hasTools) {
            markAssistant(messages, 0, messages.size(), wanted);
            return wanted;
        }
        for (int start = 0, end; start < messages.size(); start = end) {
            end = endOfTurn(messages, start);
            boolean inProgress = end == messages.size();
            if (callsTools(messages, start, end) && (inProgress || replay != ReasoningReplay.WITHIN_TURN)) {
                markAssistant(messages, start, end, wanted);
            }
        }
        return wanted;
    }

    /** The places of all assistant messages since the last user message. */
    public static BitSet ofTheLastTurn(List<ChatMessage> messages) {
        BitSet last = new BitSet(messages.size());
        for (int start = 0, end; start < messages.size(); start = end) {
            end = endOfTurn(messages, start);
            if (end == messages.size()) {
                markAssistant(messages, start, end, last);
            }
        }
        return last;
    }

    private static int endOfTurn(List<ChatMessage> messages, int start) {
        int end = start + 1;
        while (end < messages.size() && !(messages.get(end) instanceof UserMessage)) {
            end++;
        }
        return end;
    }

    private static boolean callsTools(List<ChatMessage> messages, int start, int end) {
        return messages.subList(start, end).stream()
                .anyMatch(message -> message instanceof AiMessage ai && ai.hasToolExecutionRequests());
    }

    private static void markAssistant(List<ChatMessage> messages, int start, int end, BitSet wanted) {
        for (int i = start; i < end; i++) {
            if (messages.get(i) instanceof AiMessage) {
                wanted.set(i);
            }
        }
    }
}
