package io.github.deepthink4j.agent.structure;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.agent.CombinedModelBuilder;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.internal.Needs;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.profile.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
public final class ReasonThenStructure implements ChatModel, CombinedModel {

    private static final String REASONER = "reasoner";
    private static final String STRUCTURER = "structurer";

    private final Part<ChatModel> reasoner;
    private final Part<ChatModel> structurer;
    private final StructurePrompts prompts;
    private final ChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;
    private final StepListener stepListener;

    private ReasonThenStructure(
            Part<ChatModel> reasoner,
            Part<ChatModel> structurer,
            StructurePrompts prompts,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener) {
        if (!structurer.features(ChatRequestParameters.builder().build()).contains(Feature.JSON_MODE)) {
            throw new IllegalArgumentException(
                    "the structurer has no JSON mode: use a part that has, or declare its features if this is wrong");
        }
        this.reasoner = reasoner;
        this.structurer = structurer;
        this.prompts = prompts;
        this.defaultRequestParameters = defaultRequestParameters;
        this.listeners = listeners;
        this.stepListener = stepListener;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        StepLog log = new StepLog(stepListener);
        if (!Needs.wantsJson(request)) {
            return result(ask(log, StepKind.REASON, reasoner, request), null, log);
        }
        ChatRequest freely = PartRequests.addingToLastUserMessage(
                PartRequests.withoutFormat(request), prompts.askFreely(request.responseFormat()));
        ChatResponse reasoned = ask(log, StepKind.REASON, reasoner, freely);
        if (reasoned.aiMessage().hasToolExecutionRequests()) {
            return result(reasoned, null, log);
        }
        return result(reasoned, structured(request, reasoned, log), log);
    }

    /** In JSON, with one repair. */
    private ChatResponse structured(ChatRequest request, ChatResponse reasoned, StepLog log) {
        String answer = reasoned.aiMessage().text();
        if (answer == null || answer.isBlank()) {
            // Other vendors' models may do so. Of nothing, the structurer would make an answer of its own.
            throw new EmptyAnswerException(
                    "The reasoner has answered nothing that could be put into JSON. Try again.",
                    ErrorDetails.NONE,
                    null);
        }
        SchemaValidator validator = new SchemaValidator(request.responseFormat().jsonSchema());
        ChatRequest extraction = ChatRequest.builder()
                .messages(UserMessage.from(prompts.askForJson(lastQuestion(request), answer)))
                .responseFormat(request.responseFormat())
                .build();
        ChatResponse response = ask(log, StepKind.STRUCTURE, structurer, extraction);
        List<String> findings = validator.findings(response.aiMessage().text());
        if (findings.isEmpty()) {
            return response;
        }
        String text = response.aiMessage().text();
        ChatRequest repair = PartRequests.adding(
                PartRequests.adding(extraction, AiMessage.from(text == null ? "" : text)),
                UserMessage.from(prompts.askForRepair(findings)));
        ChatResponse repaired = ask(log, StepKind.REPAIR, structurer, repair);
        List<String> left = validator.findings(repaired.aiMessage().text());
        if (!left.isEmpty()) {
            String last = repaired.aiMessage().text();
            throw new StructureMismatchException(last == null ? "" : last, left);
        }
        return repaired;
    }

    private static String lastQuestion(ChatRequest request) {
        for (int i = request.messages().size() - 1; i >= 0; i--) {
            if (request.messages().get(i) instanceof UserMessage user) {
                return textOf(user);
            }
        }
        return "";
    }

    /** The words of a message that may hold more. */
    private static String textOf(UserMessage message) {
        return message.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n\n"));
    }

    private static ChatResponse ask(StepLog log, StepKind kind, Part<ChatModel> part, ChatRequest request) {
        ChatRequest fitted = PartRequests.fitted(request, part);
        return log.run(kind, part, () -> part.model().chat(fitted));
    }

    /** Whoever has put it into its form, it is the reasoner's answer, with the reasoner's thoughts. */
    private ChatResponse result(ChatResponse reasoned, @Nullable ChatResponse structured, StepLog log) {
        AiMessage message = structured == null
                ? reasoned.aiMessage()
                : reasoned.aiMessage().withText(structured.aiMessage().text());
        Provenance maker = new Provenance(reasoner.name(), reasoner.modelName(), null);
        return ChatResponse.builder()
                .aiMessage(maker.on(message))
                .metadata(log.metadata((structured == null ? reasoned : structured).metadata()))
                .build();
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
        private StructurePrompts prompts = StructurePrompts.DEFAULT;

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

        /** What the parts are told; {@link StructurePrompts#DEFAULT} by default. */
        public Builder prompts(StructurePrompts prompts) {
            this.prompts = requireNonNull(prompts, "prompts");
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
                    reasoner, structurer, prompts, builtParameters(), builtListeners(), builtStepListener());
        }
    }
}
