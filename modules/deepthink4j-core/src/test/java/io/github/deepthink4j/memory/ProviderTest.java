package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.inWords;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.memory.ChatMemoryAccess;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import org.junit.jupiter.api.Test;

/** Memories for AI services, one for each conversation. */
class ProviderTest {

    interface Assistant extends ChatMemoryAccess {
        String chat(@MemoryId String conversation, @UserMessage String question);
    }

    @Test
    void should_be_one_line_for_an_ai_service() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.R1)
                .brain(request -> Answer.thinking("hm").thenText("re: " + request.lastUserText()))) {
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("test")
                    .modelName("deepseek-reasoner")
                    .build();
            Assistant assistant = AiServices.builder(Assistant.class)
                    .chatModel(model)
                    .chatMemoryProvider(ReasoningChatMemory.provider()
                            .profile(ModelProfile.R1)
                            .maxTurns(2)
                            .build())
                    .build();

            for (int i = 1; i <= 3; i++) {
                assistant.chat("anna", "a" + i);
                assistant.chat("ben", "b" + i);
            }

            assertThat(inWords(assistant.getChatMemory("anna").messages()))
                    .containsExactly("a2", "re: a2", "a3", "re: a3");
            assertThat(inWords(assistant.getChatMemory("ben").messages()))
                    .containsExactly("b2", "re: b2", "b3", "re: b3");

            assistant.evictChatMemory("anna");
            assistant.chat("anna", "a4");
            assertThat(inWords(assistant.getChatMemory("anna").messages())).containsExactly("a4", "re: a4");
        }
    }

    @Test
    void should_give_memories_of_one_store_the_same_conversation() {
        ChatMemoryProvider provider = ReasoningChatMemory.provider()
                .chatMemoryStore(new PersistenceTest.JsonStore())
                .build();
        ChatMemory one = provider.get("x");
        ChatMemory other = provider.get("x");

        one.add(Said.user("q"));
        other.add(Said.plain("a"));

        assertThat(one.messages()).isEqualTo(other.messages()).hasSize(2);
        assertThat(provider.get("y").messages()).isEmpty();
    }
}
