package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ModelProfile;

interface Remembering {

    String chat(@MemoryId String conversation, @UserMessage String question);

    static Remembering on(ChatModel model, ChatMemoryStore store) {
        return AiServices.builder(Remembering.class)
                .chatModel(model)
                .chatMemoryProvider(ReasoningChatMemory.provider()
                        .profile(ModelProfile.V4_1)
                        .maxTurns(30)
                        .chatMemoryStore(store)
                        .build())
                .build();
    }
}
