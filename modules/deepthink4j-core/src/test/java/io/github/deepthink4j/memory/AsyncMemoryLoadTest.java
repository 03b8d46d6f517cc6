package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many users at once, of whom some give up, on a store that fails now and then. */
@Timeout(60)
class AsyncMemoryLoadTest {

    private static final int USERS = 200;
    private static final int ADDS = 10;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    /** Answers later, on other threads; every fourth time with an error. */
    private final class Failing extends AsyncStore {

        private final Random random = new Random(1);

        private synchronized boolean fails() {
            return random.nextInt(4) == 0;
        }

        @Override
        <T> CompletableFuture<T> answer(Supplier<T> work) {
            CompletableFuture<T> future = new CompletableFuture<>();
            threads.execute(() -> {
                if (fails()) {
                    future.completeExceptionally(new IllegalStateException("the store has failed"));
                } else {
                    future.complete(work.get());
                }
            });
            return future;
        }
    }

    /** Without asynchronous methods, and as unreliable. */
    private static final class FailingToo implements ChatMemoryStore {

        private final AsyncStore store = new AsyncStore();
        private final Random random = new Random(2);

        private synchronized void act() {
            if (random.nextInt(4) == 0) {
                throw new IllegalStateException("the store has failed");
            }
        }

        @Override
        public List<ChatMessage> getMessages(Object id) {
            act();
            return store.getMessages(id);
        }

        @Override
        public void updateMessages(Object id, List<ChatMessage> messages) {
            act();
            store.updateMessages(id, messages);
        }

        @Override
        public void deleteMessages(Object id) {
            store.deleteMessages(id);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_keep_what_was_added_and_nothing_else_in_its_order(boolean async) {
        FailingToo blocking = new FailingToo();
        AsyncStore messages = async ? new Failing() : blocking.store;
        ChatMemoryStore store = async ? messages : blocking;
        Random random = new Random(3);
        List<List<CompletableFuture<Void>>> added = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            List<CompletableFuture<Void>> ofUser = new ArrayList<>();
            for (int i = 0; i < ADDS; i++) {
                ReasoningChatMemory memory = ReasoningChatMemory.builder()
                        .id(user)
                        .chatMemoryStore(store)
                        .build();
                CompletableFuture<Void> add = memory.addAsync(List.of(Said.answer("answer " + i)));
                ofUser.add(add);
                if (random.nextInt(3) == 0) {
                    threads.schedule(() -> add.cancel(true), random.nextInt(2_000), TimeUnit.MICROSECONDS);
                }
            }
            added.add(ofUser);
        }

        for (int user = 0; user < USERS; user++) {
            added.get(user).forEach(add -> add.handle((done, error) -> null).join());
            // After whatever was given up while it was written.
            ReasoningChatMemory.builder()
                    .id(user)
                    .chatMemoryStore(store)
                    .build()
                    .messagesAsync()
                    .handle((done, error) -> null)
                    .join();
            List<ChatMessage> stored = messages.getMessages(user);
            List<ChatMessage> expected = new ArrayList<>();
            for (int i = 0; i < ADDS; i++) {
                CompletableFuture<Void> add = added.get(user).get(i);
                ChatMessage answer = Said.answer("answer " + i);
                boolean isThere = stored.contains(answer);
                // Given up, it may have been written at the very moment.
                assertThat(isThere).isEqualTo(add.isCancelled() ? isThere : !add.isCompletedExceptionally());
                if (isThere) {
                    expected.add(answer);
                }
            }
            assertThat(stored).isEqualTo(expected);
        }
    }

    @Test
    void should_hold_no_conversation_that_is_over() {
        AsyncStore store = new Failing();
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int user = 0; user < 3_000; user++) {
            CompletableFuture<Void> add = ReasoningChatMemory.builder()
                    .id(user)
                    .chatMemoryStore(store)
                    .build()
                    .addAsync(List.of(Said.answer("Hi")));
            all.add(add);
            if (user % 2 == 0) {
                add.cancel(true);
            }
        }
        all.forEach(add -> add.handle((done, error) -> null).join());
        all.clear();

        while (ConversationLocks.known() > 1_000) {
            System.gc();
            ConversationLocks.lockFor(store, "x");
        }

        assertThat(ConversationLocks.known()).isLessThanOrEqualTo(1_000);
    }
}
