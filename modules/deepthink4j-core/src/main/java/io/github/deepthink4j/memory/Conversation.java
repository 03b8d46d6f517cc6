package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in good order: the system message apart, then whole turns, each beginning with a user message, every
 * tool call answered but those that wait at the end.
 *
 * @param system     {@code null} if there is none
 * @param body       all the rest
 * @param waiting    the calls of the last round that have no result yet
 * @param turnStarts the places in {@code body} where turns begin
 */
record Conversation(
        @Nullable SystemMessage system,
        List<ChatMessage> body,
        List<ToolExecutionRequest> waiting,
        List<Integer> turnStarts) {

    static Conversation of(@Nullable SystemMessage system, List<ChatMessage> body, List<ToolExecutionRequest> waiting) {
        List<Integer> turnStarts = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            if (body.get(i) instanceof UserMessage) {
                turnStarts.add(i);
            }
        }
        return new Conversation(system, body, waiting, turnStarts);
    }

    /** The same with other messages at the same places. */
    Conversation withBody(List<ChatMessage> other) {
        return new Conversation(system, other, waiting, turnStarts);
    }

    int turns() {
        return turnStarts.size();
    }

    /** All messages without the oldest turns. */
    List<ChatMessage> withoutTurns(int evicted) {
        List<ChatMessage> rest = body.subList(startOf(evicted), body.size());
        List<ChatMessage> messages = new ArrayList<>(rest.size() + 1);
        if (system != null) {
            messages.add(system);
        }
        messages.addAll(rest);
        return messages;
    }

    List<ChatMessage> turn(int index) {
        return List.copyOf(body.subList(startOf(index), startOf(index + 1)));
    }

    private int startOf(int turn) {
        return turn < turnStarts.size() ? turnStarts.get(turn) : body.size();
    }
}
