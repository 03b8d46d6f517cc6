package io.github.deepthink4j.internal.request;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Gives ids to tool calls that have none, and the same ones to their results: some vendors' models return calls without
 * an id, and DeepSeek matches results to calls by nothing else. The ids depend on the place alone, so that the same
 * history is the same bytes, and the same cache entry, each time.
 */
final class ToolCallIds {

    private ToolCallIds() {}

    static List<ChatMessage> fill(List<ChatMessage> messages) {
        List<ChatMessage> filled = new ArrayList<>(messages.size());
        Deque<String> unanswered = new ArrayDeque<>();
        int made = 0;
        for (ChatMessage message : messages) {
            if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
                unanswered.clear();
                List<ToolExecutionRequest> calls = new ArrayList<>();
                for (ToolExecutionRequest call : ai.toolExecutionRequests()) {
                    if (call.id() == null || call.id().isBlank()) {
                        String id = "call_made_up_" + made++;
                        unanswered.add(id);
                        calls.add(call.toBuilder().id(id).build());
                    } else {
                        calls.add(call);
                    }
                }
                filled.add(
                        unanswered.isEmpty()
                                ? ai
                                : ai.toBuilder().toolExecutionRequests(calls).build());
            } else if (message instanceof ToolExecutionResultMessage result
                    && (result.id() == null || result.id().isBlank())
                    && !unanswered.isEmpty()) {
                filled.add(result.toBuilder().id(unanswered.remove()).build());
            } else {
                filled.add(message);
            }
        }
        return filled;
    }
}
