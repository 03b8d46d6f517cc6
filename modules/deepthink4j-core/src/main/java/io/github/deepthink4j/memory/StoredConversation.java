package io.github.deepthink4j.memory;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.internal.memory.ReadMessages;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One conversation in its store: read, decided upon and written under its lock, by a thread that waits or without one. Nothing
 * has changed where any of that fails.
 */
final class StoredConversation {

    /**
     * What is to become of the conversation.
     *
     * @param next what is to be stored; {@code null} to leave it as it is
     */
    record Change<T>(T result, @Nullable List<ChatMessage> next) {}

    /** Decides under the lock, and touches no store. */
    @FunctionalInterface
    interface Decision<T> {

        /**
         * @param stored what is there; nothing for a decision {@link #anew}
         * @param known  what was written the last time, whether or not it is what is stored now; {@code null} if nobody knows
         */
        Change<T> on(List<ChatMessage> stored, @Nullable Conversation known);

        /** Whether it does without what is stored. */
        default boolean anew() {
            return false;
        }
    }

    /** Told by its identity: a conversation without messages may have a place in the store. */
    private static final List<ChatMessage> NOTHING = Collections.unmodifiableList(new ArrayList<>());

    /** That nothing is left, not even the conversation's place in the store. */
    static final Decision<Boolean> FORGET = new Decision<>() {
        @Override
        public Change<Boolean> on(List<ChatMessage> stored, @Nullable Conversation known) {
            return new Change<>(true, NOTHING);
        }

        @Override
        public boolean anew() {
            return true;
        }
    };

    private final Object id;
    private final ChatMemoryStore store;
    private final ConversationLock lock;
    private final Executor executor;
    /** Under the lock, and weak: whoever has a store wants no second copy of its conversations here. */
    private @Nullable WeakReference<Conversation> written;

    private volatile @Nullable NonBlockingStore nonBlocking;

    StoredConversation(Object id, ChatMemoryStore store, Executor executor) {
        this.id = id;
        this.store = store;
        this.executor = executor;
        this.lock = store instanceof SingleConversationStore
                ? new ConversationLock()
                : ConversationLocks.lockFor(store, id);
    }

    ConversationLock lock() {
        return lock;
    }

    Executor executor() {
        return executor;
    }

    CompletableFuture<List<ChatMessage>> read() {
        return nonBlocking().read(id);
    }

    private NonBlockingStore nonBlocking() {
        NonBlockingStore known = nonBlocking;
        if (known == null) {
            known = new NonBlockingStore(store, lock, executor);
            nonBlocking = known;
        }
        return known;
    }

    /** On this thread, which waits for its turn and for the store. */
    <T> T change(Decision<T> decision) {
        lock.lock();
        try {
            return changeNow(decision);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #change} if it is nobody's turn; else without waiting for it. */
    <T, R extends @Nullable Object> CompletableFuture<R> changeSoon(Decision<T> decision, Function<T, R> then) {
        if (!lock.tryLock()) {
            return changeAsync(decision, then);
        }
        try {
            T result;
            try {
                result = changeNow(decision);
            } finally {
                lock.unlock();
            }
            return CompletableFuture.completedFuture(then.apply(result));
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> T changeNow(Decision<T> decision) {
        List<ChatMessage> stored = decision.anew() ? null : store.getMessages(id);
        Change<T> change = decide(decision, stored);
        List<ChatMessage> next = toWrite(change, stored);
        if (next == NOTHING) {
            store.deleteMessages(id);
        } else if (next != null) {
            store.updateMessages(id, next);
        }
        remember(change);
        return change.result();
    }

    /**
     * Without a thread that waits.
     *
     * @param then what the future has in the end; runs when the turn is over
     */
    <T, R extends @Nullable Object> CompletableFuture<R> changeAsync(Decision<T> decision, Function<T, R> then) {
        return new PendingChange<>(this, decision, then).start();
    }

    /**
     * @param stored {@code null} if it was not read
     */
    <T> Change<T> decide(Decision<T> decision, @Nullable List<ChatMessage> stored) {
        if (stored == null && !decision.anew()) {
            throw new NullPointerException("the chat memory store has returned null instead of a list of messages");
        }
        List<ChatMessage> read = stored == null ? List.of() : stored;
        return decision.on(read, read instanceof Conversation own ? own : written == null ? null : written.get());
    }

    /**
     * What the store is to be given: it may do with its list what it likes.
     *
     * @return {@code null} if that is there already
     */
    <T> @Nullable List<ChatMessage> toWrite(Change<T> change, @Nullable List<ChatMessage> stored) {
        List<ChatMessage> next = change.next();
        if (next == null || next == NOTHING || store instanceof SingleConversationStore) {
            return next;
        }
        List<ChatMessage> messages = next;
        if (next instanceof Conversation conversation) {
            messages = conversation.messages();
            if (messages.equals(stored)) {
                return null;
            }
        }
        return stored instanceof ReadMessages read ? read.changedTo(messages) : messages;
    }

    /** Stores what {@link #toWrite} has said. */
    CompletableFuture<@Nullable Void> write(List<ChatMessage> next) {
        return next == NOTHING ? nonBlocking().delete(id) : nonBlocking().write(id, next);
    }

    /** It is stored now. */
    <T> void remember(Change<T> change) {
        if (change.next() instanceof Conversation conversation && !(store instanceof SingleConversationStore)) {
            written = new WeakReference<>(conversation);
        }
    }
}
