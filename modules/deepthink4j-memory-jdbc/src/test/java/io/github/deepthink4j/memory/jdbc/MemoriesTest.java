package io.github.deepthink4j.memory.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.memory.chat.TokenWindowChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memories that people use, ours and LangChain4j's. */
class MemoriesTest extends StoreFixture {

    MemoriesTest() {
        super(TestDatabase.H2_IN_MEMORY);
    }

    static List<Function<ChatMemoryStore, ChatMemory>> memories() {
        return List.of(
                store -> ReasoningChatMemory.builder()
                        .id("a")
                        .maxMessages(3)
                        .chatMemoryStore(store)
                        .build(),
                store -> MessageWindowChatMemory.builder()
                        .id("a")
                        .maxMessages(3)
                        .chatMemoryStore(store)
                        .build(),
                store -> TokenWindowChatMemory.builder()
                        .id("a")
                        .maxTokens(40, DeepSeekTokenCountEstimator.of(ModelProfile.V4_1))
                        .chatMemoryStore(store)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("memories")
    void should_go_on_in_another_process(Function<ChatMemoryStore, ChatMemory> kind) {
        ChatMemory memory = kind.apply(store);
        memory.add(SystemMessage.from("Be brief."));
        for (int turn = 0; turn < 10; turn++) {
            memory.add(UserMessage.from("Question " + turn));
            memory.add(AiMessage.from("Answer " + turn));
            assertThat(kind.apply(another()).messages()).isEqualTo(memory.messages());
            memory = kind.apply(turn % 2 == 0 ? store : another());
        }

        assertThat(memory.messages())
                .startsWith(SystemMessage.from("Be brief."))
                .endsWith(UserMessage.from("Question 9"), AiMessage.from("Answer 9"));
        memory.clear();
        assertThat(memory.messages()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("memories")
    void should_go_on_where_a_window_keeps_but_the_last_message(Function<ChatMemoryStore, ChatMemory> kind) {
        ChatMemory memory = MessageWindowChatMemory.builder()
                .id("a")
                .maxMessages(1)
                .chatMemoryStore(store)
                .build();

        for (int i = 0; i < 5; i++) {
            memory.add(UserMessage.from("Question " + i));
        }

        assertThat(another().getMessages("a")).containsExactly(UserMessage.from("Question 4"));
        assertThat(kind.apply(store).messages()).containsExactly(UserMessage.from("Question 4"));
    }

    @Test
    void should_tell_the_caller_of_a_conflict_and_take_it_the_second_time() {
        ChatMemory mine = ReasoningChatMemory.builder()
                .chatMemoryStore(beforeEachWrite(store, () -> {}))
                .build();
        mine.add(UserMessage.from("Hi"));
        mine.add(AiMessage.from("Hello"));
        JdbcChatMemoryStore other = another();
        boolean[] isFirst = {true};
        ChatMemory disturbed = ReasoningChatMemory.builder()
                .chatMemoryStore(beforeEachWrite(store, () -> {
                    if (isFirst[0]) {
                        isFirst[0] = false;
                        add(other, "default", UserMessage.from("theirs"), AiMessage.from("to them"));
                    }
                }))
                .build();

        assertThatExceptionOfType(ConversationChangedException.class)
                .isThrownBy(() -> disturbed.add(UserMessage.from("mine")));
        disturbed.add(UserMessage.from("mine"));

        assertThat(disturbed.messages())
                .containsExactly(
                        UserMessage.from("Hi"),
                        AiMessage.from("Hello"),
                        UserMessage.from("theirs"),
                        AiMessage.from("to them"),
                        UserMessage.from("mine"));
    }

    /** Somebody comes between the reading and the writing. */
    private static ChatMemoryStore beforeEachWrite(ChatMemoryStore store, Runnable disturbance) {
        return new ChatMemoryStore() {
            @Override
            public List<ChatMessage> getMessages(Object memoryId) {
                return store.getMessages(memoryId);
            }

            @Override
            public void updateMessages(Object memoryId, List<ChatMessage> messages) {
                disturbance.run();
                store.updateMessages(memoryId, messages);
            }

            @Override
            public void deleteMessages(Object memoryId) {
                store.deleteMessages(memoryId);
            }
        };
    }

    @Test
    void should_keep_reasoning_attributes_and_calls_that_wait() {
        ToolExecutionRequest call = ToolExecutionRequest.builder()
                .id("1")
                .name("now")
                .arguments("{}")
                .build();
        AiMessage thinking = AiMessage.builder()
                .thinking("What time is it?")
                .toolExecutionRequests(List.of(call))
                .attributes(Map.of("deepthink4j.any", "thing"))
                .build();
        ReasoningChatMemory memory =
                ReasoningChatMemory.builder().chatMemoryStore(store).build();
        memory.add(UserMessage.from("Now?"), thinking);

        ReasoningChatMemory later =
                ReasoningChatMemory.builder().chatMemoryStore(another()).build();

        assertThat(later.pendingToolCalls()).containsExactly(call);
        later.add(ToolExecutionResultMessage.from(call, "noon"));
        assertThat(later.messages())
                .containsExactly(UserMessage.from("Now?"), thinking, ToolExecutionResultMessage.from(call, "noon"));
    }

    @Test
    void should_replace_what_was_read_and_nothing_that_came_later() {
        ChatMemory memory = ReasoningChatMemory.builder().chatMemoryStore(store).build();
        memory.add(UserMessage.from("Hi"));
        memory.add(AiMessage.from("Hello"));
        memory.messages();
        add(another(), "default", UserMessage.from("from the other"));

        assertThatExceptionOfType(ConversationChangedException.class)
                .isThrownBy(() -> memory.set(List.of(UserMessage.from("summary"))));
        memory.messages();
        memory.set(List.of(UserMessage.from("summary")));

        assertThat(another().getMessages("default")).containsExactly(UserMessage.from("summary"));
    }

    /** One thread reads, another one writes, and each of them has read something long ago. */
    @Test
    void should_do_without_threads_that_stay_the_same() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            ReasoningChatMemory memory = ReasoningChatMemory.builder()
                    .maxTurns(1)
                    .executor(executor)
                    .chatMemoryStore(store)
                    .build();
            for (int turn = 0; turn < 20; turn++) {
                for (int i = 0; i < 3; i++) {
                    memory.messagesAsync().get(30, TimeUnit.SECONDS);
                }
                memory.addAsync(List.of(UserMessage.from("Question " + turn))).get(30, TimeUnit.SECONDS);
                memory.addAsync(List.of(AiMessage.from("Answer " + turn))).get(30, TimeUnit.SECONDS);
                if (turn % 5 == 4) {
                    memory.clearAsync().get(30, TimeUnit.SECONDS);
                }
            }
            memory.addAsync(List.of(UserMessage.from("the last"))).get(30, TimeUnit.SECONDS);

            assertThat(another().getMessages("default")).containsExactly(UserMessage.from("the last"));
        } finally {
            executor.shutdown();
        }
    }

    @Test
    @Timeout(60)
    void should_keep_no_message_alive() {
        for (int i = 0; i < 50; i++) {
            add(store, "id " + i, UserMessage.from("Question"), AiMessage.from("Answer"));
        }

        while (store.knownMessages() > 0) {
            System.gc();
        }

        assertThat(store.knownMessages()).isZero();
    }
}
