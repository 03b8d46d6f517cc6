package io.github.deepthink4j.memory;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.refusal.Asker;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a conversation, and of the chain of thought what the model will want back. It evicts whole turns, oldest first,
 * never within the turn in progress and never the system message, which is one and always first; and it closes or removes
 * what a failed run leaves behind, so that no later request is refused for it.
 *
 * <p>Thread-safe. Two memories with one id on one store object share a lock, so that nothing is lost between them within a
 * process. Several processes on one conversation need a store that refuses to overwrite what it has not read.
 */
public final class ReasoningChatMemory implements ChatMemory {

    private static final SafeLog LOG = SafeLog.of(ReasoningChatMemory.class);

    /** What LangChain4j's memories are called that were given no id. */
    private static final Object DEFAULT_ID = "default";

    private final Object id;
    private final MemorySettings settings;
    private final ChatMemoryStore store;
    private final ReentrantLock lock;
    /** Under the lock, and weak: whoever has a store wants no second copy of its conversations here. */
    private @Nullable WeakReference<Conversation> written;
    /** As long as this memory lives, since it is held weakly elsewhere. */
    private final Asker asker = new Asker() {
        @Override
        public void refused(UserMessage question, int behind, Throwable error) {
            ReasoningChatMemory.this.refused(question, behind, error);
        }

        @Override
        public boolean sends(List<ChatMessage> request) {
            return toSend().equals(request);
        }
    };

    private ReasoningChatMemory(Object id, MemorySettings settings, ChatMemoryStore store) {
        this.id = requireNonNull(id, "id");
        this.settings = settings;
        this.store = store;
        this.lock =
                store instanceof SingleConversationStore ? new ReentrantLock() : ConversationLocks.lockFor(store, id);
        settings.limits(id);
    }

    /** Builds one memory. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a provider of memories, one for each id, for AI services with a {@code @MemoryId}. */
    public static ProviderBuilder provider() {
        return new ProviderBuilder();
    }

    /** A memory of at most this many messages. */
    public static ReasoningChatMemory withMaxMessages(int maxMessages) {
        return builder().maxMessages(maxMessages).build();
    }

    /** A memory of at most this many turns. */
    public static ReasoningChatMemory withMaxTurns(int maxTurns) {
        return builder().maxTurns(maxTurns).build();
    }

    /** A memory of at most this many tokens. */
    public static ReasoningChatMemory withMaxTokens(int maxTokens, TokenCountEstimator estimator) {
        return builder().maxTokens(maxTokens, estimator).build();
    }

    @Override
    public Object id() {
        return id;
    }

    /**
     * @throws TurnTooLongException if it is a question that does not fit even alone; nothing has changed then
     */
    @Override
    public void add(ChatMessage message) {
        add(List.of(message));
    }

    /**
     * Adds all of them, or none.
     *
     * @throws TurnTooLongException if they end with a question that does not fit even alone; nothing has changed then
     */
    @Override
    public void add(@Nullable Iterable<ChatMessage> messages) {
        if (messages == null) {
            return;
        }
        List<ChatMessage> added = copyOf(messages);
        if (!added.isEmpty()) {
            tell(changed(added, false));
        }
    }

