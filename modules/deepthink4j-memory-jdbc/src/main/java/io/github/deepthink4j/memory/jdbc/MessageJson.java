package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message in LangChain4j's own format, one to a row. */
final class MessageJson {

    private MessageJson() {}

    /** An attribute would come back as something else. */
    static final class NotKeptException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private NotKeptException(String attribute) {
            super(attribute);
        }
    }

    static String of(ChatMessage message) {
        return withoutHalves(ChatMessageSerializer.messageToJson(message));
    }

    /**
     * As {@link #of}, if it can be read again: LangChain4j writes some that it can't read, as with a content of somebody's own.
     *
     * @throws RuntimeException if it can't be written, or not be read again
     */
    static String lasting(ChatMessage message) {
        String changed = KeptAttributes.notKept(attributesOf(message));
        if (changed != null) {
            throw new NotKeptException(changed);
        }
        String json = of(message);
        if (read(json).get(0).type() != message.type()) {
            throw new IllegalArgumentException("it would come back as a message of another type");
        }
        return json;
    }

    /**
     * The messages of a row. A row may hold a list as well: that is how a conversation looks that was copied from a table of
     * LangChain4j's, with the whole conversation in one column.
     */
    static List<ChatMessage> read(String json) {
        List<ChatMessage> messages = json.stripLeading().startsWith("[")
                ? ChatMessageDeserializer.messagesFromJson(json)
                : List.of(ChatMessageDeserializer.messageFromJson(json));
        // A null in it is none of them.
        return List.copyOf(messages);
    }

    /**
     * Its JSON if its attributes can be changed in place, as those of all but the model's can; {@code null} if it has none, and the empty
     * text, which is no JSON, if they can't be written.
     */
    static @Nullable String ifMutable(ChatMessage message) {
        if (attributesOf(message).isEmpty()) {
            return null;
        }
        try {
            return of(message);
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static Map<String, Object> attributesOf(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.attributes();
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result.attributes();
        }
        return message instanceof CustomMessage custom ? custom.attributes() : Map.of();
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
