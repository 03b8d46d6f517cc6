package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells the model in words which JSON is wanted. DeepSeek's JSON mode knows no schema, and refuses a prompt without the
 * word json (docs/protocol.md, section 5).
 */
public final class JsonPrompt {

    private JsonPrompt() {}

    /**
     * The messages with the wish for JSON in the system message, so that the cacheable start of a conversation stays the
     * same from turn to turn.
     *
     * @param schema  JSON Schema as JSON text; {@code null} if any JSON will do, and then nothing is added to a prompt that
     *                speaks of json already
     * @param phrases in the language of the conversation
     */
    public static List<ChatMessage> ask(List<ChatMessage> messages, @Nullable String schema, Phrases phrases) {
        if (schema == null) {
            return speaksOfJson(messages) ? messages : withInstruction(messages, phrases.jsonObject());
        }
        return withInstruction(messages, phrases.jsonBySchema() + schema);
    }

    private static List<ChatMessage> withInstruction(List<ChatMessage> messages, String instruction) {
        List<ChatMessage> told = new ArrayList<>(messages);
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i) instanceof SystemMessage system) {
                told.set(i, SystemMessage.from(system.text() + "\n\n" + instruction));
                return told;
            }
        }
        told.add(0, SystemMessage.from(instruction));
        return told;
    }

    private static boolean speaksOfJson(List<ChatMessage> messages) {
        return messages.stream().anyMatch(message -> {
            if (message instanceof SystemMessage system) {
                return mentionsJson(system.text());
            }
            return message instanceof UserMessage user
                    && user.contents().stream().anyMatch(JsonPrompt::mentionsJson);
        });
    }

    private static boolean mentionsJson(Content content) {
        return content instanceof TextContent text && mentionsJson(text.text());
    }

    private static boolean mentionsJson(String text) {
        return text.toLowerCase(Locale.ROOT).contains("json");
    }
}
