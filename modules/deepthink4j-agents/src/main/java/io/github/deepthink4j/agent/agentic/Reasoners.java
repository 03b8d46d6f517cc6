package io.github.deepthink4j.agent.agentic;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.agentic.scope.AgenticScope;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Chooses the model of an agent anew at each call, by what the agents before it have left in the scope: for
 * {@code AgentBuilder.chatModel(Function)} and {@code streamingChatModel(Function)}.
 *
 * <pre>{@code
 * AgenticServices.agentBuilder(Solver.class)
 *         .chatModel(Reasoners.pick(scope -> "hard".equals(scope.readState("difficulty")), reasoner, chat))
 *         .build();
 * }</pre>
 */
public final class Reasoners {

    private Reasoners() {}

    /** The reasoner where reasoning is needed, else the other model. */
    public static Function<AgenticScope, ChatModel> pick(
            Predicate<AgenticScope> needsReasoning, ChatModel reasoner, ChatModel other) {
        return either(needsReasoning, reasoner, other);
    }

    /**
     * The model for the value in the scope under this key.
     *
     * @param models    by value; compared with {@code equals}
     * @param otherwise where the scope has no value under the key, or one that is not in the map
     */
    public static Function<AgenticScope, ChatModel> pick(
            String key, Map<?, ? extends ChatModel> models, ChatModel otherwise) {
        return byValue(key, models, otherwise);
    }

    /** As {@link #pick(Predicate, ChatModel, ChatModel)}, for agents that stream. */
    public static Function<AgenticScope, StreamingChatModel> pickStreaming(
            Predicate<AgenticScope> needsReasoning, StreamingChatModel reasoner, StreamingChatModel other) {
        return either(needsReasoning, reasoner, other);
    }

    /** As {@link #pick(String, Map, ChatModel)}, for agents that stream. */
    public static Function<AgenticScope, StreamingChatModel> pickStreaming(
            String key, Map<?, ? extends StreamingChatModel> models, StreamingChatModel otherwise) {
        return byValue(key, models, otherwise);
    }

    private static <M> Function<AgenticScope, M> either(Predicate<AgenticScope> needsReasoning, M reasoner, M other) {
        requireNonNull(needsReasoning, "needsReasoning");
        requireNonNull(reasoner, "reasoner");
        requireNonNull(other, "other");
        return scope -> needsReasoning.test(scope) ? reasoner : other;
    }

    private static <M> Function<AgenticScope, M> byValue(String key, Map<?, ? extends M> models, M otherwise) {
        requireNonNull(key, "key");
        requireNonNull(otherwise, "otherwise");
        Map<Object, M> byValue = new LinkedHashMap<>(models);
        return scope -> {
            Object value = scope.readState(key);
            return value == null ? otherwise : byValue.getOrDefault(value, otherwise);
        };
    }
}
