package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.answer;
import static io.github.deepthink4j.memory.Said.calls;
import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.result;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations in a store: what comes back, what old ones become, and many threads on one of them. */
class PersistenceTest {

    /** As a table in a database would do it: JSON under the id. */
    static final class JsonStore implements ChatMemoryStore {

        private final Map<Object, String> rows = new ConcurrentHashMap<>();

        @Override
        public List<ChatMessage> getMessages(Object memoryId) {
            return ChatMessageDeserializer.messagesFromJson(rows.getOrDefault(memoryId, "[]"));
        }

        @Override
        public void updateMessages(Object memoryId, List<ChatMessage> messages) {
            rows.put(memoryId, ChatMessageSerializer.messagesToJson(messages));
        }

        @Override
        public void deleteMessages(Object memoryId) {
            rows.remove(memoryId);
        }
    }

    private final JsonStore store = new JsonStore();

    private ReasoningChatMemory memory(ModelProfile profile) {
        return ReasoningChatMemory.builder()
                .id("x")
                .profile(profile)
                .chatMemoryStore(store)
                .build();
    }

    @Test
    void should_bring_thinking_and_attributes_back() {
        // given
        AiMessage thoughtful = AiMessage.builder()
                .text("a")
                .thinking("t")
                .attributes(Map.of(ReasoningDialect.FIELD_ATTRIBUTE, "reasoning"))
                .build();
        List<ChatMessage> talk =
                List.of(SystemMessage.from("s"), user("q1"), calls("c1", "c2"), result("c1"), result("c2"), thoughtful);
        memory(ModelProfile.V4_1).add(talk);

        // when another process opens it
        ChatMemory later = memory(ModelProfile.V4_1);

        // then
        assertThat(later.messages()).isEqualTo(talk);
    }

    @Test
    void should_go_on_after_a_restart_in_the_midst_of_a_round() {
        memory(ModelProfile.V4_1).add(user("q1"), calls("c1", "c2"), result("c1"));

        ReasoningChatMemory later = memory(ModelProfile.V4_1);
        assertThat(later.pendingToolCalls()).hasSize(1);
        later.add(user("q2"));
        // The stand-in is known to be one after its way through JSON.
        later.add(result("c2"));

        assertThat(inWords(memory(ModelProfile.V4_1).messages()))
                .containsExactly("q1", "calls c1,c2*", "result of c1", "result of c2", "q2");
    }

    @Test
    void should_clean_an_old_conversation_lazily() {
        // given what LangChain4j's memory has left
        List<ChatMessage> old = List.of(
                // a window that starts in the middle
                result("c0"), user("q1"), answer("a1"), user("q2"), calls("c2"), user("q3"), answer("a3"));
        store.updateMessages("x", old);
        ReasoningChatMemory memory = memory(ModelProfile.R1);
        List<String> clean = List.of("q1", "a1", "q2", "calls c2", "no result of c2", "q3", "a3");

        // when it is read, nothing is written
        assertThat(inWords(memory.messages())).isEqualTo(clean);
        assertThat(store.getMessages("x")).isEqualTo(old);

        // when it goes on
        memory.add(user("q4"));

        // then
        assertThat(inWords(store.getMessages("x"))).startsWith(clean.toArray(String[]::new));
    }

    @Test
    void should_never_store_what_will_not_be_read() {
        memory(ModelProfile.R1).add(user("q1"), answer("a1"));

        assertThat(store.rows.get("x")).contains("a1").doesNotContain("thought");
    }

    @Test
    @Timeout(240)
    void should_lose_nothing_with_many_threads_on_one_id() throws Exception {
        // given 16 threads, each with a memory object of its own
        int threads = 16;
        int turns = Thorough.times(250, 60);
        ChatMemoryStore shared = new InMemoryChatMemoryStore();
        ChatMemoryProvider provider = ReasoningChatMemory.provider()
                .profile(ModelProfile.R1)
                .chatMemoryStore(shared)
                .build();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();

        // when each adds hundreds of messages, as runs at the same time would
        for (int t = 0; t < threads; t++) {
            String name = "t" + t + "-";
            all.add(pool.submit(() -> {
                ChatMemory memory = provider.get("one");
                start.await();
                for (int i = 0; i < turns; i++) {
                    memory.add(UserMessage.from(name, name + "q" + i));
                    memory.add(calls(name + i));
                    memory.add(result(name + i));
                    memory.add(answer(name + "a" + i));
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> one : all) {
            one.get(200, TimeUnit.SECONDS);
        }
        pool.shutdown();

        // then
        List<ChatMessage> messages = provider.get("one").messages();
        List<String> words = inWords(messages);
        assertThat(words).hasSize(threads * turns * 4).doesNotHaveDuplicates();
        Invariants.check(messages, List.of());
        for (int t = 0; t < threads; t++) {
            String name = "t" + t + "-";
            assertThat(words.stream().filter(word -> word.startsWith(name + "q")))
                    .containsExactlyElementsOf(IntStream.range(0, turns)
                            .mapToObj(i -> name + "q" + i)
                            .toList());
            assertThat(words.stream().filter(word -> word.startsWith(name + "a")))
                    .containsExactlyElementsOf(IntStream.range(0, turns)
                            .mapToObj(i -> name + "a" + i)
                            .toList());
            assertThat(words.stream().filter(word -> word.startsWith("result of " + name)))
                    .hasSize(turns);
        }
    }
}
