package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The contract of LangChain4j's own memories, as MessageWindowChatMemoryTest and TokenWindowChatMemoryTest describe it,
 * where it holds here too. Where ours differs on purpose, docs/memory.md says so.
 */
class ChatMemoryContractTest {

    private static final SystemMessage SYSTEM = SystemMessage.from("You are a helpful assistant");

    /** Counts what is asked of it. */
    private static final class CountingStore implements ChatMemoryStore {

        private final ChatMemoryStore store = new InMemoryChatMemoryStore();
        private int reads;
        private int writes;

        @Override
        public List<ChatMessage> getMessages(Object memoryId) {
            reads++;
            return store.getMessages(memoryId);
        }

        @Override
        public void updateMessages(Object memoryId, List<ChatMessage> messages) {
            writes++;
            store.updateMessages(memoryId, messages);
        }

        @Override
        public void deleteMessages(Object memoryId) {
            store.deleteMessages(memoryId);
        }
    }

    @Test
    void should_have_the_id_it_was_given() {
        assertThat(ReasoningChatMemory.withMaxMessages(1).id()).isEqualTo("default");
        assertThat(ReasoningChatMemory.builder().id("abc").build().id()).isEqualTo("abc");
        assertThat(ReasoningChatMemory.provider().build().get(7).id()).isEqualTo(7);
    }

    @Test
    void should_store_and_clear() {
        ChatMemory memory = ReasoningChatMemory.withMaxTurns(5);
        memory.add(SYSTEM, user("hello"), plain("world"));

        assertThat(memory.messages()).containsExactly(SYSTEM, user("hello"), plain("world"));

        memory.clear();
        memory.clear();
        assertThat(memory.messages()).isEmpty();

        memory.add(user("again"));
        assertThat(memory.messages()).containsExactly(user("again"));
    }

    @Test
    void should_ignore_nothing_to_add() {
        ChatMemory memory = ReasoningChatMemory.withMaxTurns(5);

        memory.add((ChatMessage[]) null);
        memory.add((Iterable<ChatMessage>) null);
        memory.add();
        memory.add(List.of());

        assertThat(memory.messages()).isEmpty();
        assertThatNullPointerException().isThrownBy(() -> memory.add((ChatMessage) null));
    }

    @Test
    void should_keep_only_the_latest_system_message_and_always_first() {
        ChatMemory memory = ReasoningChatMemory.withMaxMessages(3);
        SystemMessage other = SystemMessage.from("You are an unhelpful assistant");
        memory.add(user("Hello"));
        memory.add(SYSTEM);
        memory.add(plain("Hi"));

        assertThat(memory.messages()).containsExactly(SYSTEM, user("Hello"), plain("Hi"));

        memory.add(SYSTEM);
        assertThat(memory.messages()).containsExactly(SYSTEM, user("Hello"), plain("Hi"));

        memory.add(other);
        assertThat(memory.messages()).containsExactly(other, user("Hello"), plain("Hi"));
    }

    @Test
    void should_not_evict_the_system_message() {
        ChatMemory memory = ReasoningChatMemory.withMaxMessages(3);
        memory.add(SYSTEM, user("1"), plain("2"), user("3"), plain("4"));

        assertThat(memory.messages()).containsExactly(SYSTEM, user("3"), plain("4"));
    }

    @Test
    void should_have_another_limit_for_another_id() {
        Function<Object, Integer> limits = id -> "short".equals(id) ? 2 : 4;
        ChatMemory small = ReasoningChatMemory.builder()
                .id("short")
                .dynamicMaxMessages(limits)
                .build();
        ChatMemory large = ReasoningChatMemory.builder()
                .id("long")
                .dynamicMaxMessages(limits)
                .build();

        for (ChatMemory memory : List.of(small, large)) {
            memory.add(user("1"), plain("2"), user("3"), plain("4"), user("5"), plain("6"));
        }

        assertThat(small.messages()).containsExactly(user("5"), plain("6"));
        assertThat(large.messages()).containsExactly(user("3"), plain("4"), user("5"), plain("6"));
    }

    @Test
    void should_replace_everything_on_set() {
        ChatMemory memory = ReasoningChatMemory.withMaxMessages(2);
        memory.add(SYSTEM, user("old"));

        memory.set(user("1"), plain("2"), user("3"), plain("4"));

        assertThat(memory.messages()).containsExactly(user("3"), plain("4"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.set(List.of()))
                .withMessage("messages must not be empty");
    }

    @Test
    void should_neither_change_nor_keep_the_callers_list() {
        ChatMemory memory = ReasoningChatMemory.withMaxMessages(2);
        List<ChatMessage> mine = new ArrayList<>(List.of(user("1"), plain("2"), user("3"), plain("4")));

        memory.set(mine);
        assertThat(mine).hasSize(4);
        mine.add(user("5"));
        assertThat(memory.messages()).containsExactly(user("3"), plain("4"));

        List<ChatMessage> got = memory.messages();
        got.add(user("6"));
        assertThat(memory.messages()).containsExactly(user("3"), plain("4"));
    }

    @Test
    void should_ask_the_store_no_more_than_it_must() {
        CountingStore store = new CountingStore();
        ChatMemory memory =
                ReasoningChatMemory.builder().chatMemoryStore(store).maxTurns(3).build();

        // One read and one write, however many are added: all of them, or none.
        memory.add(SYSTEM, user("1"), plain("2"));
        assertThat(List.of(store.reads, store.writes)).containsExactly(1, 1);

        memory.messages();
        assertThat(List.of(store.reads, store.writes)).containsExactly(2, 1);

        // AI services add the system message each time; nothing has changed.
        memory.add(SYSTEM);
        assertThat(List.of(store.reads, store.writes)).containsExactly(3, 1);

        memory.set(user("1"), plain("2"));
        assertThat(List.of(store.reads, store.writes)).containsExactly(3, 2);
    }
}
