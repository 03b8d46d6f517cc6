package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** LangChain4j's JSON, which keeps thoughts and attributes. What nobody has continued for so long goes by itself. */
record RedisConversations(UnifiedJedis redis, Duration keptFor) implements ChatMemoryStore {

    @Override
    public List<ChatMessage> getMessages(Object conversation) {
        String messages = redis.get(key(conversation));
        return messages == null ? List.of() : ChatMessageDeserializer.messagesFromJson(messages);
    }

    @Override
    public void updateMessages(Object conversation, List<ChatMessage> messages) {
        redis.set(
                key(conversation),
                ChatMessageSerializer.messagesToJson(messages),
                SetParams.setParams().px(keptFor.toMillis()));
    }

    @Override
    public void deleteMessages(Object conversation) {
        redis.del(key(conversation));
    }

    private static String key(Object conversation) {
        return "conversation:" + conversation;
    }
}
