package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.github.deepthink4j.internal.request.CallArguments;
import io.github.deepthink4j.internal.request.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The calls of one assistant message that wait for their results. */
final class OpenRound {

    /** Marks a result that stands in for one that never came; attributes are stored and never sent. */
    private static final String STAND_IN = "deepthink4j.no_result";

    private final List<ToolExecutionRequest> waiting = new ArrayList<>();

    /** What was open before is {@linkplain #close closed}. */
    void open(List<ToolExecutionRequest> calls) {
        waiting.addAll(calls);
    }

    void forget() {
        waiting.clear();
    }

    List<ToolExecutionRequest> waiting() {
        return List.copyOf(waiting);
    }

    /**
     * Takes the call away that this result answers; {@code false} if it answers none. Calls of one answer may share an id, and
     * their results come in any order: the name tells them apart.
     */
    boolean answeredBy(ToolExecutionResultMessage result) {
        int answered = -1;
        for (int i = 0; i < waiting.size(); i++) {
            ToolExecutionRequest call = waiting.get(i);
            if (!matches(call.id(), call.name(), result)) {
                continue;
            }
            if (Objects.equals(call.name(), result.toolName())) {
                waiting.remove(i);
                return true;
            }
            if (answered < 0) {
                answered = i;
            }
        }
        if (answered < 0) {
            return false;
        }
        waiting.remove(answered);
        return true;
    }

    /** Results that say in these words that there are none, for all calls that wait still; then none waits any more. */
    List<ToolExecutionResultMessage> close(Phrases phrases) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<ToolExecutionResultMessage> standIns =
                waiting.stream().map(call -> standIn(call, phrases)).toList();
        waiting.clear();
        return standIns;
    }

    private static ToolExecutionResultMessage standIn(ToolExecutionRequest call, Phrases phrases) {
        return ToolExecutionResultMessage.builder()
                .id(call.id())
                .toolName(call.name())
                .text(CallArguments.areAcceptable(call.arguments()) ? phrases.resultLost() : phrases.notCalled())
                .isError(true)
                .attributes(Map.of(STAND_IN, true))
                .build();
    }

    /** Whether the result takes the place of this one, which was made up. */
    static boolean replaces(ToolExecutionResultMessage result, ToolExecutionResultMessage standIn) {
        return isStandIn(standIn) && matches(standIn.id(), standIn.toolName(), result);
    }

    static boolean isStandIn(ToolExecutionResultMessage result) {
        return Boolean.TRUE.equals(result.attributes().get(STAND_IN));
    }

    /** By id; where a vendor's model gives none, by the name of the tool. */
    private static boolean matches(@Nullable String id, @Nullable String toolName, ToolExecutionResultMessage result) {
        if (hasText(id) || hasText(result.id())) {
            return Objects.equals(id, result.id());
        }
        return Objects.equals(toolName, result.toolName());
    }

    private static boolean hasText(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
