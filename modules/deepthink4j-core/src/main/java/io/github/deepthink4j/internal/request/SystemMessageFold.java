package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes the system messages part of the first user message: R1's authors advise against a system prompt for its weights
 * (docs/protocol.md, section 7).
 */
final class SystemMessageFold {

    private SystemMessageFold() {}

    static List<ChatMessage> intoUserMessage(List<ChatMessage> messages) {
        String instructions = messages.stream()
                .filter(SystemMessage.class::isInstance)
                .map(message -> ((SystemMessage) message).text())
                .collect(Collectors.joining("\n\n"));
        if (instructions.isEmpty()) {
            return messages;
        }
        List<ChatMessage> folded = new ArrayList<>(messages.size());
        boolean told = false;
        for (ChatMessage message : messages) {
            if (message instanceof UserMessage user && !told) {
                List<Content> contents = new ArrayList<>();
                contents.add(TextContent.from(instructions));
                contents.addAll(user.contents());
                folded.add(user.toBuilder().contents(contents).build());
                told = true;
            } else if (!(message instanceof SystemMessage)) {
                folded.add(message);
            }
        }
        if (!told) {
            folded.add(0, UserMessage.from(instructions));
        }
        return folded;
    }
}
