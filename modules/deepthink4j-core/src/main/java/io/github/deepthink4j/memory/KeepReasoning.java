package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.internal.request.WantedReasoning;
import io.github.deepthink4j.profile.ReasoningReplay;
import java.util.BitSet;
import java.util.List;

/** Which reasoning is remembered. A turn is a user message and everything that answers it. */
public enum KeepReasoning {
    /** None: R1 to V3.2-Exp, and models that do not think. */
    NONE,
    /** That of the turn in progress, until the next user message comes: V3.2. */
    CURRENT_TURN,
    /** That of all turns that called a tool: V4 preview, and the newer ones where no request has tools. */
    TOOL_TURNS,
    /** All of it: V4-0731 and later where requests have tools. */
    ALL;

    /**
     * What a model's rule asks for.
     *
     * @param maybeTools whether requests of the conversation have tools, or may have
     */
    static KeepReasoning by(ReasoningReplay replay, boolean maybeTools) {
        return switch (replay) {
            case FORBIDDEN -> NONE;
            case WITHIN_TURN -> CURRENT_TURN;
            case TOOL_TURNS -> TOOL_TURNS;
            case WITH_TOOLS -> maybeTools ? ALL : TOOL_TURNS;
        };
    }

    /** Whether the messages of a turn do; what stands before the first turn is judged like one. */
    boolean keeps(boolean callsTools, boolean inProgress) {
        return switch (this) {
            case NONE -> false;
            case CURRENT_TURN -> inProgress;
            case TOOL_TURNS -> callsTools;
            case ALL -> true;
        };
    }

    /** The places of the assistant messages that keep their reasoning. */
    BitSet in(List<ChatMessage> messages) {
        return WantedReasoning.in(messages, this::keeps);
    }
}
