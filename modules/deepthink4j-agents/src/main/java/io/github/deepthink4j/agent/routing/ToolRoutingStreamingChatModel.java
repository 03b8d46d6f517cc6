package io.github.deepthink4j.agent.routing;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.internal.stream.StreamScope;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link ToolRoutingChatModel} as a stream: thinking, text and tool calls come from whichever part speaks, in LangChain4j's order.
 * A plan comes as thinking, since the answer's text is that of the last part alone; text of a tool caller whose answer will not be
 * used is held back until a tool call follows, and dropped if none does. Cancelling stops the part that runs, and no other begins.
 */
public final class ToolRoutingStreamingChatModel implements CancellableStreamingChatModel, CombinedModel {

    private final ToolRouting<StreamingChatModel> routing;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;

    private ToolRoutingStreamingChatModel(
            ToolRouting<StreamingChatModel> routing,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener) {
        this.routing = routing;
        this.defaultRequestParameters = defaultRequestParameters;
        this.listeners = listeners;
        this.stepListener = stepListener;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        new RoutedStream(routing.begin(request), new StepLog(stepListener), handler).start();
    }

    @Override
    public StreamingHandle start(ChatRequest request, StreamingChatResponseHandler handler) {
        return StreamScope.handleOf(() -> chat(request, handler));
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
        protected Builder self() {
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
            return new ToolRoutingStreamingChatModel(
                    routing(), builtParameters(), builtListeners(), builtStepListener());
        }
    }
}
