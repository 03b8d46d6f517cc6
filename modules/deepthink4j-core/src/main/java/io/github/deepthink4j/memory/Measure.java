package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.tokens.RunningTokenCount;
import org.jspecify.annotations.Nullable;

/**
 * How much some messages are in the terms of the limits. Before each part of a conversation stands that of all before it, so
 * that what is left without the oldest is a difference.
 *
 * @param turns  user messages
 * @param tokens {@code null} where nobody asks, or where the estimator can count nothing but whole lists
 */
record Measure(int messages, int turns, @Nullable RunningTokenCount tokens) {

    static final Measure UNCOUNTED = new Measure(0, 0, null);

    Measure none() {
        return minus(this);
    }

    Measure plus(ChatMessage message) {
        return new Measure(
                messages + 1,
                message instanceof UserMessage ? turns + 1 : turns,
                tokens == null ? null : tokens.plus(message));
    }

    /** With what comes next, which begins a part. */
    Measure plus(Measure next) {
        return new Measure(
                messages + next.messages,
                turns + next.turns,
                tokens == null || next.tokens == null ? null : tokens.plus(next.tokens));
    }

    /** Without what it began with, up to where a part begins. */
    Measure minus(Measure beginning) {
        return new Measure(
                messages - beginning.messages,
                turns - beginning.turns,
                tokens == null || beginning.tokens == null ? null : tokens.minus(beginning.tokens));
    }
}
