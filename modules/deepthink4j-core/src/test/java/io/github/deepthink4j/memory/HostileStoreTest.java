package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores, estimators and listeners that throw anything: whoever calls hears it, and the conversation is not locked for good. */
@Timeout(60)
class HostileStoreTest {

    static Stream<Throwable> kinds() {
        return Stream.of(
                new IllegalStateException("broken"),
                new AssertionError("broken"),
                new StackOverflowError("broken"),
                new IOException("checked, and declared nowhere"));
    }

    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        @SuppressWarnings("unchecked")
        T unchecked = (T) thrown;
        throw unchecked;
    }

    /** Throws as long as it has something to throw. */
    private static final class Store implements ChatMemoryStore {

        private final List<ChatMessage> messages = new ArrayList<>();
        private volatile Throwable thrown;

        private void act() {
            if (thrown != null) {
                HostileStoreTest.<RuntimeException>sneak(thrown);
            }
        }

        @Override
        public List<ChatMessage> getMessages(Object id) {
            act();
            return List.copyOf(messages);
        }

        @Override
        public void updateMessages(Object id, List<ChatMessage> all) {
            act();
            messages.clear();
            messages.addAll(all);
        }

        @Override
        public void deleteMessages(Object id) {
            act();
            messages.clear();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_tell_the_caller_and_lock_nobody_out(Throwable thrown) throws Exception {
        Store store = new Store();
        ReasoningChatMemory memory = ReasoningChatMemory.builder()
                .maxMessages(10)
                .chatMemoryStore(store)
                .build();
        store.thrown = thrown;

        assertThat(catchThrowable(() -> memory.add(UserMessage.from("one")))).isSameAs(thrown);
        assertThat(catchThrowable(memory::messages)).isSameAs(thrown);
        assertThat(catchThrowable(memory::clear)).isSameAs(thrown);

        store.thrown = null;
        CompletableFuture.runAsync(() -> memory.add(UserMessage.from("two"))).get(20, TimeUnit.SECONDS);
        assertThat(memory.messages()).containsExactly(UserMessage.from("two"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_tell_the_caller_what_an_estimator_throws(Throwable thrown) {
        boolean[] broken = {true};
        TokenCountEstimator estimator = new TokenCountEstimator() {
            private int estimate() {
                if (broken[0]) {
                    HostileStoreTest.<RuntimeException>sneak(thrown);
                }
                return 1;
            }

            @Override
            public int estimateTokenCountInText(String text) {
                return estimate();
            }

            @Override
            public int estimateTokenCountInMessage(ChatMessage message) {
                return estimate();
            }

            @Override
            public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
                return estimate();
            }
        };
        ReasoningChatMemory memory = ReasoningChatMemory.withMaxTokens(100, estimator);

        assertThat(catchThrowable(() -> memory.add(UserMessage.from("one")))).isSameAs(thrown);

        broken[0] = false;
        memory.add(UserMessage.from("two"));
        assertThat(memory.messages()).containsExactly(UserMessage.from("two"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_ignore_what_a_listener_throws(Throwable thrown) {
        ReasoningChatMemory memory = ReasoningChatMemory.builder()
                .maxTurns(1)
                .listener(new ReasoningMemoryListener() {
                    @Override
                    public void onTurnEvicted(Object id, List<ChatMessage> turn) {
                        HostileStoreTest.<RuntimeException>sneak(thrown);
                    }
                })
                .build();
        memory.add(UserMessage.from("one"));
        memory.add(AiMessage.from("answer"));

        memory.add(UserMessage.from("two"));

        assertThat(memory.messages()).containsExactly(UserMessage.from("two"));
    }

    /** The memory is told before whoever waits. */
    @ParameterizedTest
    @MethodSource("kinds")
    void should_tell_the_failure_although_the_memory_could_not_note_it(Throwable thrown) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.error(400, "no"), Answer.error(400, "no"));
            Store store = new Store();
            ReasoningChatMemory memory = ReasoningChatMemory.builder()
                    .maxMessages(10)
                    .chatMemoryStore(store)
                    .build();
            memory.add(UserMessage.from("Hi"));
            List<ChatMessage> messages = memory.messages();
            store.thrown = thrown;

            assertThatThrownBy(() -> DeepSeekChatModel.builder()
                            .baseUrl(deepSeek.baseUrl())
                            .apiKey("test")
                            .modelName("deepseek-flash")
                            .build()
                            .chat(messages))
                    .isInstanceOf(RequestRejectedException.class);
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            DeepSeekStreamingChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .build()
                    .chat(messages, new StreamingChatResponseHandler() {
                        @Override
                        public void onCompleteResponse(ChatResponse response) {
                            end.complete(null);
                        }

                        @Override
                        public void onError(Throwable error) {
                            end.complete(error);
                        }
                    });
            assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(RequestRejectedException.class);
        }
    }
}
