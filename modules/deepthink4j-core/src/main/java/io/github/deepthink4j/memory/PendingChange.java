package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import io.github.deepthink4j.memory.StoredConversation.Change;
import io.github.deepthink4j.memory.StoredConversation.Decision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change of a {@link StoredConversation} that no thread waits for: its turn, what is stored, the decision, what is written.
 * Whoever gives its future up before anything is written has changed nothing; a write that has begun goes on, and the next turn
 * waits for it.
 *
 * <p>What depends on the future never runs on a thread of the store's, nor on that of whoever had the turn before.
 */
final class PendingChange<T, R extends @Nullable Object> implements ConversationLock.Waiter {

    private final StoredConversation conversation;
    private final Decision<T> decision;
    private final Function<T, R> then;
    private final CompletableFuture<R> promise = new CompletableFuture<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable CompletableFuture<?> reading;
    /** As long as nobody can have the future but this thread. */
    private volatile @Nullable Thread caller = Thread.currentThread();

    PendingChange(StoredConversation conversation, Decision<T> decision, Function<T, R> then) {
        this.conversation = conversation;
        this.decision = decision;
        this.then = then;
    }

    CompletableFuture<R> start() {
        promise.whenComplete((result, error) -> noLongerAwaited());
        conversation.lock().whenTurn(this);
        caller = null;
        return promise;
    }

    /** It has ended, or somebody has ended it: by a cancel, or by a limit of his own. */
    private void noLongerAwaited() {
        if (conversation.lock().withdraw(this)) {
            return;
        }
        CompletableFuture<?> read = reading;
        if (read != null) {
            read.cancel(true);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void onTurn() {
        try {
            if (decision.anew() || promise.isDone()) {
                decide(null);
                return;
            }
            CompletableFuture<List<ChatMessage>> read = held(conversation::read);
            reading = read;
            if (promise.isDone()) {
                read.cancel(true);
            }
            // As any future: what a store has put into it is seen only when it is looked at.
            ((CompletableFuture<?>) read).whenComplete((stored, error) -> {
                if (error != null) {
                    fail(error);
                } else if (stored == null || stored instanceof List<?>) {
                    decide((List<ChatMessage>) stored);
                } else {
                    fail(new IllegalStateException("the chat memory store has answered with a "
                            + stored.getClass().getName() + " instead of a list of messages"));
                }
            });
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** The work of the turn that calls the store or the user's code; what follows on it comes when that has returned. */
    private <V> V held(Supplier<V> work) {
        return conversation.lock().asHolder(work);
    }

    private void decide(@Nullable List<ChatMessage> stored) {
        try {
            reading = null;
            if (promise.isDone()) {
                end(() -> {});
                return;
            }
            Change<T> change = held(() -> conversation.decide(decision, stored));
            List<ChatMessage> next = conversation.toWrite(change, stored);
            if (next == null) {
                succeed(change);
                return;
            }
            CompletableFuture<?> writing = held(() -> conversation.write(next));
            writing.whenComplete((written, error) -> {
                if (error == null) {
                    succeed(change);
                } else {
                    fail(error);
                }
            });
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void succeed(Change<T> change) {
        conversation.remember(change);
        end(() -> {
            R result;
            try {
                result = then.apply(change.result());
            } catch (Throwable e) {
                promise.completeExceptionally(e);
                return;
            }
            promise.complete(result);
        });
    }

    private void fail(Throwable error) {
        end(() -> promise.completeExceptionally(NonBlockingStore.unwrapped(error)));
    }

    private void end(Runnable tell) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        conversation.lock().unlock();
        if (caller == Thread.currentThread()) {
            tell.run();
            return;
        }
        AtomicBoolean told = new AtomicBoolean();
        Runnable once = () -> {
            if (told.compareAndSet(false, true)) {
                tell.run();
            }
        };
        try {
            conversation.executor().execute(once);
        } catch (Throwable e) {
            // Where it has no room, nobody else would tell.
            once.run();
        }
    }
}
