package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where message objects come from: from which reading, or in which writing the table first had them. All stores over one pair of
 * tables in a process share it, since their callers may hand a list from one to the other.
 *
 * <p>Nothing is kept alive by it.
 */
final class Origins {

    /**
     * @param known    when the table first had this object, as far as this process knows
     * @param isRead   whether it was read then, or written
     * @param inRow    the last state in which the object stands in the table
     * @param position its row there; {@code null} if it shares it with others
     * @param json     as it stands there, if it is one that can be changed; else {@code null}
     */
    record Origin(
            State known,
            boolean isRead,
            State inRow,
            @Nullable Long position,
            @Nullable String json) {

        boolean isOf(String conversation) {
            return known.name().equals(conversation);
        }
    }

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

    /** A constant stands in many; what is forgotten of it is a conflict, and nothing lost. */
    private static final int CONVERSATIONS_OF_A_MESSAGE = 16;

    /** Of each message one for a conversation, the latest first. */
    private final Map<Identity, List<Origin>> origins = new ConcurrentHashMap<>();

    private final ReferenceQueue<ChatMessage> gone = new ReferenceQueue<>();

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
            put(message, new Origin(state, true, state, positions.get(i), MessageJson.ifMutable(message)));
        }
    }

    void written(State state, List<ChatMessage> messages, long[] positions) {
        forgetGone();
        for (int i = 0; i < positions.length; i++) {
            ChatMessage message = messages.get(i);
            Origin before = of(state.name(), message);
            // What was known of it before tells more: it takes having seen the rest to have got it from there.
            Origin kept = before != null && (before.isRead || before.known.isKinOf(state)) ? before : null;
            put(
                    message,
                    new Origin(
                            kept == null ? state : kept.known,
                            kept != null && kept.isRead,
                            state,
                            positions[i],
                            MessageJson.ifMutable(message)));
        }
    }

    private void put(ChatMessage message, Origin origin) {
        origins.merge(
                new Identity(message, gone),
                List.of(origin),
                (before, added) -> Stream.concat(
                                added.stream(), before.stream().filter(other -> !other.isOf(origin.known.name())))
                        .limit(CONVERSATIONS_OF_A_MESSAGE)
                        .toList());
    }

    /** Whether all of them were in that state, or in one before it that goes back to the same reading. */
    boolean knowsAll(State state, List<ChatMessage> messages) {
        return messages.stream().allMatch(message -> {
            Origin origin = of(state.name(), message);
            return origin != null && origin.known.isKinOf(state);
        });
    }

    /** What is known of these messages, as far as something is. */
    List<Origin> of(String conversation, List<ChatMessage> messages) {
        List<Origin> known = new ArrayList<>();
        for (ChatMessage message : messages) {
            Origin origin = of(conversation, message);
            if (origin != null) {
                known.add(origin);
            }
        }
        return known;
    }

    /** The row in which this very message stands in that state, as it is; {@code null} if it stands in none. */
    @Nullable
    Long positionIn(State state, ChatMessage message) {
        Origin origin = of(state.name(), message);
        return origin == null
                        || origin.inRow.order() != state.order()
                        || !Objects.equals(origin.json, MessageJson.ifMutable(message))
                ? null
                : origin.position;
    }

    private @Nullable Origin of(String conversation, ChatMessage message) {
        for (Origin origin : origins.getOrDefault(new Identity(message, null), List.of())) {
            if (origin.isOf(conversation)) {
                return origin;
            }
        }
        return null;
    }

    private void forgetGone() {
        for (Object identity = gone.poll(); identity != null; identity = gone.poll()) {
            origins.remove(identity);
        }
    }
}
