package io.github.deepthink4j.agent.structure;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.agent.CombinedModelBuilder;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.internal.AsyncParts;
import io.github.deepthink4j.agent.internal.CallChain;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.agent.internal.Turn;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Structured output in two steps: the reasoner answers freely, then a part with JSON mode puts that answer into the schema; what does
 * not fit is told to it in a validator's words, once. For reasoners without JSON mode (R1), and for schemas that thinking models
 * fill badly while they think.
 *
 * <p>A {@link ChatModel} that declares {@code RESPONSE_FORMAT_JSON_SCHEMA}: AiServices with POJOs use it as any other. The response's
 * text is the JSON, its thinking the reasoner's; each step is in its {@link CombinedChatResponseMetadata}. A request without a JSON
 * response format goes to the reasoner as it is, and tool calls of the reasoner are returned as they are. What still does not fit
 * is a {@link StructureMismatchException}. Thread-safe.
 */
public final class ReasonThenStructure implements AsyncChatModel, CombinedModel {

    private static final String REASONER = "reasoner";
    private static final String STRUCTURER = "structurer";

    private final Part<ChatModel> reasoner;
    private final Part<ChatModel> structurer;
    private final @Nullable StructurePrompts prompts;
    private final PromptLanguage promptLanguage;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;
    private final AsyncParts parts;

    private ReasonThenStructure(
            Part<ChatModel> reasoner,
            Part<ChatModel> structurer,
            @Nullable StructurePrompts prompts,
            PromptLanguage promptLanguage,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener,
            AsyncParts parts) {
        if (!structurer.features(ChatRequestParameters.builder().build()).contains(Feature.JSON_MODE)) {
            throw new IllegalArgumentException(
                    "the structurer has no JSON mode: use a part that has, or declare its features if this is wrong");
        }
        this.reasoner = reasoner;
        this.structurer = structurer;
        this.prompts = prompts;
        this.promptLanguage = promptLanguage;
        this.defaultRequestParameters = defaultRequestParameters;
        this.listeners = listeners;
        this.stepListener = stepListener;
        this.parts = parts;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return Turn.walk(begin(request), new StepLog(stepListener));
    }

    /** As {@link #doChat}, without a thread that waits; a cancel closes the connection of whichever part runs, and no other begins. */
    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        return CallChain.walk(() -> begin(request), parts, new StepLog(stepListener));
    }

    private StructuredTurn begin(ChatRequest request) {
        return new StructuredTurn(reasoner, structurer, prompts, promptLanguage.in(request.messages()), request);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaultRequestParameters;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    @Override
    public Set<Feature> features(ChatRequestParameters parameters) {
        Set<Feature> features = EnumSet.of(Feature.JSON_MODE);
        features.addAll(reasoner.features(parameters));
        return features;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link ReasonThenStructure}. */
    public static final class Builder extends CombinedModelBuilder<Builder> {

        private @Nullable Part<ChatModel> reasoner;
        private @Nullable Part<ChatModel> structurer;
        private @Nullable StructurePrompts prompts;
        private @Nullable Executor executor;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        /** Who answers. With a {@link ToolRoutingChatModel}, the answer may need tools. */
        public Builder reasoner(ChatModel model) {
            this.reasoner = Part.of(REASONER, model, null);
            return this;
        }

        /** Who puts the answer into JSON: a model of ours with JSON mode, or one that declares JSON by a schema to LangChain4j. */
        public Builder structurer(ChatModel model) {
            this.structurer = Part.of(STRUCTURER, model, null);
            return this;
        }

        /** As {@link #structurer(ChatModel)}, with what it can do. */
        public Builder structurer(ChatModel model, Set<Feature> features) {
            this.structurer = Part.of(STRUCTURER, model, requireNonNull(features, "features"));
            return this;
        }

        /** What the parts are told, in whatever language; by default what the library has in that of {@link #promptLanguage}. */
        public Builder prompts(StructurePrompts prompts) {
            this.prompts = requireNonNull(prompts, "prompts");
            return this;
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
         * @throws IllegalArgumentException if a part is missing, or the structurer has no JSON mode
         */
        public ReasonThenStructure build() {
            if (reasoner == null || structurer == null) {
                throw new IllegalArgumentException("a reasoner and a structurer are needed: set both on the builder");
            }
            return new ReasonThenStructure(
                    reasoner,
                    structurer,
                    prompts,
                    builtPromptLanguage(),
                    builtParameters(),
                    builtListeners(),
                    builtStepListener(),
                    new AsyncParts(executor));
        }
    }
}
