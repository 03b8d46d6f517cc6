package io.github.deepthink4j.agent.routing;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reasoner and a tool caller behind one {@link ChatModel}, so that AiServices with tools work although the reasoner has no
 * function calls (R1), or to let a cheap model call and a thorough one think. How they share the work is the
 * {@link ToolStrategy}.
 *
 * <p>The history may be of any memory: who made a message is told by its {@link Provenance}, each part gets tool rounds and
 * reasoning as its own generation wants them, and nothing but messages is kept between two requests. The response's metadata is a
 * {@link CombinedChatResponseMetadata}. Errors are those of the parts; a request that no part can serve is an
 * {@code UnsupportedFeatureException} before anything is sent. Thread-safe.
 */
public final class ToolRoutingChatModel implements ChatModel, CombinedModel {

    private final ToolRouting<ChatModel> routing;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;

    private ToolRoutingChatModel(
            ToolRouting<ChatModel> routing,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener) {
        this.routing = routing;
        this.defaultRequestParameters = defaultRequestParameters;
        this.listeners = listeners;
        this.stepListener = stepListener;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        RoutedTurn<ChatModel> turn = routing.begin(request);
        StepLog log = new StepLog(stepListener);
        PartCall<ChatModel> call = turn.first();
        while (true) {
            PartCall<ChatModel> now = call;
            ChatResponse response =
                    log.run(now.kind(), now.part(), () -> now.part().model().chat(now.request()));
            call = turn.next(response);
            if (call == null) {
                return turn.result(response, log);
            }
        }
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

    /** Builds a {@link ToolRoutingChatModel}. */
    public static final class Builder extends ToolRoutingModelBuilder<ChatModel, Builder> {

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        Part<ChatModel> part(String name, ChatModel model, @Nullable Set<Feature> declared) {
            return Part.of(name, model, declared);
        }

        /**
         * @throws IllegalArgumentException if a part is missing, or none has tools
         */
        public ToolRoutingChatModel build() {
            return new ToolRoutingChatModel(routing(), builtParameters(), builtListeners(), builtStepListener());
        }
    }
}
