package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import java.util.List;

/** A message in LangChain4j's own format, one to a row. */
final class MessageJson {

    private MessageJson() {}

    static String of(ChatMessage message) {
        return withoutHalves(ChatMessageSerializer.messageToJson(message));
    }

    /**
     * The messages of a row. A row may hold a list as well: that is how a conversation looks that was copied from a table of
     * LangChain4j's, with the whole conversation in one column.
     */
    static List<ChatMessage> read(String json) {
        return json.stripLeading().startsWith("[")
                ? ChatMessageDeserializer.messagesFromJson(json)
                : List.of(ChatMessageDeserializer.messageFromJson(json));
    }

    /** A half of a character can't be written in UTF-8, and a database would refuse it or put a question mark there; JSON can escape it. */
    private static String withoutHalves(String json) {
        StringBuilder escaped = null;
        int copied = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < json.length() && Character.isLowSurrogate(json.charAt(i + 1))) {
                i++;
                continue;
            }
            if (escaped == null) {
                escaped = new StringBuilder(json.length() + 16);
            }
            escaped.append(json, copied, i).append(String.format("\\u%04x", (int) c));
            copied = i + 1;
        }
        return escaped == null
                ? json
                : escaped.append(json, copied, json.length()).toString();
    }
}
