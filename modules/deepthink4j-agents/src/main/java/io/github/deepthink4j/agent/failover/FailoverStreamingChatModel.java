package io.github.deepthink4j.agent.failover;

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

/**
 * {@link FailoverChatModel} as a stream. Only before its first piece is another part asked: what the user has seen can't be taken
 * back, so a later failure goes to {@code onError}.
 */
public final class FailoverStreamingChatModel implements CancellableStreamingChatModel, CombinedModel {

    private final Failover<StreamingChatModel> failover;
    private final ChatRequestParameters defaultRequestParameters;
    private final StepListener stepListener;
    private final List<ChatModelListener> attemptListeners;

    private FailoverStreamingChatModel(
            Failover<StreamingChatModel> failover,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener) {
        this.failover = failover;
        this.defaultRequestParameters = defaultRequestParameters;
        this.stepListener = stepListener;
        this.attemptListeners = listeners;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        new FailoverStream(failover.begin(request), new StepLog(stepListener), attemptListeners, handler).start();
    }

    @Override
    public StreamingHandle start(ChatRequest request, StreamingChatResponseHandler handler) {
        return StreamScope.handleOf(() -> chat(request, handler));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaultRequestParameters;
    }

    /** JSON by a schema, if all parts have it. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return failover.capabilities();
    }

    @Override
    public Set<Feature> features(ChatRequestParameters parameters) {
        return failover.features(parameters);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link FailoverStreamingChatModel}. */
    public static final class Builder extends FailoverModelBuilder<StreamingChatModel, Builder> {

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        Part<StreamingChatModel> part(String name, StreamingChatModel model) {
            return Part.of(name, model, null);
        }

        /**
         * @throws IllegalArgumentException if there is no part
         */
        public FailoverStreamingChatModel build() {
            return new FailoverStreamingChatModel(failover(), builtParameters(), builtListeners(), builtStepListener());
        }
    }
}
