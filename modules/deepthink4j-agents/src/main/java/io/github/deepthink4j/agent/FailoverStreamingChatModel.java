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

/**
 * {@link FailoverChatModel} as a stream. Only before its first piece is another part asked: what the user has seen can't be taken
 * back, so a later failure goes to {@code onError}.
 */
public final class FailoverStreamingChatModel extends CancellableStreamingChatModel implements Combined {

    private final Failover<StreamingChatModel> failover;
    private final ChatRequestParameters defaultRequestParameters;
    private final StepListener stepListener;
    private final List<ChatModelListener> attemptListeners;

    private FailoverStreamingChatModel(Builder builder) {
        this.failover = builder.failover();
        this.defaultRequestParameters = builder.builtParameters();
        this.stepListener = builder.builtStepListener();
        this.attemptListeners = builder.builtListeners();
    }

    @Override
    StreamingHandle begin(ChatRequest request, StreamingChatResponseHandler handler) {
        return new FailoverStream(failover.begin(request), new StepLog(stepListener), attemptListeners, handler)
                .start();
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
        Builder self() {
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
            return new FailoverStreamingChatModel(this);
        }
    }
}
