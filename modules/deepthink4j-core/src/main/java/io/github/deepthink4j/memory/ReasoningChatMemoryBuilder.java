package io.github.deepthink4j.memory;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link ReasoningChatMemory}, with LangChain4j's names where it has them. Without any limit everything is
 * remembered; with several, all of them hold.
 *
 * @param <T> what is built: a memory, or a provider of memories
 * @param <B> the builder itself
 */
public abstract class ReasoningChatMemoryBuilder<T, B extends ReasoningChatMemoryBuilder<T, B>> {

    private ModelProfile profile = ModelProfile.V4_1;
    private @Nullable KeepReasoning keepReasoning;
    private @Nullable Predicate<Object> hasTools;
    private @Nullable Function<Object, Integer> maxMessages;
    private @Nullable Function<Object, Integer> maxTurns;
    private @Nullable Function<Object, Integer> maxTokens;
    private @Nullable Integer keptFree;
    private @Nullable TokenCountEstimator estimator;
    private @Nullable ChatMemoryStore store;
    private PromptLanguage promptLanguage = PromptLanguage.OF_CONVERSATION;
    private ReasoningMemoryListener listener = new ReasoningMemoryListener() {};
    private Executor executor = OwnThreads::runSoon;

    ReasoningChatMemoryBuilder() {}

    abstract B self();

    /** Builds it. */
    public abstract T build();

    /**
     * The model whose rule about reasoning is to be followed; {@link ModelProfile#V4_1} by default, which loses nothing.
     * Where several models take turns in a conversation, it is the one that wants most.
     */
    public B profile(ModelProfile profile) {
        this.profile = requireNonNull(profile, "profile");
        return self();
    }

    /** Says by hand which reasoning is kept, whatever the profile says: for models of other vendors, for example. */
    public B keepReasoning(KeepReasoning keepReasoning) {
        this.keepReasoning = requireNonNull(keepReasoning, "keepReasoning");
        return self();
    }

    /**
     * Whether the requests of the conversation carry tools. It matters for V4-0731 and later, which want all reasoning back
     * if they do and none if they don't. A memory does not see requests, and what it drops is gone: unless it is told
     * {@code false}, it keeps the reasoning.
     */
    public B hasTools(boolean hasTools) {
        return dynamicHasTools(id -> hasTools);
    }

    /** Like {@link #hasTools(boolean)}, asked for each conversation and each change. */
    public B dynamicHasTools(Predicate<Object> hasTools) {
        this.hasTools = requireNonNull(hasTools, "hasTools");
        return self();
    }

    /** At most this many messages, the system message included; at least 1. */
    public B maxMessages(int maxMessages) {
        return dynamicMaxMessages(id -> maxMessages);
    }

    /** Like {@link #maxMessages(int)}, asked anew at each use, with the memory's id. */
    public B dynamicMaxMessages(Function<Object, Integer> maxMessages) {
        this.maxMessages = requireNonNull(maxMessages, "maxMessages");
        return self();
    }

    /** At most this many turns, that is user messages with all that answers them; at least 1. */
    public B maxTurns(int maxTurns) {
        return dynamicMaxTurns(id -> maxTurns);
    }

    /** Like {@link #maxTurns(int)}, asked anew at each use, with the memory's id. */
    public B dynamicMaxTurns(Function<Object, Integer> maxTurns) {
        this.maxTurns = requireNonNull(maxTurns, "maxTurns");
        return self();
    }

    /** At most this many tokens, the system message included, by a {@link DeepSeekTokenCountEstimator}; at least 1. */
    public B maxTokens(int maxTokens) {
        return dynamicMaxTokens(id -> maxTokens);
    }

    /** Like {@link #maxTokens(int)}, asked anew at each use, with the memory's id. */
    public B dynamicMaxTokens(Function<Object, Integer> maxTokens) {
        this.maxTokens = requireNonNull(maxTokens, "maxTokens");
        this.keptFree = null;
        return self();
    }

    /** At most this many tokens, the system message included; at least 1. */
    public B maxTokens(int maxTokens, TokenCountEstimator estimator) {
        return dynamicMaxTokens(id -> maxTokens, estimator);
    }

    /** Like {@link #maxTokens(int, TokenCountEstimator)}, asked anew at each use, with the memory's id. */
    public B dynamicMaxTokens(Function<Object, Integer> maxTokens, TokenCountEstimator estimator) {
        this.estimator = requireNonNull(estimator, "estimator");
        return dynamicMaxTokens(maxTokens);
    }

    /**
     * At most as many tokens as the context window of the {@link #profile(ModelProfile)} holds beside those that are kept
     * free. A limit of tokens like the others: the last that is set counts. The window is the model's own; a host may have
     * a smaller one, which {@code ModelProfile.from(...).contextWindow(...)} says.
     *
     * @param keptFree tokens for the answer with its thought, and for what a memory does not see, such as tool
     *                 specifications
     * @throws IllegalArgumentException if it is negative; when the memory is built, if the window is unknown or not larger
     */
    public B fitContextWindow(int keptFree) {
        if (keptFree < 0) {
            throw new IllegalArgumentException("keptFree must not be negative, but is " + keptFree);
        }
        this.keptFree = keptFree;
        this.maxTokens = null;
        return self();
    }

    private static Function<Object, Integer> beside(int keptFree, ModelProfile profile) {
        Integer window = profile.contextWindow();
        if (window == null) {
            throw new IllegalArgumentException("the context window of " + profile.name()
                    + " is not known. Use maxTokens, or a profile that says it");
        }
        if (keptFree >= window) {
            throw new IllegalArgumentException("the context window of " + profile.name() + " is " + window + " tokens: "
                    + keptFree + " can't be kept free in it");
        }
        return id -> window - keptFree;
    }

    /** Where conversations are kept; by default in the memory object itself, and gone with it. */
    public B chatMemoryStore(ChatMemoryStore store) {
        this.store = requireNonNull(store, "store");
        return self();
    }

    /**
     * The language of what stands in for a tool's result that never came; {@link PromptLanguage#OF_CONVERSATION} by default.
     * Once stored, it stays as it is.
     */
    public B promptLanguage(PromptLanguage promptLanguage) {
        this.promptLanguage = requireNonNull(promptLanguage, "promptLanguage");
        return self();
    }

    /** Hears what is dropped, evicted and repaired. */
    public B listener(ReasoningMemoryListener listener) {
        this.listener = requireNonNull(listener, "listener");
        return self();
    }

    /**
     * Where the methods that end in {@code Async} call a store that has no asynchronous methods, and where what depends on their
     * futures runs; by default on few daemon threads of the library's own. It must run what it is given: one that loses a task holds
     * its conversation up, until the future is cancelled or somebody calls a method that blocks.
     */
    public B executor(Executor executor) {
        this.executor = requireNonNull(executor, "executor");
        return self();
    }

    MemorySettings settings() {
        TokenCountEstimator counting = estimator == null ? DeepSeekTokenCountEstimator.of(profile) : estimator;
        @Nullable Function<Object, Integer> tokens = keptFree == null ? maxTokens : beside(keptFree, profile);
        return new MemorySettings(
                profile,
                keepReasoning,
                hasTools,
                maxMessages,
                maxTurns,
                tokens,
                counting,
                promptLanguage,
                listener,
                executor);
    }

    ChatMemoryStore storeForOne() {
        return store == null ? new SingleConversationStore() : store;
    }

    @Nullable
    ChatMemoryStore store() {
        return store;
    }
}
