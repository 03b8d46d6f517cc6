package io.github.deepthink4j.memory;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.error.TurnTooLongException;
import io.github.deepthink4j.internal.refusal.Asker;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import io.github.deepthink4j.memory.StoredConversation.Change;
import io.github.deepthink4j.memory.StoredConversation.Decision;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
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

    /** What LangChain4j's memories are called that were given no id. */
    private static final Object DEFAULT_ID = "default";

    private final Object id;
    private final MemorySettings settings;
    private final StoredConversation conversation;
    private final MemoryEvents events;
    private final MemoryQuestions questions;

    /**
     * What is stored, to be read outside the lock.
     *
     * @param last what was written the last time; {@code null} if nobody knows
     */
    private record Snapshot(
            List<ChatMessage> stored, @Nullable Conversation last) {

        static Change<Snapshot> take(List<ChatMessage> stored, @Nullable Conversation last) {
            return new Change<>(new Snapshot(ownCopy(stored), last), null);
        }

        private static List<ChatMessage> ownCopy(List<ChatMessage> stored) {
            return stored instanceof Conversation ? stored : new ArrayList<>(stored);
        }
    }

    private ReasoningChatMemory(Object id, MemorySettings settings, ChatMemoryStore store) {
        this.id = requireNonNull(id, "id");
        this.settings = settings;
        this.conversation = new StoredConversation(id, store, settings.executor());
        this.events = new MemoryEvents(id, settings.listener());
        this.questions = new MemoryQuestions(conversation, events, () -> toSend(conversation.change(Snapshot::take)));
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
            changed(added, conversation.change(adding(added)), OpenQuestions::asked);
        }
    }

    /**
     * Forgets everything and remembers these messages instead, by the same rules.
     *
     * @throws TurnTooLongException if they end with a question that does not fit even alone; nothing has changed then
     */
    @Override
    public void set(Iterable<ChatMessage> messages) {
        List<ChatMessage> all = allOf(messages);
        changed(all, conversation.change(replacing(all)), OpenQuestions::asked);
    }

    /**
     * As {@link #add(Iterable)}, without blocking: by the store's own asynchronous methods, where it has LangChain4j 1.20's, else on
     * the builder's {@code executor}. All calls of a conversation, these and those that block, take turns in their order. An
     * override since LangChain4j 1.20, and not there before.
     *
     * @return what fails with a {@link TurnTooLongException} where {@code add} throws one, with what the store has thrown, and never
     *         with a wrapper; cancelled before anything is written, it changes nothing
     */
    public CompletableFuture<Void> addAsync(@Nullable List<ChatMessage> messages) {
        if (messages == null || messages.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return changedAsync(() -> copyOf(messages), this::adding);
    }

    /** As {@link #set(Iterable)}, without blocking; see {@link #addAsync}. */
    public CompletableFuture<Void> setAsync(List<ChatMessage> messages) {
        return changedAsync(() -> allOf(messages), this::replacing);
    }

    /** As {@link #messages()}, without blocking; see {@link #addAsync}. */
    public CompletableFuture<List<ChatMessage>> messagesAsync() {
        return conversation.changeAsync(
                Snapshot::take, snapshot -> questions.handedOut(toSend(snapshot), OpenQuestions::handedOutForLater));
    }

    /** As {@link #clear()}, without blocking; LangChain4j has none. See {@link #addAsync}. */
    public CompletableFuture<Void> clearAsync() {
        return conversation.changeAsync(StoredConversation.FORGET, done -> null);
    }

    private CompletableFuture<Void> changedAsync(
            Supplier<List<ChatMessage>> added, Function<List<ChatMessage>, Decision<Recollection>> change) {
        List<ChatMessage> messages;
        try {
            messages = added.get();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
        return conversation.changeAsync(change.apply(messages), now -> {
            changed(messages, now, OpenQuestions::askedForLater);
            return null;
        });
    }

    private Decision<Recollection> adding(List<ChatMessage> added) {
        return (stored, known) -> decided(Recollection.afterAdding(
                stored, known, added, settings.keep(id), settings.limits(id), settings.promptLanguage()));
    }

    private Decision<Recollection> replacing(List<ChatMessage> all) {
        return new Decision<>() {
            @Override
            public Change<Recollection> on(List<ChatMessage> stored, @Nullable Conversation known) {
                return adding(all).on(stored, known);
            }

            @Override
            public boolean anew() {
                return true;
            }
        };
    }

    private static Change<Recollection> decided(Recollection now) {
        return new Change<>(now, now.conversation());
    }

    private void changed(List<ChatMessage> added, Recollection now, BiConsumer<UserMessage, Asker> asked) {
        questions.asked(added, asked);
        events.changed(now);
    }

    /**
     * What to send: every tool call has a result. A call that waits still has one that says so, in this list only;
     * {@link #pendingToolCalls()} tells them.
     *
     * @return a new list, which is the caller's
     */
    @Override
    public List<ChatMessage> messages() {
        return questions.handedOut(toSend(conversation.change(Snapshot::take)), OpenQuestions::handedOut);
    }

    private List<ChatMessage> toSend(Snapshot now) {
        return Recollection.forSending(
                        now.stored(), now.last(), settings.keep(id), settings.limits(id), settings.promptLanguage())
                .conversation()
                .messages();
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
        questions.refused(error);
    }

    /** The tool calls of the last round that wait for their results, for example for somebody's approval. */
    public List<ToolExecutionRequest> pendingToolCalls() {
        return new ConversationRepair(
                        true, Conversation.empty(Measure.UNCOUNTED, KeepReasoning.ALL), PromptLanguage.OF_CONVERSATION)
                .takeStored(conversation.change(Snapshot::take).stored())
                .waiting();
    }

    @Override
    public void clear() {
        conversation.change(StoredConversation.FORGET);
    }

    private static List<ChatMessage> allOf(Iterable<ChatMessage> messages) {
        List<ChatMessage> all = copyOf(requireNonNull(messages, "messages"));
        if (all.isEmpty()) {
            throw new IllegalArgumentException("messages must not be empty");
        }
        return all;
    }

    private static List<ChatMessage> copyOf(Iterable<ChatMessage> messages) {
        List<ChatMessage> copy = new ArrayList<>();
        messages.forEach(message -> copy.add(requireNonNull(message, "message")));
        return copy;
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
