package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which questions belong to whom. LangChain4j has no way from a model to the memory whose messages it is sent: a request does
 * not say which conversation it is of, and two conversations may ask the same. But AI services, and whoever sends what a
 * memory hands out, send the very object that the memory has seen, so that the object tells the conversation.
 *
 * <p>Where retrieved text is not to be stored, the object is another one that holds the question's text; it is then the
 * question that was asked last on the same thread. Holds everything weakly.
 */
public final class OpenQuestions {

    private record Asked(WeakReference<UserMessage> question, WeakReference<Asker> asker) {}

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

    private final Map<Place, Asked> askers = new HashMap<>();
    private final ReferenceQueue<UserMessage> gone = new ReferenceQueue<>();

    /** Weak as well: a thread of a server's pool outlives the application, whose class loader the value would hold. */
    private final ThreadLocal<WeakReference<Asked>> lastAsked = new ThreadLocal<>();

    private OpenQuestions() {}

    /** A question has become part of a conversation, and may be sent next by this thread. */
    public static void asked(UserMessage question, Asker asker) {
        ALL.lastAsked.set(new WeakReference<>(ALL.know(question, question, asker)));
    }

    /** A question of a conversation is handed out as this object. */
    public static void handedOut(UserMessage question, Asker asker) {
        ALL.know(question, question, asker);
    }

    /** A call to a model begins. */
    public static Inquiry begin(List<ChatMessage> request) {
        return ALL.inquiry(request);
    }

    /** How many questions are known whose objects live still. */
    static int known() {
        synchronized (ALL) {
            ALL.forgetGone();
            return ALL.askers.size();
        }
    }

    private synchronized Asked know(UserMessage sent, UserMessage question, Asker asker) {
        forgetGone();
        Asked asked = new Asked(new WeakReference<>(question), new WeakReference<>(asker));
        askers.put(new Place(sent, gone), asked);
        return asked;
    }

    private void forgetGone() {
        for (Object place = gone.poll(); place != null; place = gone.poll()) {
            askers.remove(place);
        }
    }

    private Inquiry inquiry(List<ChatMessage> request) {
        Inquiry inquiry = Inquiry.OF_NOBODY;
        boolean isLast = true;
        for (int i = request.size() - 1; i >= 0 && inquiry == Inquiry.OF_NOBODY; i--) {
            if (request.get(i) instanceof UserMessage sent) {
                int behind = request.size() - 1 - i;
                Asked asked = find(sent);
                inquiry = inquiry(asked == null && isLast ? augmented(sent) : asked, behind);
                isLast = false;
            }
        }
        lastAsked.remove();
        return inquiry;
    }

    private static Inquiry inquiry(@Nullable Asked asked, int behind) {
        UserMessage question = asked == null ? null : asked.question().get();
        Asker asker = asked == null ? null : asked.asker().get();
        return question == null || asker == null ? Inquiry.OF_NOBODY : new Inquiry(question, asker, behind);
    }

    private synchronized @Nullable Asked find(UserMessage sent) {
        return askers.get(new Place(sent, null));
    }

    /** The question that this thread has asked last, if it is part of what is sent. */
    private @Nullable Asked augmented(UserMessage sent) {
        WeakReference<Asked> last = lastAsked.get();
        Asked asked = last == null ? null : last.get();
        UserMessage question = asked == null ? null : asked.question().get();
        Asker asker = asked == null ? null : asked.asker().get();
        if (question == null || asker == null) {
            return null;
        }
        String text = textOf(question);
        if (text.isBlank() || !textOf(sent).contains(text)) {
            return null;
        }
        // The later rounds of the turn may come from other threads.
        return know(sent, question, asker);
    }

    private static String textOf(UserMessage message) {
        return message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }
}
