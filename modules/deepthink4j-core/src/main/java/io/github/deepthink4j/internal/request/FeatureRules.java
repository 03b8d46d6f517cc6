package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.unsupported;

import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.RequestParameter;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Findings about what a model can do at all: tools, JSON mode, thinking on demand, and by {@link ContentRules} what it can read. */
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
                            + ". Use a model that has them, or ToolRoutingChatModel of deepthink4j-agents, which lets another model call them",
                    it -> it.with(parameters ->
                            parameters.toolSpecifications(List.of()).toolChoice(null))));
        }
        if (!draft.serverTools().isEmpty() && !rules.features().contains(Feature.SERVER_TOOLS)) {
            findings.add(unsupported(
                    "server tools are not supported by " + mode + " on "
                            + profile.dialect().name()
                            + ". Use deepseek-flash on api.deepseek.com, or a tool of your own that searches",
                    it -> it.with(Option.SERVER_TOOLS, null)));
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
        StrictRules.check(profile, draft, rules).ifPresent(findings::add);
        CarriedRules.check(profile, draft).ifPresent(findings::add);
        findings.addAll(ContentRules.check(profile, draft, rules));
        return findings;
    }

    private static Optional<Finding> thinking(ModelProfile profile, RequestDraft draft) {
        boolean wanted = draft.thinking() == ThinkingMode.ON;
        boolean unwanted = draft.thinking() == ThinkingMode.OFF;
        if (unwanted && !profile.canTurnThinkingOff()) {
            return Optional.of(unsupported(
                    "turning thinking off is not supported by " + profile.name()
                            + ". Use a model whose thinking can be turned off, such as deepseek-flash",
                    it -> it.with(Option.THINKING, null)));
        }
        if (wanted && !profile.thinks(ThinkingMode.ON)) {
            return Optional.of(unsupported(
                    "thinking is not supported by " + profile.name() + ". Use a model that thinks",
                    it -> it.with(Option.THINKING, null)));
        }
        return Optional.empty();
    }
}
