package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two memories of one conversation on one store, used by two threads at a time: what each sees is what it could see if one
 * came after the other. Lincheck compares the results with those of every order.
 */
@Tag("interleavings")
class MemoryInterleavingsTest {

    @Test
    void should_be_as_if_one_came_after_the_other() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(100)
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .check(TwoMemories.class);
    }

    public static class TwoMemories {

        /** Slow enough for another to come between a read and the write after it. */
        private final InMemoryChatMemoryStore store = new InMemoryChatMemoryStore() {
            @Override
            public List<ChatMessage> getMessages(Object memoryId) {
                List<ChatMessage> messages = super.getMessages(memoryId);
                LockSupport.parkNanos(20_000);
                return messages;
            }
        };

        private final ReasoningChatMemory one = memory();
        private final ReasoningChatMemory other = memory();

        private ReasoningChatMemory memory() {
            return ReasoningChatMemory.builder()
                    .id("shared")
                    .chatMemoryStore(store)
                    .maxTurns(3)
                    .build();
        }

        @Operation
        public void ask(@Param(gen = IntGen.class) int number) {
            one.add(UserMessage.from("question " + number));
        }

        @Operation
        public void askTheOther(@Param(gen = IntGen.class) int number) {
            other.add(UserMessage.from("other question " + number));
        }

        @Operation
        public void answer(@Param(gen = IntGen.class) int number) {
            other.add(AiMessage.from("answer " + number));
        }

        @Operation
        public void replace(@Param(gen = IntGen.class) int number) {
            one.set(List.<ChatMessage>of(UserMessage.from("anew " + number), AiMessage.from("well")));
        }

        @Operation
        public void clear() {
            other.clear();
        }

        @Operation
        public List<String> read() {
            List<String> texts = new ArrayList<>();
            for (ChatMessage message : one.messages()) {
                texts.add(
                        message instanceof UserMessage question ? question.singleText() : ((AiMessage) message).text());
            }
            return texts;
        }
    }
}
