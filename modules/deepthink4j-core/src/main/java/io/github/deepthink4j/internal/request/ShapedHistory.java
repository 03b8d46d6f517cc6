package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.ChatMessage;
import java.util.List;

/**
 * The messages to send. An assistant message whose {@code thinking()} is {@code null} goes without reasoning; one whose
 * thinking is empty goes with the key and an empty text.
 *
 * @param messages what goes, in order
 * @param thinking whether the request may be thought over; {@code false} where lost reasoning has turned it off
 */
public record ShapedHistory(List<ChatMessage> messages, boolean thinking) {

    public ShapedHistory {
        messages = List.copyOf(messages);
    }
}
