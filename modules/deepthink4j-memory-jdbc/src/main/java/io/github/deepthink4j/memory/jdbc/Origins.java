package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where messages come from. {@code updateMessages} has no place for the version of what the caller has read, but the messages in its
 * list tell: each reading makes new objects, and a memory hands back those that it keeps. So a list is held against the newest
 * reading that one of its objects comes from; what was written later on top of that very reading counts as seen only if the list
 * holds something of it. Where no object tells, as in a conversation that was empty, it is what this thread has last seen.
 *
 * <p>Nothing is kept alive by it, neither messages nor threads.
 */
final class Origins {

    /** More than one thread goes about at a time; what it has forgotten is a conflict, and nothing lost. */
    private static final int CONVERSATIONS_OF_A_THREAD = 64;

    /**
     * @param known    when the store first had this object
     * @param isRead   whether it had read it then, or written it
     * @param inRow    the last state in which the object stands in the table
     * @param position its row there; {@code null} if it shares it with others
     * @param json     as it stands there, if it is one that can be changed; else {@code null}
     */
    private record Origin(
            State known,
            boolean isRead,
            State inRow,
            @Nullable Long position,
            @Nullable String json) {}

    private static final class Identity extends WeakReference<ChatMessage> {

        private final int hash;

        Identity(ChatMessage message, @Nullable ReferenceQueue<ChatMessage> gone) {
            super(message, gone);
            this.hash = System.identityHashCode(message);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (this == other) {
                return true;
            }
            ChatMessage message = get();
            return message != null && other instanceof Identity identity && identity.get() == message;
        }
    }

    private final Map<Identity, Origin> origins = new ConcurrentHashMap<>();
    private final ReferenceQueue<ChatMessage> gone = new ReferenceQueue<>();
    private final Map<Thread, Map<String, State>> lastSeen = new WeakHashMap<>();
    private final AtomicLong orders = new AtomicLong();

    long nextOrder() {
        return orders.incrementAndGet();
    }

    /** How many messages are known that somebody still has. */
    int known() {
        forgetGone();
        return origins.size();
    }

    /**
     * @param positions of the messages; {@code null} for those that share a row
     */
    void read(State state, List<ChatMessage> messages, List<@Nullable Long> positions) {
        forgetGone();
        for (int i = 0; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            origins.put(
                    new Identity(message, gone),
                    new Origin(state, true, state, positions.get(i), jsonIfMutable(message)));
        }
        seen(state);
    }

    void written(State state, List<ChatMessage> messages, long[] positions) {
        forgetGone();
        for (int i = 0; i < positions.length; i++) {
            ChatMessage message = messages.get(i);
            Origin before = originOf(state.name(), message);
            // What was known of it before tells more: it takes having seen the rest to have got it from there.
            Origin kept = before != null && (before.isRead || before.known.root() == state.root()) ? before : null;
            origins.put(
                    new Identity(message, gone),
                    new Origin(
                            kept == null ? state : kept.known,
                            kept != null && kept.isRead,
                            state,
                            positions[i],
                            jsonIfMutable(message)));
        }
        seen(state);
    }

    /** What this thread has last seen of a conversation. */
    void seen(State state) {
        synchronized (lastSeen) {
            lastSeen.computeIfAbsent(Thread.currentThread(), thread -> new LinkedHashMap<>(16, 0.75f, true) {

                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, State> eldest) {
                            return size() > CONVERSATIONS_OF_A_THREAD;
                        }
                    })
                    .put(state.name(), state);
        }
    }

    private @Nullable State lastSeen(String conversation) {
        synchronized (lastSeen) {
            Map<String, State> ofThread = lastSeen.get(Thread.currentThread());
            return ofThread == null ? null : ofThread.get(conversation);
        }
    }

    /**
     * From what these messages were made.
     *
     * @return {@code null} if this thread has seen nothing of the conversation, and the messages have not either
     */
    @Nullable
    State baseOf(String conversation, List<ChatMessage> messages) {
        State base = null;
        for (ChatMessage message : messages) {
            Origin origin = originOf(conversation, message);
            if (origin != null && origin.isRead) {
                base = newer(base, origin.known);
            }
        }
        if (base == null) {
            base = lastSeen(conversation);
        }
        @Nullable Long root = base == null ? null : base.root();
        for (ChatMessage message : messages) {
            Origin origin = originOf(conversation, message);
            if (origin != null && !origin.isRead && (root == null || root == origin.known.root())) {
                base = newer(base, origin.known);
            }
        }
        return base;
    }

    private static State newer(@Nullable State one, State other) {
        return one == null || other.order() > one.order() ? other : one;
    }

    /** The row in which this very message stands in that state, as it is; {@code null} if it stands in none. */
    @Nullable
    Long positionIn(State state, ChatMessage message) {
        Origin origin = originOf(state.name(), message);
        return origin == null
                        || origin.inRow.order() != state.order()
                        || !Objects.equals(origin.json, jsonIfMutable(message))
                ? null
                : origin.position;
    }

    private @Nullable Origin originOf(String conversation, ChatMessage message) {
        Origin origin = origins.get(new Identity(message, null));
        return origin == null || !origin.known.name().equals(conversation) ? null : origin;
    }

    /** Attributes can be changed in place, but for the model's. */
    private static @Nullable String jsonIfMutable(ChatMessage message) {
        return attributesOf(message).isEmpty() ? null : MessageJson.of(message);
    }

    private static Map<String, Object> attributesOf(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.attributes();
        }
        if (message instanceof ToolExecutionResultMessage result) {
            return result.attributes();
        }
        return message instanceof CustomMessage custom ? custom.attributes() : Map.of();
    }

    private void forgetGone() {
        for (Object identity = gone.poll(); identity != null; identity = gone.poll()) {
            origins.remove(identity);
        }
    }
}
