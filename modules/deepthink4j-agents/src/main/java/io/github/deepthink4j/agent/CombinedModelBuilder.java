package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import io.github.deepthink4j.internal.stream.GuardedListeners;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of models made of several share.
 *
 * @param <B> the builder itself
 */
public abstract class CombinedModelBuilder<B extends CombinedModelBuilder<B>> {

    private List<ChatModelListener> listeners = List.of();
    private ChatRequestParameters defaultRequestParameters = DefaultChatRequestParameters.EMPTY;
    private StepListener stepListener = StepListener.NONE;

    private PromptLanguage promptLanguage = PromptLanguage.OF_CONVERSATION;

    protected CombinedModelBuilder() {}

    /** The builder itself. */
    protected abstract B self();

    /**
     * Told of the whole: one request, one response or error. The parts' own listeners are told of each call of a part. Of a failover
     * model it is each attempt that they are told of, as if they were listeners of each part.
     */
    public B listeners(List<ChatModelListener> listeners) {
        this.listeners = List.copyOf(listeners);
        return self();
    }

    /** As {@link #listeners(List)}. */
    public B listeners(ChatModelListener... listeners) {
        return listeners(List.of(listeners));
    }

    /** Parameters for requests that do not say otherwise; they go to every part, and come before the parts' own. */
    public B defaultRequestParameters(@Nullable ChatRequestParameters parameters) {
        this.defaultRequestParameters = parameters == null ? DefaultChatRequestParameters.EMPTY : parameters;
        return self();
    }

    /** Told of each call of a part as it begins and ends; nobody by default. */
    public B stepListener(StepListener stepListener) {
        this.stepListener = requireNonNull(stepListener, "stepListener");
        return self();
    }

    /**
     * The language of what the parts are told in words of the library's own; {@link PromptLanguage#OF_CONVERSATION} by default.
     * Models of ours that are parts have the same setting for what they add themselves.
     */
    public B promptLanguage(PromptLanguage promptLanguage) {
        this.promptLanguage = requireNonNull(promptLanguage, "promptLanguage");
        return self();
    }

    /** What was set. */
    protected final PromptLanguage builtPromptLanguage() {
        return promptLanguage;
    }

    /** What was set. */
    protected final List<ChatModelListener> builtListeners() {
        return GuardedListeners.of(listeners);
    }

    /** What was set. */
    protected final ChatRequestParameters builtParameters() {
        return defaultRequestParameters;
    }

    /** What was set. */
    protected final StepListener builtStepListener() {
        return StepListeners.of(stepListener, listeners);
    }
}
