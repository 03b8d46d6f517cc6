package io.github.deepthink4j.benchmarks.growth;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** Conversations of any length: question, call of a tool with its thought, result, answer with its thought. */
public final class Turns {

    private Turns() {}

    public static List<ChatMessage> messages(int many) {
        List<ChatMessage> messages = new ArrayList<>(many);
        for (int i = 0; i < many; i++) {
            messages.add(message(i));
        }
        return messages;
    }

    static ChatMessage message(int i) {
        String id = "call_" + i / 4;
        return switch (i % 4) {
            case 0 -> UserMessage.from("Where is order " + i + "? It was to come on Friday.");
            case 1 ->
                AiMessage.builder()
                        .thinking("I look the order up before I say anything about it.")
                        .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                                .id(id)
                                .name("findOrder")
                                .arguments("{\"number\":" + i + "}")
                                .build()))
                        .build();
            case 2 -> ToolExecutionResultMessage.from(id, "findOrder", "{\"state\":\"on its way\",\"day\":\"Monday\"}");
            default ->
                AiMessage.builder()
                        .thinking("It is on its way; the day has changed, and that is what was asked.")
                        .text("It is on its way and comes on Monday.")
                        .build();
        };
    }
}
