package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.AsyncNotSupportedException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code addAsync}, {@code setAsync} and {@code messagesAsync} do what the methods that block do, and take turns with them. */
@Timeout(60)
class AsyncMemoryTest {

    private static final ChatMessage ONE = Said.user("one");
    private static final ChatMessage ANSWER = Said.answer("answer");
    private static final ChatMessage TWO = Said.user("two");

    private final AsyncStore store = new AsyncStore();
    private final ReasoningChatMemory memory = over(store).build();

    private static ReasoningChatMemory.Builder over(ChatMemoryStore store) {
        return ReasoningChatMemory.builder().id("a").chatMemoryStore(store).executor(Runnable::run);
    }

    private static <T> T valueOf(CompletableFuture<T> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static Throwable errorOf(CompletableFuture<?> future) {
        Throwable thrown = catchThrowable(() -> future.get(30, TimeUnit.SECONDS));
        return thrown == null ? null : thrown.getCause();
    }

    @Test
    void should_do_at_once_what_needs_no_store() {
        ReasoningChatMemory alone = ReasoningChatMemory.withMaxTurns(1);

        assertThat(alone.addAsync(List.of(ONE, ANSWER))).isCompleted();
        assertThat(alone.messagesAsync()).isCompletedWithValue(List.of(ONE, ANSWER));
        assertThat(alone.addAsync(List.of(TWO))).isCompleted();
        assertThat(alone.messages()).containsExactly(TWO);
        assertThat(alone.setAsync(List.of(ONE))).isCompleted();
        assertThat(alone.messages()).containsExactly(ONE);
        assertThat(alone.clearAsync()).isCompleted();
        assertThat(alone.messages()).isEmpty();
    }

    @Test
    void should_use_the_asynchronous_methods_of_the_store() {
        CompletableFuture<Void> added = memory.addAsync(List.of(ONE));
        assertThat(store.conversations).isEmpty();

        store.next();
        assertThat(store.conversations).isEmpty();
        assertThat(added).isNotDone();

        store.next();
        assertThat(store.conversations).containsEntry("a", List.of(ONE));
        assertThat(added).isCompleted();
    }

    @Test
    void should_read_and_forget_by_the_asynchronous_methods_of_the_store() {
        store.updateMessages("a", List.of(ONE, ANSWER));

        CompletableFuture<List<ChatMessage>> messages = memory.messagesAsync();
        CompletableFuture<Void> cleared = memory.clearAsync();
        assertThat(messages).isNotDone();
        store.next();
        assertThat(messages).isCompletedWithValue(List.of(ONE, ANSWER));
        assertThat(cleared).isNotDone();
        store.next();
        assertThat(cleared).isCompleted();
        assertThat(store.conversations).isEmpty();
    }

    @Test
    void should_hand_out_a_list_that_is_the_callers() {
        store.atOnce = true;
        memory.add(ONE);

        valueOf(memory.messagesAsync()).clear();

        assertThat(memory.messages()).containsExactly(ONE);
    }

    @Test
    void should_add_what_the_list_held_when_it_was_called() {
        List<ChatMessage> list = new ArrayList<>(List.of(ONE));
        CompletableFuture<Void> added = memory.addAsync(list);
        list.clear();
        store.next();
        store.next();

        assertThat(added).isCompleted();
        assertThat(memory.messages()).containsExactly(ONE);
    }

    @Test
    void should_write_nothing_where_nothing_changes() {
        store.updateMessages("a", List.of(ONE));

        CompletableFuture<Void> twice = memory.addAsync(List.of(ONE));
        store.next();

        assertThat(twice).isCompleted();
        assertThat(store.open).isEmpty();
    }

    @Test
    void should_refuse_by_the_future_what_the_others_refuse_by_an_exception() {
        assertThat(memory.addAsync(null)).isCompleted();
        assertThat(memory.addAsync(List.of())).isCompleted();
        assertThat(errorOf(memory.setAsync(null))).isInstanceOf(NullPointerException.class);
        assertThat(errorOf(memory.setAsync(List.of()))).isInstanceOf(IllegalArgumentException.class);
        List<ChatMessage> withNull = new ArrayList<>();
        withNull.add(null);
        assertThat(errorOf(memory.addAsync(withNull))).isInstanceOf(NullPointerException.class);

        ReasoningChatMemory small = over(store)
                .maxTokens(5, DeepSeekTokenCountEstimator.builder().build())
                .build();
        store.atOnce = true;
        assertThat(errorOf(small.addAsync(List.of(Said.user("far too long for this memory ".repeat(9))))))
                .isInstanceOf(TurnTooLongException.class);
        assertThat(store.conversations).isEmpty();
    }

    @Test
    void should_take_turns_in_the_order_of_asking() {
        CompletableFuture<Void> one = memory.addAsync(List.of(ONE));
        CompletableFuture<Void> answer = over(store).build().addAsync(List.of(ANSWER));
        CompletableFuture<List<ChatMessage>> between = memory.messagesAsync();
        CompletableFuture<Void> two = memory.addAsync(List.of(TWO));

        while (!store.open.isEmpty()) {
            assertThat(store.open).hasSize(1);
            store.next();
        }

        assertThat(List.of(one, answer, two)).allMatch(CompletableFuture::isDone);
        assertThat(between).isCompletedWithValue(List.of(ONE, ANSWER));
        assertThat(memory.messages()).containsExactly(ONE, ANSWER, TWO);
    }

    @Test
    void should_hold_up_no_other_conversation() {
        memory.addAsync(List.of(ONE));
        ReasoningChatMemory other =
                ReasoningChatMemory.builder().id("b").chatMemoryStore(store).build();

        other.add(TWO);

        assertThat(other.messages()).containsExactly(TWO);
    }

    @Test
    void should_let_calls_that_block_wait_for_those_that_do_not() throws Exception {
        CompletableFuture<Void> one = memory.addAsync(List.of(ONE));
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> {
            waiter.set(Thread.currentThread());
            over(store).build().add(ANSWER);
        });
        while (waiter.get() == null || waiter.get().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> two = memory.addAsync(List.of(TWO));

        store.next();
        store.next();
        valueOf(one);
        valueOf(answer);
        while (!two.isDone()) {
            Runnable next = store.open.poll();
            if (next != null) {
                next.run();
            }
        }

        assertThat(memory.messages()).containsExactly(ONE, ANSWER, TWO);
    }

    @Test
    void should_keep_an_interrupt_while_it_waits() throws Exception {
        memory.addAsync(List.of(ONE));
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread waiter = new Thread(() -> {
            memory.add(ANSWER);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        waiter.interrupt();
        store.next();
        store.next();

        assertThat(valueOf(interrupted)).isTrue();
        assertThat(memory.messages()).containsExactly(ONE, ANSWER);
    }

    /** What a store does that has been written against another version, decorates another, or is a mock. */
    static Stream<AsyncStore> lacking() {
        return Stream.of(
                new AsyncStore() {
                    @Override
                    <T> CompletableFuture<T> answer(Supplier<T> work) {
                        return CompletableFuture.failedFuture(new AsyncNotSupportedException("no"));
                    }
                },
                new AsyncStore() {
                    @Override
                    <T> CompletableFuture<T> answer(Supplier<T> work) {
                        throw new AsyncNotSupportedException("no");
                    }
                },
                new AsyncStore() {
                    @Override
                    <T> CompletableFuture<T> answer(Supplier<T> work) {
                        return CompletableFuture.supplyAsync(() -> {
                            throw new CompletionException(new AsyncNotSupportedException("no"));
                        });
                    }
                },
                new AsyncStore() {
                    @Override
                    <T> CompletableFuture<T> answer(Supplier<T> work) {
                        return null;
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("lacking")
    void should_call_a_store_that_lacks_them_on_the_executor(AsyncStore lacking) {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            ReasoningChatMemory of = over(lacking).executor(executor).build();

            valueOf(of.addAsync(List.of(ONE)));
            assertThat(valueOf(of.messagesAsync())).containsExactly(ONE);
            valueOf(of.clearAsync());
            assertThat(lacking.conversations).isEmpty();
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void should_call_a_store_that_blocks_on_the_executor_only() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "for the memory"));
        try {
            ReasoningChatMemory of = over(new InMemoryChatMemoryStore() {
                        @Override
                        public List<ChatMessage> getMessages(Object id) {
                            thread.set(Thread.currentThread());
                            return super.getMessages(id);
                        }

                        public CompletableFuture<List<ChatMessage>> getMessagesAsync(Object id) {
                            throw new AsyncNotSupportedException("on no version");
                        }
                    })
                    .executor(executor)
                    .build();
            valueOf(of.addAsync(List.of(ONE)));
            assertThat(thread.get().getName()).isEqualTo("for the memory");
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void should_need_no_executor() {
        ReasoningChatMemory of = ReasoningChatMemory.builder()
                .chatMemoryStore(new InMemoryChatMemoryStore())
                .build();

        CompletableFuture<List<ChatMessage>> messages =
                of.addAsync(List.of(ONE)).thenCompose(done -> of.messagesAsync());

        assertThat(valueOf(messages)).containsExactly(ONE);
    }

    @Test
    void should_tell_that_the_executor_takes_nothing() {
        ReasoningChatMemory of = over(new InMemoryChatMemoryStore())
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .build();

        boolean hasOwn = errorOf(of.addAsync(List.of(ONE))) == null;
        assertThat(of.messages()).hasSize(hasOwn ? 1 : 0);
    }

    private static final class OnlyBlocking implements ChatMemoryStore {

        private final InMemoryChatMemoryStore messages = new InMemoryChatMemoryStore();

        @Override
        public List<ChatMessage> getMessages(Object id) {
            return messages.getMessages(id);
        }

        @Override
        public void updateMessages(Object id, List<ChatMessage> all) {
            messages.updateMessages(id, all);
        }

        @Override
        public void deleteMessages(Object id) {
            messages.deleteMessages(id);
        }
    }

    /** Else the only thread of an executor would wait for itself. */
    @Test
    void should_let_a_thread_that_waits_do_what_the_executor_has_not_begun() {
        Queue<Runnable> lost = new ArrayDeque<>();
        ReasoningChatMemory of = over(new OnlyBlocking()).executor(lost::add).build();
        CompletableFuture<Void> one = of.addAsync(List.of(ONE));
        CompletableFuture<Void> answer = of.addAsync(List.of(ANSWER));

        assertThat(of.messages()).containsExactly(ONE, ANSWER);
        assertThat(lost).isNotEmpty();
        lost.forEach(Runnable::run);
        assertThat(one).isCompleted();
        assertThat(answer).isCompleted();
        assertThat(of.messages()).containsExactly(ONE, ANSWER);
    }

    @Test
    void should_let_go_of_a_turn_that_an_executor_has_lost_when_it_is_cancelled() {
        ReasoningChatMemory of = over(new OnlyBlocking()).executor(task -> {}).build();
        CompletableFuture<Void> one = of.addAsync(List.of(ONE));

        one.cancel(true);
        of.add(TWO);

        assertThat(of.messages()).containsExactly(TWO);
    }

    static Stream<Throwable> kinds() {
        return Stream.of(new IllegalStateException("broken"), new AssertionError("broken"), new IOException("checked"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void should_leave_the_memory_as_it_was_when_a_read_or_a_write_fails(Throwable thrown) {
        boolean[] fails = new boolean[2];
        AsyncStore failing = new AsyncStore() {
            @Override
            public CompletableFuture<List<ChatMessage>> getMessagesAsync(Object id) {
                return fails[0] ? CompletableFuture.failedFuture(thrown) : super.getMessagesAsync(id);
            }

            @Override
            public CompletableFuture<Void> updateMessagesAsync(Object id, List<ChatMessage> messages) {
                return fails[1]
                        ? CompletableFuture.failedFuture(new CompletionException(thrown))
                        : super.updateMessagesAsync(id, messages);
            }
        };
        failing.atOnce = true;
        ReasoningChatMemory of = over(failing).maxTurns(1).build();
        valueOf(of.addAsync(List.of(ONE, ANSWER)));

        fails[0] = true;
        assertThat(errorOf(of.addAsync(List.of(TWO)))).isSameAs(thrown);
        assertThat(errorOf(of.messagesAsync())).isSameAs(thrown);
        fails[0] = false;
        fails[1] = true;
        assertThat(errorOf(of.addAsync(List.of(TWO)))).isSameAs(thrown);
        assertThat(errorOf(of.setAsync(List.of(TWO)))).isSameAs(thrown);
        fails[1] = false;

        assertThat(valueOf(of.messagesAsync())).containsExactly(ONE, ANSWER);
        valueOf(of.addAsync(List.of(TWO)));
        assertThat(of.messages()).containsExactly(TWO);
    }

    @Test
    void should_pass_the_turn_on_when_a_store_answers_with_something_else_than_messages() {
        ReasoningChatMemory strange = over(new AsyncStore() {
                    private boolean well;

                    @Override
                    @SuppressWarnings({"unchecked", "rawtypes"})
                    public CompletableFuture<List<ChatMessage>> getMessagesAsync(Object id) {
                        CompletableFuture answer = CompletableFuture.completedFuture(well ? List.of() : "text");
                        well = true;
                        return answer;
                    }

                    @Override
                    @SuppressWarnings({"unchecked", "rawtypes"})
                    public CompletableFuture<Void> updateMessagesAsync(Object id, List<ChatMessage> messages) {
                        updateMessages(id, messages);
                        return (CompletableFuture) CompletableFuture.completedFuture("OK");
                    }
                })
                .build();

        assertThat(errorOf(strange.addAsync(List.of(ONE)))).hasMessageContaining("java.lang.String instead of a list");

        assertThat(strange.addAsync(List.of(TWO))).succeedsWithin(java.time.Duration.ofSeconds(30));
        assertThat(strange.messages()).containsExactly(TWO);
    }

    @Test
    void should_say_that_a_store_has_given_null() {
        AsyncStore ofNull = new AsyncStore() {
            @Override
            public CompletableFuture<List<ChatMessage>> getMessagesAsync(Object id) {
                return CompletableFuture.completedFuture(null);
            }
        };

        assertThat(errorOf(over(ofNull).build().addAsync(List.of(ONE)))).hasMessageContaining("has returned null");
    }

    @Test
    void should_withdraw_what_is_cancelled_before_its_turn() {
        CompletableFuture<Void> one = memory.addAsync(List.of(ONE));
        CompletableFuture<Void> never = memory.addAsync(List.of(TWO));
        CompletableFuture<Void> answer = memory.addAsync(List.of(ANSWER));

        never.cancel(true);
        while (!store.open.isEmpty()) {
            store.next();
        }

        assertThat(List.of(one, answer)).allMatch(future -> !future.isCompletedExceptionally());
        assertThat(memory.messages()).containsExactly(ONE, ANSWER);
    }

    @Test
    void should_stop_a_read_that_nobody_waits_for_and_change_nothing() {
        CompletableFuture<Void> one = memory.addAsync(List.of(ONE));

        one.cancel(true);

        assertThat(store.futures.get(0)).isCancelled();
        memory.add(TWO);
        store.next();
        assertThat(memory.messages()).containsExactly(TWO);
    }

    @Test
    void should_wait_for_a_write_that_has_begun_though_nobody_waits_for_its_end() {
        CompletableFuture<Void> one = memory.addAsync(List.of(ONE));
        store.next();
        one.completeExceptionally(new TimeoutException("a limit of the caller's"));
        CompletableFuture<Void> answer = memory.addAsync(List.of(ANSWER));

        assertThat(store.futures).hasSize(2).noneMatch(CompletableFuture::isCancelled);
        store.next();
        assertThat(answer).isNotDone();
        store.next();
        store.next();
        assertThat(answer).isCompleted();
        assertThat(memory.messages()).containsExactly(ONE, ANSWER);
    }

    /** One within the other they would need a hundred thousand frames. */
    @Test
    void should_end_many_turns_that_wait_one_after_the_other() {
        CompletableFuture<Void> first = memory.addAsync(List.of(ONE));
        List<CompletableFuture<?>> all = new ArrayList<>(List.of(first));
        for (int i = 0; i < 10_000; i++) {
            all.add(memory.messagesAsync());
        }
        store.atOnce = true;
        store.next();

        assertThat(all).allMatch(CompletableFuture::isDone).noneMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void should_run_what_depends_on_it_on_the_executor_where_it_may_use_the_memory() {
        ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "for what follows"));
        try {
            ReasoningChatMemory of = over(store).executor(executor).build();
            AtomicReference<String> thread = new AtomicReference<>();
            CompletableFuture<List<ChatMessage>> after = of.addAsync(List.of(ONE))
                    .thenApply(done -> {
                        thread.set(Thread.currentThread().getName());
                        return of.messages();
                    });
            CompletableFuture<Void> answer = of.addAsync(List.of(ANSWER));
            while (!after.isDone() || !answer.isDone()) {
                Runnable next = store.open.poll();
                if (next != null) {
                    next.run();
                }
            }

            assertThat(thread.get()).isEqualTo("for what follows");
            assertThat(valueOf(after)).startsWith(ONE);
        } finally {
            executor.shutdown();
        }
    }

    /** A limit that looks into the memory it limits, as it could before. */
    @Test
    void should_let_the_code_that_runs_in_a_turn_use_the_memory() {
        store.atOnce = true;
        AtomicReference<ReasoningChatMemory> itself = new AtomicReference<>();
        itself.set(over(store)
                .dynamicMaxTurns(id -> itself.get() == null
                        ? 5
                        : 5 + itself.get().pendingToolCalls().size())
                .build());

        valueOf(itself.get().addAsync(List.of(ONE)));

        assertThat(itself.get().messages()).containsExactly(ONE);
    }

    @Test
    void should_tell_the_listener_what_was_let_go_of_also_when_nobody_waits_any_more() {
        List<List<ChatMessage>> evicted = new ArrayList<>();
        ReasoningChatMemory of = over(store)
                .maxTurns(1)
                .listener(new ReasoningMemoryListener() {
                    @Override
                    public void onTurnEvicted(Object id, List<ChatMessage> turn) {
                        evicted.add(turn);
                    }
                })
                .build();
        of.add(ONE);
        of.add(ANSWER);

        CompletableFuture<Void> two = of.addAsync(List.of(TWO));
        store.next();
        two.cancel(true);
        store.next();

        assertThat(evicted).containsExactly(List.of(ONE, ANSWER));
    }

    /** The thread is the store's, or another conversation's: what is sent on it next is not this question. */
    @Test
    void should_not_take_the_next_request_of_a_thread_for_its_own() {
        store.atOnce = true;
        valueOf(memory.addAsync(List.of(ONE)));
        valueOf(memory.messagesAsync());

        OpenQuestions.begin(List.of(Said.user("Somebody else's question, with one in it")))
                .failed(new ContentFilteredException("no"));

        assertThat(memory.messages()).containsExactly(ONE);
    }

    @Test
    void should_hear_that_its_question_was_refused() {
        store.atOnce = true;
        valueOf(memory.addAsync(List.of(ONE)));

        OpenQuestions.begin(valueOf(memory.messagesAsync())).failed(new ContentFilteredException("no"));

        assertThat(memory.messages()).isEmpty();
    }

    /** Whoever tells it is on the thread that brings the bytes. */
    @Test
    void should_not_let_a_refusal_wait_for_the_turns_of_others() {
        store.atOnce = true;
        valueOf(memory.addAsync(List.of(ONE)));
        List<ChatMessage> sent = valueOf(memory.messagesAsync());
        store.atOnce = false;
        CompletableFuture<List<ChatMessage>> before = memory.messagesAsync();

        OpenQuestions.begin(sent).failed(new ContentFilteredException("no"));
        CompletableFuture<List<ChatMessage>> after = memory.messagesAsync();
        while (!store.open.isEmpty()) {
            store.next();
        }

        assertThat(before).isCompletedWithValue(List.of(ONE));
        assertThat(after).isCompletedWithValue(List.of());
    }
}
