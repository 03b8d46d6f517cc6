package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link ToolRoutingChatModel} as a stream: thinking, text and tool calls come from whichever part speaks, in LangChain4j's order.
 * A plan comes as thinking, since the answer's text is that of the last part alone; text of a tool caller whose answer will not be
 * used is held back until a tool call follows, and dropped if none does. Cancelling stops the part that runs, and no other begins.
 */
public final class ToolRoutingStreamingChatModel extends CancellableStreamingChatModel implements Combined {

    private final ToolRouting<StreamingChatModel> routing;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;

    private ToolRoutingStreamingChatModel(Builder builder) {
        this.routing = builder.routing();
        this.defaultRequestParameters = builder.builtParameters();
        this.listeners = builder.builtListeners();
        this.stepListener = builder.builtStepListener();
    }

    @Override
    StreamingHandle begin(ChatRequest request, StreamingChatResponseHandler handler) {
        return new RoutedStream(routing.begin(request), new StepLog(stepListener), handler).start();
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaultRequestParameters;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    /** JSON by a schema, if a part with tools has it. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return routing.capabilities();
    }

    @Override
    public Set<Feature> features(ChatRequestParameters parameters) {
        return routing.features(parameters);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link ToolRoutingStreamingChatModel}. */
    public static final class Builder extends ToolRoutingModelBuilder<StreamingChatModel, Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        @Override
        Part<StreamingChatModel> part(String name, StreamingChatModel model, @Nullable Set<Feature> declared) {
            return Part.of(name, model, declared);
        }

        /**
         * @throws IllegalArgumentException if a part is missing, or none has tools
         */
        public ToolRoutingStreamingChatModel build() {
            return new ToolRoutingStreamingChatModel(this);
        }
    }
}
