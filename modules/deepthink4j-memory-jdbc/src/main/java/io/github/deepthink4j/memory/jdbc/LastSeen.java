package io.github.deepthink4j.memory.jdbc;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** What each thread has last seen of a conversation, for lists whose messages tell nothing. No thread is kept alive by it. */
final class LastSeen {

    /** More than one thread goes about at a time; what it has forgotten is a conflict, and nothing lost. */
    private static final int CONVERSATIONS_OF_A_THREAD = 64;

    private final Map<Thread, Map<String, State>> states = new WeakHashMap<>();

    void put(State state) {
        synchronized (states) {
            states.computeIfAbsent(Thread.currentThread(), thread -> new LinkedHashMap<>(16, 0.75f, true) {

                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, State> eldest) {
                            return size() > CONVERSATIONS_OF_A_THREAD;
                        }
                    })
                    .put(state.name(), state);
        }
    }

    @Nullable
    State of(String conversation) {
        synchronized (states) {
            Map<String, State> ofThread = states.get(Thread.currentThread());
            return ofThread == null ? null : ofThread.get(conversation);
        }
    }
}
