package io.github.deepthink4j.agent.routing;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.agent.CombinedModelBuilder;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.profile.Feature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of the blocking and the streaming model share.
 *
 * @param <M> {@code ChatModel} or {@code StreamingChatModel}
 * @param <B> the builder itself
 */
public abstract class ToolRoutingModelBuilder<M, B extends ToolRoutingModelBuilder<M, B>>
        extends CombinedModelBuilder<B> {

    static final String REASONER = "reasoner";
    static final String TOOL_CALLER = "tool caller";

    private @Nullable Part<M> reasoner;
    private @Nullable Part<M> toolCaller;
    private ToolStrategy strategy = ToolStrategy.ROUTE;
    private boolean plan = true;
    private boolean answer = true;
    private @Nullable RoutingPrompts prompts;

    ToolRoutingModelBuilder() {}

    abstract Part<M> part(String name, M model, @Nullable Set<Feature> declared);

    /**
     * Who answers, plans and concludes. What it can do is read off its profile if it is a model of ours; of any other, what it
     * declares to LangChain4j, and tools besides: see {@link #reasoner(Object, Set)}.
     */
    public B reasoner(M model) {
        this.reasoner = part(REASONER, model, null);
        return self();
    }

    /** As {@link #reasoner(Object)}, with what it can do: of tools, JSON mode and images, those it has. */
    public B reasoner(M model, Set<Feature> features) {
        this.reasoner = part(REASONER, model, requireNonNull(features, "features"));
        return self();
    }

    /** Who calls tools. What it can do is known as of the {@link #reasoner(Object)}. */
    public B toolCaller(M model) {
        this.toolCaller = part(TOOL_CALLER, model, null);
        return self();
    }

    /** As {@link #toolCaller(Object)}, with what it can do: of tools, JSON mode and images, those it has. */
    public B toolCaller(M model, Set<Feature> features) {
        this.toolCaller = part(TOOL_CALLER, model, requireNonNull(features, "features"));
        return self();
    }

    /** {@link ToolStrategy#ROUTE} by default. */
    public B strategy(ToolStrategy strategy) {
        this.strategy = requireNonNull(strategy, "strategy");
        return self();
    }

    /** Whether the reasoner plans, with {@link ToolStrategy#PLAN_CALL_ANSWER}; it does by default. */
    public B plan(boolean plan) {
        this.plan = plan;
        return self();
    }

    /** Whether the reasoner writes the answer, with {@link ToolStrategy#PLAN_CALL_ANSWER}; it does by default. */
    public B answer(boolean answer) {
        this.answer = answer;
        return self();
    }

    /** What the parts are told, in whatever language; by default what the library has in that of {@link #promptLanguage}. */
    public B prompts(RoutingPrompts prompts) {
        this.prompts = requireNonNull(prompts, "prompts");
        return self();
    }

    ToolRouting<M> routing() {
        if (reasoner == null || toolCaller == null) {
            throw new IllegalArgumentException("a reasoner and a tool caller are needed: set both on the builder");
        }
        if (!reasoner.features(builtParameters()).contains(Feature.TOOLS)
                && !toolCaller.features(builtParameters()).contains(Feature.TOOLS)) {
            throw new IllegalArgumentException("neither the reasoner nor the tool caller has tools: use a tool caller"
                    + " that has, or declare its features if this is wrong");
        }
        return new ToolRouting<>(reasoner, toolCaller, strategy, plan, answer, prompts, builtPromptLanguage());
    }
}
