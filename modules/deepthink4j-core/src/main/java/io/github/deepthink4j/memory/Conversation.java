package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation in good order: the system message apart, then perhaps a greeting of the assistant's, then whole turns, each
 * beginning with a user message, every tool call answered but those that wait at the end.
 *
 * @param system     {@code null} if there is none
 * @param body       all the rest
 * @param waiting    the calls of the last round that have no result yet
 * @param starts     the places in {@code body} where the messages of the greeting and the turns begin
 * @param settled    the place in {@code body} where a turn begins before which all is as it was stored the last time
 */
record Conversation(
        @Nullable SystemMessage system,
        List<ChatMessage> body,
        List<ToolExecutionRequest> waiting,
        List<Integer> starts,
        int settled) {

    /**
     * @param settledStarts those of the starts that were known, of which only those before {@code settled} hold
     */
    static Conversation of(
            @Nullable SystemMessage system,
            List<ChatMessage> body,
            List<ToolExecutionRequest> waiting,
            List<Integer> settledStarts,
            int settled) {
        List<Integer> starts = new ArrayList<>(settledStarts);
        while (!starts.isEmpty() && starts.get(starts.size() - 1) >= settled) {
            starts.remove(starts.size() - 1);
        }
        boolean asked = !starts.isEmpty() && body.get(starts.get(starts.size() - 1)) instanceof UserMessage;
        for (int i = settled; i < body.size(); i++) {
            asked |= body.get(i) instanceof UserMessage;
            if (!asked || body.get(i) instanceof UserMessage) {
                starts.add(i);
            }
        }
        return new Conversation(system, body, waiting, starts, settled);
    }

    /** The same with other messages at the same places. */
    Conversation withBody(List<ChatMessage> other) {
        return new Conversation(system, other, waiting, starts, settled);
    }

    /** How many parts there are to evict one after the other, oldest first: each message of a greeting, and each turn. */
    int parts() {
        return starts.size();
    }

    /** How many turns are left without the oldest parts; a greeting is none. */
    int turnsWithout(int evicted) {
        int greeting = 0;
        while (greeting < starts.size() && !(body.get(starts.get(greeting)) instanceof UserMessage)) {
            greeting++;
        }
        return starts.size() - Math.max(evicted, greeting);
    }

    /** How many messages are left without the oldest parts. */
    int sizeWithout(int evicted) {
        return body.size() - startOf(evicted) + (system == null ? 0 : 1);
    }

    /** Where the parts begin that are left without the oldest ones, in what is left of the body. */
    List<Integer> startsWithout(int evicted) {
        if (evicted == 0) {
            return starts;
        }
        int gone = startOf(evicted);
        return starts.stream().skip(evicted).map(start -> start - gone).toList();
    }

    /** All messages without the oldest parts. */
    List<ChatMessage> without(int evicted) {
        List<ChatMessage> rest = body.subList(startOf(evicted), body.size());
        List<ChatMessage> messages = new ArrayList<>(rest.size() + 1);
        if (system != null) {
            messages.add(system);
        }
        messages.addAll(rest);
        return messages;
    }

    List<ChatMessage> part(int index) {
        return List.copyOf(body.subList(startOf(index), startOf(index + 1)));
    }

    private int startOf(int part) {
        return part < starts.size() ? starts.get(part) : body.size();
    }
}
