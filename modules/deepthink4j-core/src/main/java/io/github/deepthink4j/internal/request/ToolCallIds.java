package io.github.deepthink4j.internal.request;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives each tool call of a conversation an id of its own, and the same one to its result: hosts return calls without an
 * id, or number them anew in each answer, and DeepSeek matches results to calls by nothing else
 * (docs/protocol.md, section 1.3, other rules about messages). The first call that has an id keeps it. What is made up
 * depends on the place alone, so that the same history is the same bytes, and the same cache entry, each time.
 */
final class ToolCallIds {

    /** A call that waits for its result, as it came and as it goes. */
    private record Waiting(ToolExecutionRequest call, String id) {}

    private final Set<String> taken = new HashSet<>();
    private final Set<String> used = new HashSet<>();
    private final List<Waiting> round = new ArrayList<>();

    private ToolCallIds(List<ChatMessage> messages) {
        for (ChatMessage message : messages) {
            if (message instanceof AiMessage ai) {
                ai.toolExecutionRequests().stream()
                        .map(ToolExecutionRequest::id)
                        .filter(ToolCallIds::isGiven)
                        .forEach(taken::add);
            }
        }
    }

    static List<ChatMessage> unique(List<ChatMessage> messages) {
        ToolCallIds ids = new ToolCallIds(messages);
        List<ChatMessage> unique = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
                unique.add(ids.calls(ai));
            } else if (message instanceof ToolExecutionResultMessage result) {
                unique.add(ids.result(result));
            } else {
                unique.add(message);
            }
        }
        return unique;
    }

    private AiMessage calls(AiMessage message) {
        round.clear();
        List<ToolExecutionRequest> calls = new ArrayList<>();
        for (ToolExecutionRequest call : message.toolExecutionRequests()) {
            String id = idFor(call.id());
            round.add(new Waiting(call, id));
            calls.add(id.equals(call.id()) ? call : call.toBuilder().id(id).build());
        }
        return calls.equals(message.toolExecutionRequests())
                ? message
                : message.toBuilder().toolExecutionRequests(calls).build();
    }

    private String idFor(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return free("call_made_up_", 0);
        }
        return used.add(given) ? given : free(given + "_", 2);
    }

    private String free(String stem, int first) {
        int number = first;
        while (!taken.add(stem + number)) {
            number++;
        }
        return stem + number;
    }

    private ToolExecutionResultMessage result(ToolExecutionResultMessage result) {
        String name = String.valueOf(result.toolName());
        Predicate<Waiting> sameId = isGiven(result.id())
                ? waiting -> result.id().equals(waiting.call().id())
                : waiting -> !isGiven(waiting.call().id());
        // By name first: calls of one answer may share an id, and their results come in any order.
        Waiting answered = round.stream()
                .filter(sameId.and(waiting -> name.equals(waiting.call().name())))
                .findFirst()
                .or(() -> round.stream().filter(sameId).findFirst())
                .orElse(null);
        if (answered == null) {
            return result;
        }
        round.remove(answered);
        return answered.id().equals(result.id())
                ? result
                : result.toBuilder().id(answered.id()).build();
    }

    private static boolean isGiven(@Nullable String id) {
        return id != null && !id.isBlank();
    }
}
