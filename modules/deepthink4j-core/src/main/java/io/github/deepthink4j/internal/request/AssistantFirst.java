package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets an assistant speak first whose server wants the user to: R1 answers {@code The first message (except the system
 * message) of deepseek-reasoner must be a user message} with a 400 (docs/protocol.md, section 1.3, other rules about
 * messages). The greeting stays the assistant's.
 */
final class AssistantFirst {

    private AssistantFirst() {}

    static List<ChatMessage> asked(List<ChatMessage> messages, Phrases phrases) {
        int first = 0;
        while (first < messages.size() && messages.get(first) instanceof SystemMessage) {
            first++;
        }
        if (first == messages.size() || !(messages.get(first) instanceof AiMessage)) {
            return messages;
        }
        List<ChatMessage> asked = new ArrayList<>(messages);
        asked.add(first, UserMessage.from(phrases.begin()));
        return asked;
    }
}
