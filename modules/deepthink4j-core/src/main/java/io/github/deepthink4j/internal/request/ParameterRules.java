package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.ignored;
import static io.github.deepthink4j.internal.request.Finding.invalid;
import static io.github.deepthink4j.internal.request.Finding.unsupported;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.RequestParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Findings about the values of parameters (docs/protocol.md, sections 1.4, 2.2 and 5). */
final class ParameterRules {

    private static final int MAX_TOOLS = 128;
    private static final int MAX_STOP_SEQUENCES = 16;
    private static final int MAX_TOP_LOGPROBS = 20;
    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Pattern USER_ID = Pattern.compile("[a-zA-Z0-9_-]{1,512}");

    private final ModelProfile profile;
    private final RequestDraft draft;
    private final ModeRules rules;
    private final boolean thinking;
    private final List<Finding> findings = new ArrayList<>();

    private ParameterRules(ModelProfile profile, RequestDraft draft) {
        this.profile = profile;
        this.draft = draft;
        this.thinking = profile.thinks(draft.thinking());
        this.rules = profile.rules(thinking);
    }

    static List<Finding> check(ModelProfile profile, RequestDraft draft) {
        ParameterRules all = new ParameterRules(profile, draft);
        all.sampling();
        all.logprobs();
        all.effort();
        all.limits();
        all.tools();
        all.prefix();
        return all.findings;
    }

    private void sampling() {
        heeded(RequestParameter.TEMPERATURE, draft.temperature(), it -> it.temperature(null));
        heeded(RequestParameter.TOP_P, draft.topP(), it -> it.topP(null));
        heeded(RequestParameter.TOP_K, draft.topK(), it -> it.topK(null));
        heeded(RequestParameter.FREQUENCY_PENALTY, draft.frequencyPenalty(), it -> it.frequencyPenalty(null));
        heeded(RequestParameter.PRESENCE_PENALTY, draft.presencePenalty(), it -> it.presencePenalty(null));
        range("temperature", draft.temperature(), 0, 2, it -> it.temperature(null));
        range("topP", draft.topP(), 0, 1, it -> it.topP(null));
    }

    private void heeded(
            RequestParameter parameter, @Nullable Object value, UnaryOperator<RequestDraftBuilder> without) {
        if (value == null) {
            return;
        }
        if (rules.refused().contains(parameter)) {
            findings.add(unsupported(
                    parameter.displayName() + " is not supported by " + mode() + ". Leave it out",
                    it -> without.apply(it.toBuilder()).build()));
        } else if (rules.ignored().contains(parameter)) {
            findings.add(ignored(parameter.displayName() + " has no effect on " + mode() + ": it is ignored there"));
        }
    }

    private void range(
            String name, @Nullable Double value, double from, double to, UnaryOperator<RequestDraftBuilder> without) {
        if (value != null && !(value >= from && value <= to)) {
            findings.add(invalid(
                    "%s must be between %s and %s, but is %s".formatted(name, from, to, value),
                    it -> without.apply(it.toBuilder()).build()));
        }
    }

    private void logprobs() {
        boolean wanted = Boolean.TRUE.equals(draft.logprobs());
        heeded(
                RequestParameter.LOGPROBS,
                wanted ? draft.logprobs() : null,
                it -> it.logprobs(null).topLogprobs(null));
        Integer top = draft.topLogprobs();
        if (top != null && (!wanted || top < 0 || top > MAX_TOP_LOGPROBS)) {
            findings.add(invalid(
                    "topLogprobs needs logprobs to be true and a number from 0 to " + MAX_TOP_LOGPROBS,
                    it -> it.toBuilder().topLogprobs(null).build()));
        }
    }

    private void effort() {
        String effort = draft.reasoningEffort();
        if (effort == null || effort.equalsIgnoreCase(Efforts.NONE_EFFORT)) {
            return;
        }
        if (profile.efforts().meanings().isEmpty()) {
            findings.add(unsupported(
                    "reasoningEffort is not supported by " + profile.name() + ". Leave it out",
                    it -> it.toBuilder().reasoningEffort(null).build()));
        } else if (!profile.efforts().meanings().containsKey(effort.toLowerCase(Locale.ROOT))) {
            findings.add(invalid(
                    "reasoningEffort '%s' is not known to %s. Use one of %s"
                            .formatted(
                                    effort,
                                    profile.name(),
                                    profile.efforts().meanings().keySet().stream()
                                            .sorted()
                                            .toList()),
                    it -> it.toBuilder().reasoningEffort(null).build()));
        }
    }

    private void limits() {
        Integer max = draft.maxOutputTokens();
        Integer limit = rules.maxOutputTokens();
        if (max != null && max < 1) {
            findings.add(invalid(
                    "maxOutputTokens must be at least 1, but is " + max,
                    it -> it.toBuilder().maxOutputTokens(null).build()));
        } else if (max != null && limit != null && max > limit) {
            findings.add(invalid(
                    "maxOutputTokens must be at most %d with %s, but is %d".formatted(limit, mode(), max),
                    it -> it.toBuilder().maxOutputTokens(limit).build()));
        }
        if (draft.stopSequences().size() > MAX_STOP_SEQUENCES) {
            findings.add(invalid(
                    "at most " + MAX_STOP_SEQUENCES + " stop sequences are accepted, but there are "
                            + draft.stopSequences().size(),
                    it -> it.toBuilder()
                            .stopSequences(it.stopSequences().subList(0, MAX_STOP_SEQUENCES))
                            .build()));
        }
        if (draft.userId() != null && !USER_ID.matcher(draft.userId()).matches()) {
            findings.add(invalid(
                    "userId may hold letters, digits, _ and -, 512 at most",
                    it -> it.toBuilder().userId(null).build()));
        }
    }

    private void tools() {
        if (draft.tools().size() > MAX_TOOLS) {
            findings.add(invalid(
                    "at most " + MAX_TOOLS + " tools are accepted, but there are "
                            + draft.tools().size(),
                    it -> it.toBuilder().tools(it.tools().subList(0, MAX_TOOLS)).build()));
        }
        for (ToolSpecification tool : draft.tools()) {
            if (!TOOL_NAME.matcher(tool.name()).matches()) {
                // Left as it is when downgraded: a renamed tool could not be executed.
                findings.add(invalid(
                        "tool name '" + tool.name() + "' must be letters, digits, _ and -, 64 at most",
                        UnaryOperator.identity()));
            }
        }
    }

    private void prefix() {
        List<?> messages = draft.messages();
        if (draft.prefix() && !(messages.get(messages.size() - 1) instanceof AiMessage)) {
            findings.add(invalid(
                    "prefix completion needs an AiMessage as the last message: the beginning of the answer",
                    it -> it.toBuilder().prefix(false).build()));
        }
    }

    private String mode() {
        return profile.name() + (thinking ? " while thinking" : "");
    }
}
