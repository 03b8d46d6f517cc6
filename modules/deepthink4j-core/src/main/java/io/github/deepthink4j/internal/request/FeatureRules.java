package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.unsupported;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.RequestParameter;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Findings about what a model can do at all: tools, JSON mode, images, thinking on demand. */
final class FeatureRules {

    private FeatureRules() {}

    static List<Finding> check(ModelProfile profile, RequestDraft draft) {
        List<Finding> findings = new ArrayList<>();
        ModeRules rules = profile.rules(profile.thinks(draft.thinking()));
        String mode = profile.name() + (profile.thinks(draft.thinking()) ? " while thinking" : "");

        thinking(profile, draft).ifPresent(findings::add);
        if (draft.parameters().toolChoice() == ToolChoice.REQUIRED
                && rules.refused().contains(RequestParameter.FORCED_TOOL_CHOICE)) {
            findings.add(unsupported(
                    "ToolChoice.REQUIRED is not supported by " + mode
                            + ". Use ToolChoice.AUTO, or turn thinking off for this request",
                    it -> it.with(parameters -> parameters.toolChoice(ToolChoice.AUTO))));
        }
        if (draft.hasTools() && !rules.features().contains(Feature.TOOLS)) {
            findings.add(unsupported(
                    "tools are not supported by " + mode
                            + ". Use a model that has them, or route tool calls to another model",
                    it -> it.with(parameters ->
                            parameters.toolSpecifications(List.of()).toolChoice(null))));
        }
        if (draft.wantsJson() && !rules.features().contains(Feature.JSON_MODE)) {
            findings.add(unsupported(
                    "JSON response format is not supported by " + mode
                            + ". Ask for JSON in the prompt, or use a model that has a JSON mode",
                    it -> it.with(parameters -> parameters.responseFormat((ResponseFormat) null))));
        }
        if (draft.prefix() && !rules.features().contains(Feature.PREFIX)) {
            findings.add(
                    unsupported("prefix completion is not supported by " + mode, it -> it.with(Option.PREFIX, null)));
        }
        if (draft.strictTools() && draft.hasTools() && !rules.features().contains(Feature.STRICT_TOOLS)) {
            findings.add(unsupported("strict tools are not supported by " + mode, it -> it.withStrictTools(false)));
        }
        content(profile, draft, rules).ifPresent(findings::add);
        toolResults(profile, draft, rules).ifPresent(findings::add);
        return findings;
    }

    private static Optional<Finding> thinking(ModelProfile profile, RequestDraft draft) {
        boolean wanted = draft.thinking() == ThinkingMode.ON;
        boolean unwanted = draft.thinking() == ThinkingMode.OFF;
        if (unwanted && !profile.canTurnThinkingOff()) {
            return Optional.of(unsupported(
                    "turning thinking off is not supported by " + profile.name()
                            + ". Use a model that does not think, such as deepseek-chat",
                    it -> it.with(Option.THINKING, null)));
        }
        if (wanted && !profile.thinks(ThinkingMode.ON)) {
            return Optional.of(unsupported(
                    "thinking is not supported by " + profile.name() + ". Use a model that thinks",
                    it -> it.with(Option.THINKING, null)));
        }
        return Optional.empty();
    }

    /** V4-Pro was seen to ignore images and invent an answer (docs/protocol.md, section 2.10), so they are refused. */
    private static Optional<Finding> content(ModelProfile profile, RequestDraft draft, ModeRules rules) {
        return draft.messages().stream()
                .filter(UserMessage.class::isInstance)
                .flatMap(message -> ((UserMessage) message).contents().stream())
                .map(Content::type)
                .filter(type -> !isAccepted(type, rules))
                .findFirst()
                .map(type -> unsupported(
                        type.name().toLowerCase(Locale.ROOT) + " content is not supported by " + profile.name(),
                        it -> it.withMessages(withoutUnsupported(it.messages(), rules))));
    }

    /** Pictures that a tool returns reach the model in a user message, so they need what pictures of a user need. */
    private static Optional<Finding> toolResults(ModelProfile profile, RequestDraft draft, ModeRules rules) {
        return draft.messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .flatMap(message -> ((ToolExecutionResultMessage) message).contents().stream())
                .filter(content -> !isAccepted(content.type(), rules))
                .findFirst()
                .map(content -> unsupported(
                        "non-text content in tool results is not supported by " + profile.name(),
                        it -> it.withMessages(withoutUnsupported(it.messages(), rules))));
    }

    private static boolean isAccepted(ContentType type, ModeRules rules) {
        return type == ContentType.TEXT
                || (type == ContentType.IMAGE && rules.features().contains(Feature.IMAGES));
    }

    private static List<ChatMessage> withoutUnsupported(List<ChatMessage> messages, ModeRules rules) {
        List<ChatMessage> kept = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            if (message instanceof UserMessage user) {
                List<Content> contents = accepted(user.contents(), rules);
                if (!contents.isEmpty()) {
                    kept.add(user.toBuilder().contents(contents).build());
                }
            } else if (message instanceof ToolExecutionResultMessage result) {
                List<Content> contents = accepted(result.contents(), rules);
                kept.add(result.toBuilder()
                        .contents(contents.isEmpty() ? List.of(TextContent.from("")) : contents)
                        .build());
            } else {
                kept.add(message);
            }
        }
        return kept;
    }

    private static List<Content> accepted(List<Content> contents, ModeRules rules) {
        return contents.stream()
                .filter(content -> isAccepted(content.type(), rules))
                .toList();
    }
}
