package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which questions belong to whom. LangChain4j has no way from a model to the memory whose messages it is sent: a request does
 * not say which conversation it is of, and two conversations may ask the same. But AI services, and whoever sends what a
 * memory hands out, send the very object that the memory has seen, so that the object tells the conversation.
 *
 * <p>Where retrieved text is not to be stored, the object is another one that holds the question's text; it is then the
 * question that was asked last on the same thread. And several conversations may be asked with one object, such as a constant:
 * then each is handed out an object of its own; where the shared one is sent all the same, see {@link #mostLikely}. Holds
 * everything weakly.
 */
public final class OpenQuestions {

    /** More conversations than this with one object are not read through for each call. */
    private static final int MOST_READ = 200;

    private record Asked(WeakReference<UserMessage> question, WeakReference<Asker> asker) {}

    /** One who lives and asks. */
    record Open(UserMessage question, Asker asker) {

        static @Nullable Open of(@Nullable Asked asked) {
            UserMessage question = asked == null ? null : asked.question().get();
            Asker asker = asked == null ? null : asked.asker().get();
            return question == null || asker == null ? null : new Open(question, asker);
        }

        boolean isOf(List<ChatMessage> request) {
            try {
                return asker.sends(request);
            } catch (Throwable e) {
                // A store that fails must not fail the call.
                return false;
            }
        }
    }

    /** By identity: equal questions are asked in many conversations. */
    private static final class Place extends WeakReference<UserMessage> {

        private final int hash;

        Place(UserMessage message, @Nullable ReferenceQueue<UserMessage> gone) {
            super(message, gone);
            this.hash = System.identityHashCode(message);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            UserMessage message = get();
            return message != null && other instanceof Place place && place.get() == message;
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private static final OpenQuestions ALL = new OpenQuestions();

    private final Map<Place, Map<Asker, Asked>> askers = new HashMap<>();
    private final ReferenceQueue<UserMessage> gone = new ReferenceQueue<>();

    /** Weak as well: a thread of a server's pool outlives the application, whose class loader the value would hold. */
    private final ThreadLocal<WeakReference<Asked>> lastAsked = new ThreadLocal<>();

    /** Or handed out. */
    private final ThreadLocal<WeakReference<Asked>> lastSeen = new ThreadLocal<>();

    private OpenQuestions() {}

    /** A question has become part of a conversation, and may be sent next by this thread. */
    public static void asked(UserMessage question, Asker asker) {
        WeakReference<Asked> asked = new WeakReference<>(ALL.know(question, question, asker));
        ALL.lastAsked.set(asked);
        ALL.lastSeen.set(asked);
    }

    /** As {@link #asked}, on a thread that is not the one that will send it, and that may send others' questions. */
    public static void askedForLater(UserMessage question, Asker asker) {
        ALL.know(question, question, asker);
    }

    /**
     * A question of a conversation is handed out.
     *
     * @return what to hand out: the question, or one that equals it if the object is another conversation's as well
     */
    public static UserMessage handedOut(UserMessage question, Asker asker) {
        UserMessage own = ALL.ownOf(question, asker);
        ALL.lastSeen.set(new WeakReference<>(ALL.know(own, own, asker)));
        return own;
    }

    /** As {@link #handedOut}, on a thread that is not the one that will send it. */
    public static UserMessage handedOutForLater(UserMessage question, Asker asker) {
        UserMessage own = ALL.ownOf(question, asker);
        ALL.know(own, own, asker);
        return own;
    }

    private UserMessage ownOf(UserMessage question, Asker asker) {
        return isOfAnother(question, asker) ? question.toBuilder().build() : question;
    }

    /** A call to a model begins. */
    public static Inquiry begin(List<ChatMessage> request) {
        return ALL.inquiry(request);
    }

    /** How many questions of a conversation are known whose objects live still. */
    static long known(Asker asker) {
        synchronized (ALL) {
            ALL.forgetGone();
            return ALL.askers.values().stream()
                    .filter(askers -> askers.containsKey(asker))
                    .count();
        }
    }

    private synchronized Asked know(UserMessage sent, UserMessage question, Asker asker) {
        forgetGone();
        Asked asked = new Asked(new WeakReference<>(question), new WeakReference<>(asker));
        askers.computeIfAbsent(new Place(sent, gone), place -> new WeakHashMap<>(2))
                .put(asker, asked);
        return asked;
    }

    private synchronized boolean isOfAnother(UserMessage question, Asker asker) {
        return askers.getOrDefault(new Place(question, null), Map.of()).keySet().stream()
                .anyMatch(other -> other != asker);
    }

    private void forgetGone() {
        for (Object place = gone.poll(); place != null; place = gone.poll()) {
            askers.remove(place);
        }
    }

    private Inquiry inquiry(List<ChatMessage> request) {
        List<Open> open = List.of();
        int behind = -1;
        boolean isLast = true;
        for (int i = request.size() - 1; i >= 0 && open.isEmpty(); i--) {
            if (request.get(i) instanceof UserMessage sent) {
                behind = request.size() - 1 - i;
                List<Open> known = find(sent);
                open = known.isEmpty() && isLast ? augmented(sent) : mostLikely(known, request);
                isLast = false;
            }
        }
        lastAsked.remove();
        lastSeen.remove();
        return open.isEmpty() ? Inquiry.OF_NOBODY : new Inquiry(open, behind);
    }

    /**
     * Of those with one object: the one that this thread has used last, if it would send this request; else all that would,
     * since the same request would be refused to each of them; else the one that this thread has used last.
     */
    private List<Open> mostLikely(List<Open> known, List<ChatMessage> request) {
        if (known.size() < 2) {
            return known;
        }
        WeakReference<Asked> seen = lastSeen.get();
        Open open = Open.of(seen == null ? null : seen.get());
        List<Open> last = open == null
                ? List.of()
                : known.stream().filter(one -> one.asker() == open.asker()).toList();
        if (known.size() > MOST_READ || last.stream().anyMatch(one -> one.isOf(request))) {
            return last;
        }
        List<Open> all = known.stream().filter(one -> one.isOf(request)).toList();
        return all.isEmpty() ? last : all;
    }

    private synchronized List<Open> find(UserMessage sent) {
        return askers.getOrDefault(new Place(sent, null), Map.of()).values().stream()
                .map(Open::of)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The question that this thread has asked last, if it is part of what is sent. */
    private List<Open> augmented(UserMessage sent) {
        WeakReference<Asked> last = lastAsked.get();
        Open open = Open.of(last == null ? null : last.get());
        String text = open == null ? "" : textOf(open.question());
        if (open == null || text.isBlank() || !textOf(sent).contains(text)) {
            return List.of();
        }
        // The later rounds of the turn may come from other threads.
        know(sent, open.question(), open.asker());
        return List.of(open);
    }

    private static String textOf(UserMessage message) {
        return message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }
}
