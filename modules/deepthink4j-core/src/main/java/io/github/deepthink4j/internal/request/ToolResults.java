package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes tool results acceptable: a result is text and never empty, and what else it holds follows in a user message, as
 * DeepSeek's own client does it (docs/protocol.md, section 1.3, other rules about messages).
 */
final class ToolResults {

    private ToolResults() {}

    static List<ChatMessage> fill(List<ChatMessage> messages, Phrases phrases) {
        List<ChatMessage> filled = new ArrayList<>(messages.size());
        List<Content> others = new ArrayList<>();
        for (ChatMessage message : messages) {
            if (message instanceof ToolExecutionResultMessage result) {
                filled.add(ToolExecutionResultMessage.from(result.id(), result.toolName(), textOf(result, phrases)));
                others.addAll(othersOf(result));
            } else {
                flush(others, filled);
                filled.add(message);
            }
        }
        flush(others, filled);
        return filled;
    }

    /** Only after the last result of a round: a user message between two results would break the round. */
    private static void flush(List<Content> others, List<ChatMessage> filled) {
        if (!others.isEmpty()) {
            filled.add(UserMessage.from(List.copyOf(others)));
            others.clear();
        }
    }

    static String textOf(ToolExecutionResultMessage result, Phrases phrases) {
        String text = result.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
        return text.isBlank() ? phrases.noOutput() : text;
    }

    static List<Content> othersOf(ToolExecutionResultMessage result) {
        return result.contents().stream()
                .filter(content -> !(content instanceof TextContent))
                .toList();
    }
}
