package io.github.deepthink4j.memory;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.Arrays;
import java.util.List;

/** Messages in few words. */
final class Said {

    private Said() {}

    static UserMessage user(String text) {
        return UserMessage.from(text);
    }

    static AiMessage answer(String text) {
        return AiMessage.builder().text(text).thinking("thought of " + text).build();
    }

    static AiMessage plain(String text) {
        return AiMessage.from(text);
    }

    static AiMessage calls(String... ids) {
        return AiMessage.builder()
                .thinking("thought of " + String.join(",", ids))
                .toolExecutionRequests(Arrays.stream(ids).map(Said::call).toList())
                .build();
    }

    static ToolExecutionRequest call(String id) {
        return ToolExecutionRequest.builder()
                .id(id)
                .name("tool")
                .arguments("{}")
                .build();
    }

    static ToolExecutionResultMessage result(String id) {
        return ToolExecutionResultMessage.from(call(id), "result of " + id);
    }

    /** A word for each message: its text, or the ids of its calls; with an asterisk where there is a thought. */
    static List<String> inWords(List<ChatMessage> messages) {
        return messages.stream().map(Said::inWords).toList();
    }

    private static String inWords(ChatMessage message) {
        if (message instanceof AiMessage ai) {
            String words = ai.hasToolExecutionRequests()
                    ? "calls "
                            + String.join(
                                    ",",
                                    ai.toolExecutionRequests().stream()
                                            .map(ToolExecutionRequest::id)
                                            .toList())
                    : ai.text();
            return words + (ai.thinking() == null ? "" : "*");
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return OpenRound.isStandIn(result) ? "no result of " + result.id() : result.text();
        }
        if (message instanceof UserMessage user) {
            return user.hasSingleText() ? user.singleText() : user.contents().toString();
        }
        return message.type().name();
    }
}
