package io.github.deepthink4j.memory;

import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One lock for each conversation in a store, whoever asks: two memory objects with the same id and store share it. A lock
 * goes when the last memory that holds it has gone.
 */
final class ConversationLocks {

    private record Key(ChatMemoryStore store, Object id) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.store == store && key.id.equals(id);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(store) + id.hashCode();
        }
    }

    private static final class LockReference extends WeakReference<ConversationLock> {

        private final Key key;

        LockReference(ConversationLock lock, Key key, ReferenceQueue<ConversationLock> unused) {
            super(lock, unused);
            this.key = key;
        }
    }

    private static final ConversationLocks SHARED = new ConversationLocks();

    private final Map<Key, LockReference> locks = new HashMap<>();
    private final ReferenceQueue<ConversationLock> unused = new ReferenceQueue<>();

    /** The lock that all memories of this conversation in this process share. */
    static ConversationLock lockFor(ChatMemoryStore store, Object id) {
        return SHARED.lock(new Key(store, id));
    }

    /** How many conversations are known, those included whose memories have gone since the last call. */
    static int known() {
        synchronized (SHARED) {
            return SHARED.locks.size();
        }
    }

    private synchronized ConversationLock lock(Key key) {
        for (Object gone = unused.poll(); gone != null; gone = unused.poll()) {
            LockReference reference = (LockReference) gone;
            locks.remove(reference.key, reference);
        }
        LockReference reference = locks.get(key);
        @Nullable ConversationLock known = reference == null ? null : reference.get();
        if (known != null) {
            return known;
        }
        ConversationLock lock = new ConversationLock();
        locks.put(key, new LockReference(lock, key, unused));
        return lock;
    }
}
