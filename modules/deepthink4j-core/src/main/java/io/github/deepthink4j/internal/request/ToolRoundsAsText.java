package io.github.deepthink4j.internal.request;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells tool rounds as plain text to a model without tools, so that a conversation which another model began, with
 * calls and results, can go on with R1.
 */
final class ToolRoundsAsText {

    /** Marks a user message that is made of tool results, so that the next result joins it; attributes are never sent. */
    private static final String TOLD_RESULT = "deepthink4j.told_tool_result";

    private ToolRoundsAsText() {}

    static List<ChatMessage> tell(List<ChatMessage> messages, Phrases phrases) {
        List<ChatMessage> told = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            if (message instanceof AiMessage ai && ai.hasToolExecutionRequests()) {
                told.add(tellCalls(ai, phrases));
            } else if (message instanceof ToolExecutionResultMessage result) {
                tellResult(result, told, phrases);
            } else {
                told.add(message);
            }
        }
        return told;
    }

    private static AiMessage tellCalls(AiMessage message, Phrases phrases) {
        String calls = message.toolExecutionRequests().stream()
                .map(call -> tellCall(call, phrases))
                .collect(Collectors.joining("\n"));
        String text = message.text() == null || message.text().isBlank() ? calls : message.text() + "\n" + calls;
        return AiMessage.builder()
                .text(text)
                .thinking(message.thinking())
                .attributes(message.attributes())
                .build();
    }

    private static String tellCall(ToolExecutionRequest call, Phrases phrases) {
        String arguments = call.arguments() == null || call.arguments().isBlank() ? "{}" : call.arguments();
        return phrases.called().formatted(call.name(), arguments);
    }

    /** Several results of one round become one user message, since nobody else speaks between them. */
    private static void tellResult(ToolExecutionResultMessage result, List<ChatMessage> told, Phrases phrases) {
        List<Content> contents = new ArrayList<>();
        ChatMessage last = told.isEmpty() ? null : told.get(told.size() - 1);
        if (last instanceof UserMessage earlier && earlier.attributes().containsKey(TOLD_RESULT)) {
            contents.addAll(earlier.contents());
            told.remove(told.size() - 1);
        }
        String outcome = Boolean.TRUE.equals(result.isError()) ? phrases.failed() : phrases.returned();
        contents.add(TextContent.from(outcome.formatted(result.toolName(), ToolResults.textOf(result, phrases))));
        contents.addAll(ToolResults.othersOf(result));
        told.add(UserMessage.builder()
                .contents(contents)
                .attributes(Map.of(TOLD_RESULT, true))
                .build());
    }
}
