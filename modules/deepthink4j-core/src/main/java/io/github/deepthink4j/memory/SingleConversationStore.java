package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.List;

/** Holds the one conversation of a memory that was given no store, and goes with it. */
final class SingleConversationStore implements ChatMemoryStore {

    private volatile List<ChatMessage> messages = List.of();

    @Override
    public List<ChatMessage> getMessages(Object memoryId) {
        return messages;
    }

    @Override
    public void updateMessages(Object memoryId, List<ChatMessage> newMessages) {
        messages = newMessages;
    }

    @Override
    public void deleteMessages(Object memoryId) {
        messages = List.of();
    }
}
