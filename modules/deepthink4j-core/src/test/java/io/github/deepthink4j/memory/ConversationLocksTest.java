package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConversationLocksTest {

    private final ChatMemoryStore store = new InMemoryChatMemoryStore();

    @Test
    void should_be_the_same_for_the_same_conversation_only() {
        ConversationLock lock = ConversationLocks.lockFor(store, "a");

        assertThat(ConversationLocks.lockFor(store, new String("a"))).isSameAs(lock);
        assertThat(ConversationLocks.lockFor(store, "b")).isNotSameAs(lock);
        assertThat(ConversationLocks.lockFor(new InMemoryChatMemoryStore(), "a"))
                .isNotSameAs(lock);
    }

    @Test
    @Timeout(30)
    void should_go_with_the_memories_that_hold_it() throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            ConversationLocks.lockFor(store, i);
        }

        while (ConversationLocks.known() > 1_000) {
            System.gc();
            Thread.sleep(10);
            ConversationLocks.lockFor(store, "x");
        }

        assertThat(ConversationLocks.known()).isLessThanOrEqualTo(1_000);
    }
}
