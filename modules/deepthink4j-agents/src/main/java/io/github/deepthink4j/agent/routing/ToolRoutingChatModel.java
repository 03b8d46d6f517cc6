package io.github.deepthink4j.agent.routing;

import static java.util.Objects.requireNonNull;

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
import io.github.deepthink4j.agent.internal.AsyncParts;
import io.github.deepthink4j.agent.internal.CallChain;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.agent.internal.Turn;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
public final class ToolRoutingChatModel implements AsyncChatModel, CombinedModel {

    private final ToolRouting<ChatModel> routing;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;
    private final AsyncParts parts;

    private ToolRoutingChatModel(
            ToolRouting<ChatModel> routing,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener,
            AsyncParts parts) {
        this.routing = routing;
        this.defaultRequestParameters = defaultRequestParameters;
        this.listeners = listeners;
        this.stepListener = stepListener;
        this.parts = parts;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return Turn.walk(routing.begin(request), new StepLog(stepListener));
    }

    /** As {@link #doChat}, without a thread that waits; a cancel closes the connection of whichever part runs, and no other begins. */
    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        return CallChain.walk(() -> routing.begin(request), parts, new StepLog(stepListener));
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

        private @Nullable Executor executor;

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
         * Where parts are called in {@code chatAsync} that have no such method themselves, each of which blocks its thread, and where the
         * future is completed. By default the first are daemon threads of the library's own, and the future is completed where the last
         * part's is.
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /**
         * @throws IllegalArgumentException if a part is missing, or none has tools
         */
        public ToolRoutingChatModel build() {
            return new ToolRoutingChatModel(
                    routing(), builtParameters(), builtListeners(), builtStepListener(), new AsyncParts(executor));
        }
    }
}