    /**
     * Forgets everything and remembers these messages instead, by the same rules.
     *
     * @throws TurnTooLongException if they end with a question that does not fit even alone; nothing has changed then
     */
    @Override
    public void set(Iterable<ChatMessage> messages) {
        List<ChatMessage> all = copyOf(requireNonNull(messages, "messages"));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("messages must not be empty");
        }
        tell(changed(all, true));
    }

    private Recollection changed(List<ChatMessage> added, boolean anew) {
        lock.lock();
        try {
            List<ChatMessage> stored = anew ? List.of() : stored();
            KeepReasoning keep = settings.keep(id);
            Recollection now = Recollection.afterAdding(stored, known(stored), added, keep, settings.limits(id));
            write(now.conversation(), anew ? null : stored);
            added.forEach(this::watchQuestion);
            return now;
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param stored what is there, so that it is not written once more; {@code null} to write in any case
     */
    private void write(Conversation conversation, @Nullable List<ChatMessage> stored) {
        if (store instanceof SingleConversationStore) {
            store.updateMessages(id, conversation);
            return;
        }
        // The store may do with its list what it likes.
        List<ChatMessage> messages = conversation.messages();
        if (!messages.equals(stored)) {
            store.updateMessages(id, messages);
        }
        written = new WeakReference<>(conversation);
    }

    /** What was written the last time, whether or not it is what is stored now. */
    private @Nullable Conversation known(List<ChatMessage> stored) {
        if (stored instanceof Conversation own) {
            return own;
        }
        return written == null ? null : written.get();
    }

    /**
     * What to send: every tool call has a result. A call that waits still has one that says so, in this list only;
     * {@link #pendingToolCalls()} tells them.
     *
     * @return a new list, which is the caller's
     */
    @Override
    public List<ChatMessage> messages() {
        List<ChatMessage> messages = toSend();
        int last = messages.size() - 1;
        while (last >= 0 && !(messages.get(last) instanceof UserMessage)) {
            last--;
        }
        if (last >= 0) {
            messages.set(last, OpenQuestions.handedOut((UserMessage) messages.get(last), asker));
        }
        return messages;
    }

    private List<ChatMessage> toSend() {
        List<ChatMessage> stored;
        Conversation known;
        lock.lock();
        try {
            stored = snapshot();
            known = known(stored);
        } finally {
            lock.unlock();
        }
        return Recollection.forSending(stored, known, settings.keep(id), settings.limits(id))
                .conversation()
                .messages();
    }

    private void watchQuestion(ChatMessage message) {
        if (message instanceof UserMessage question) {
            OpenQuestions.asked(question, asker);
        }
    }

    /**
     * The turn in progress was refused, as by a content filter, by a model that does not tell so by itself; see
     * {@link RefusalListener}, which does this for any model. Such a turn is not sent again, and the next question takes its
     * place. Nothing happens if no question waits for its answer.
     *
     * @param error why, for the listener and the log
     */
    public void refused(Throwable error) {
        requireNonNull(error, "error");
        refusedTurn(turn -> true, error);
    }

    private void refused(UserMessage question, int behind, Throwable error) {
        try {
            refusedTurn(turn -> RefusedTurn.asks(turn, question, behind), error);
        } catch (Throwable e) {
            // The model's own error is on its way to the caller, and matters more.
            LOG.warn("Chat memory {} could not note that a question was refused", id, e);
        }
    }

    private void refusedTurn(Predicate<List<ChatMessage>> concerned, Throwable error) {
        List<ChatMessage> turn;
        lock.lock();
        try {
            List<ChatMessage> stored = snapshot();
            int start = RefusedTurn.startOfOpenTurn(stored);
            if (start < 0) {
                return;
            }
            int end = stored.size() - 1;
            ChatMessage last = stored.get(end);
            turn = List.copyOf(stored.subList(start, end + 1));
            if (RefusedTurn.isMarked(last) || !concerned.test(turn)) {
                return;
            }
            ChatMessage marked = RefusedTurn.marked(last);
            if (stored instanceof Conversation own) {
                store.updateMessages(id, own.withLast(marked));
            } else {
                stored.set(end, marked);
                store.updateMessages(id, stored);
            }
        } finally {
            lock.unlock();
        }
        LOG.warn("Chat memory {}: the turn in progress was refused and is not sent again: {}", id, error.toString());
        tell(listener -> listener.onTurnRefused(id, turn, error));
    }

    /** The tool calls of the last round that wait for their results, for example for somebody's approval. */
    public List<ToolExecutionRequest> pendingToolCalls() {
        List<ChatMessage> stored;
        lock.lock();
        try {
            stored = snapshot();
        } finally {
            lock.unlock();
        }
        return new ConversationRepair(true, Conversation.empty(Measure.UNCOUNTED, KeepReasoning.ALL))
                .takeStored(stored)
                .waiting();
    }

    /** What is stored, to be read outside the lock. */
    private List<ChatMessage> snapshot() {
        List<ChatMessage> stored = stored();
        return stored instanceof Conversation ? stored : new ArrayList<>(stored);
    }

    private List<ChatMessage> stored() {
        return requireNonNull(
                store.getMessages(id), "the chat memory store has returned null instead of a list of messages");
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            store.deleteMessages(id);
        } finally {
            lock.unlock();
        }
    }

    private static List<ChatMessage> copyOf(Iterable<ChatMessage> messages) {
        List<ChatMessage> copy = new ArrayList<>();
        messages.forEach(message -> copy.add(requireNonNull(message, "message")));
        return copy;
    }

    /** Outside the lock: a listener may take its time, or use this memory. */
    private void tell(Recollection change) {
        for (AiMessage message : change.dropped()) {
            tell(listener -> listener.onReasoningDropped(id, message));
        }
        for (List<ChatMessage> turn : change.evicted()) {
            tell(listener -> listener.onTurnEvicted(id, turn));
        }
        if (!change.repairs().isEmpty()) {
            LOG.warn("Chat memory {} was repaired: {}", id, change.repairs());
            tell(listener -> listener.onRepaired(id, change.repairs()));
        }
        String overLimit = change.overLimit();
        if (overLimit != null) {
            LOG.warn(
                    "Chat memory {}: the turn in progress alone has {}. It is kept whole until the next one",
                    id,
                    overLimit);
            tell(listener -> listener.onTurnOverLimit(id, overLimit));
        }
    }

    private void tell(Consumer<ReasoningMemoryListener> event) {
        try {
            event.accept(settings.listener());
        } catch (Throwable e) {
            LOG.warn("A listener of chat memory {} has failed", id, e);
        }
    }

    /** Builds one memory. */
    public static final class Builder extends ReasoningChatMemoryBuilder<ReasoningChatMemory, Builder> {

        private Object id = DEFAULT_ID;

        private Builder() {}

        /** The id under which the store knows the conversation; {@code "default"} by default. */
        public Builder id(Object id) {
            this.id = requireNonNull(id, "id");
            return this;
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * @throws IllegalArgumentException if a limit is below 1
         */
        @Override
        public ReasoningChatMemory build() {
            return new ReasoningChatMemory(id, settings(), storeForOne());
        }
    }

    /** Builds a provider of memories. */
    public static final class ProviderBuilder extends ReasoningChatMemoryBuilder<ChatMemoryProvider, ProviderBuilder> {

        private ProviderBuilder() {}

        @Override
        ProviderBuilder self() {
            return this;
        }

        /** A provider that makes a memory for each id it is asked for; all of them share the store, if there is one. */
        @Override
        public ChatMemoryProvider build() {
            MemorySettings all = settings();
            ChatMemoryStore shared = store();
            return id -> new ReasoningChatMemory(id, all, shared == null ? new SingleConversationStore() : shared);
        }
    }
}
