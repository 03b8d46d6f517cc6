package io.github.deepthink4j.agent;

import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.stream.Collectors;

/** The words of a message that may hold more. */
final class TextOf {

    private TextOf() {}

    static String message(UserMessage message) {
        return message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n\n"));
    }
}
