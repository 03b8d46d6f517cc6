package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in good order: the system message apart, then whole turns, each beginning with a user message, every
 * tool call answered but those that wait at the end.
 *
 * @param system  {@code null} if there is none
 * @param body    all the rest
 * @param waiting the calls of the last round that have no result yet
 */
record Conversation(@Nullable SystemMessage system, List<ChatMessage> body, List<ToolExecutionRequest> waiting) {

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

    /** The places in {@link #body} where turns begin. */
    int[] turnStarts() {
        return IntStream.range(0, body.size())
                .filter(i -> body.get(i) instanceof UserMessage)
                .toArray();
    }

    List<ChatMessage> turn(int index) {
        return List.copyOf(body.subList(startOf(index), startOf(index + 1)));
    }

    private int startOf(int turn) {
        if (turn == 0) {
            return 0;
        }
        int[] starts = turnStarts();
        return turn < starts.length ? starts[turn] : body.size();
    }
}
