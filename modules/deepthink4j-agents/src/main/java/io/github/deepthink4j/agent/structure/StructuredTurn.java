package io.github.deepthink4j.agent.structure;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.Needs;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.agent.internal.Turn;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An answer in words, its JSON, and one repair of that. */
final class StructuredTurn implements Turn<ChatModel> {

    private final Part<ChatModel> reasoner;
    private final Part<ChatModel> structurer;
    private final StructurePrompts prompts;
    private final PromptLanguage language;
    private final ChatRequest request;
    private final boolean wantsJson;

    private PartCall<ChatModel> current;
    private @Nullable ChatResponse reasoned;
    private @Nullable ChatRequest extraction;
    private @Nullable SchemaValidator validator;

    /**
     * @param ownPrompts {@code null} for those of the language
     * @param language   of this conversation: English or Chinese
     */
    StructuredTurn(
            Part<ChatModel> reasoner,
            Part<ChatModel> structurer,
            @Nullable StructurePrompts ownPrompts,
            PromptLanguage language,
            ChatRequest request) {
        this.reasoner = reasoner;
        this.structurer = structurer;
        this.language = language;
        this.prompts = ownPrompts == null ? StructurePrompts.in(language) : ownPrompts;
        this.request = request;
        this.wantsJson = Needs.wantsJson(request);
        ChatRequest freely = wantsJson
                ? PartRequests.addingToLastUserMessage(
                        PartRequests.withoutFormat(request), prompts.askFreely(request.responseFormat(), language))
                : request;
        this.current = call(StepKind.REASON, reasoner, freely);
    }

    private PartCall<ChatModel> call(StepKind kind, Part<ChatModel> part, ChatRequest asked) {
        return new PartCall<>(kind, part, PartRequests.fitted(asked, part, language), false);
    }

    @Override
    public PartCall<ChatModel> first() {
        return current;
    }

    @Override
    public @Nullable PartCall<ChatModel> next(ChatResponse response) {
        ChatRequest asked = extraction;
        if (asked != null && validator != null) {
            return repair(asked, validator, response);
        }
        reasoned = response;
        if (!wantsJson || response.aiMessage().hasToolExecutionRequests()) {
            return null;
        }
        asked = extraction(response.aiMessage().text());
        extraction = asked;
        current = call(StepKind.STRUCTURE, structurer, asked);
        return current;
    }

    private ChatRequest extraction(@Nullable String answer) {
        if (answer == null || answer.isBlank()) {
            // Other vendors' models may do so. Of nothing, the structurer would make an answer of its own.
            throw new EmptyAnswerException(
                    "The reasoner has answered nothing that could be put into JSON. Try again.",
                    ErrorDetails.NONE,
                    null);
        }
        validator = new SchemaValidator(request.responseFormat().jsonSchema());
        return ChatRequest.builder()
                .messages(UserMessage.from(prompts.askForJson(lastQuestion(), answer)))
                .responseFormat(request.responseFormat())
                .build();
    }

    private @Nullable PartCall<ChatModel> repair(ChatRequest asked, SchemaValidator fits, ChatResponse response) {
        String text = response.aiMessage().text();
        List<String> findings = fits.findings(text, language);
        if (findings.isEmpty()) {
            return null;
        }
        String said = text == null ? "" : text;
        if (current.kind() == StepKind.REPAIR) {
            throw new StructureMismatchException(said, fits.findings(text, PromptLanguage.ENGLISH));
        }
        ChatRequest repair = PartRequests.adding(
                PartRequests.adding(asked, AiMessage.from(said)), UserMessage.from(prompts.askForRepair(findings)));
        current = call(StepKind.REPAIR, structurer, repair);
        return current;
    }

    private String lastQuestion() {
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

    /** Whoever has put it into its form, it is the reasoner's answer, with the reasoner's thoughts. */
    @Override
    public ChatResponse result(ChatResponse last, StepLog log) {
        AiMessage message = reasoned == null || reasoned == last
                ? last.aiMessage()
                : reasoned.aiMessage().withText(last.aiMessage().text());
        Provenance maker = new Provenance(reasoner.name(), reasoner.modelName(), null);
        return ChatResponse.builder()
                .aiMessage(maker.on(message))
                .metadata(log.metadata(last.metadata()))
                .build();
    }
}
