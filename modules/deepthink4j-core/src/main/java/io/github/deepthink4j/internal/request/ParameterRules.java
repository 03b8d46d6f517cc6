package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.ignored;
import static io.github.deepthink4j.internal.request.Finding.invalid;
import static io.github.deepthink4j.internal.request.Finding.unsupported;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.RequestParameter;
import io.github.deepthink4j.profile.SafetyLevel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Findings about the values of parameters (docs/protocol.md, sections 1.4, 2.2 and 5). */
final class ParameterRules {

    private static final int MAX_TOOLS = 128;
    private static final int MAX_STOP_SEQUENCES = 16;
    private static final int MAX_TOP_LOGPROBS = 20;
    private static final Pattern TOOL_NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final int MAX_USER_ID_BYTES = 512;

    private final ModelProfile profile;
    private final RequestDraft draft;
    private final ChatRequestParameters said;
    private final Options options;
    private final ModeRules rules;
    private final boolean thinking;

    /** Other hosts have limits of their own, which are theirs to tell. */
    private final boolean ofDeepSeek;

    private final List<Finding> findings = new ArrayList<>();

    private ParameterRules(ModelProfile profile, RequestDraft draft) {
        this.profile = profile;
        this.draft = draft;
        this.said = draft.parameters();
        this.options = draft.options();
        this.thinking = profile.thinks(draft.thinking());
        this.rules = profile.rules(thinking);
        this.ofDeepSeek = profile.dialect().deepSeekApi();
    }

    static List<Finding> check(ModelProfile profile, RequestDraft draft) {
        ParameterRules all = new ParameterRules(profile, draft);
        all.sampling();
        all.logprobs();
        all.effort();
        all.seed();
        all.safety();
        all.limits();
        all.tools();
        all.prefix();
        return all.findings;
    }

    private void sampling() {
        heeded(RequestParameter.TEMPERATURE, said.temperature(), without(it -> it.temperature(null)));
        heeded(RequestParameter.TOP_P, said.topP(), without(it -> it.topP(null)));
        heeded(RequestParameter.TOP_K, said.topK(), without(it -> it.topK(null)));
        heeded(RequestParameter.FREQUENCY_PENALTY, said.frequencyPenalty(), without(it -> it.frequencyPenalty(null)));
        heeded(RequestParameter.PRESENCE_PENALTY, said.presencePenalty(), without(it -> it.presencePenalty(null)));
        range("temperature", said.temperature(), 0, 2, without(it -> it.temperature(null)));
        range("topP", said.topP(), 0, 1, without(it -> it.topP(null)));
    }

    private static UnaryOperator<RequestDraft> without(Consumer<DefaultChatRequestParameters.Builder<?>> change) {
        return it -> it.with(change);
    }

    private void heeded(RequestParameter parameter, @Nullable Object value, UnaryOperator<RequestDraft> without) {
        if (value == null) {
            return;
        }
        if (rules.refused().contains(parameter)) {
            findings.add(unsupported(
                    parameter.displayName() + " is not supported by " + mode() + ". Leave it out", without));
        } else if (rules.ignored().contains(parameter)) {
            findings.add(ignored(parameter.displayName() + " has no effect on " + mode() + ": it is ignored there"));
        }
    }

    private void range(
            String name, @Nullable Double value, double from, double to, UnaryOperator<RequestDraft> without) {
        if (value != null && !(value >= from && value <= to)) {
            findings.add(invalid("%s must be between %s and %s, but is %s".formatted(name, from, to, value), without));
        }
    }

    private void logprobs() {
        boolean wanted = options.get(Option.LOGPROBS, false);
        heeded(
                RequestParameter.LOGPROBS,
                wanted ? true : null,
                it -> it.with(Option.LOGPROBS, null).with(Option.TOP_LOGPROBS, null));
        Integer top = options.get(Option.TOP_LOGPROBS);
        if (top != null && (!wanted || top < 0 || top > MAX_TOP_LOGPROBS)) {
            findings.add(invalid(
                    "topLogprobs needs logprobs to be true and a number from 0 to " + MAX_TOP_LOGPROBS,
                    it -> it.with(Option.TOP_LOGPROBS, null)));
        }
    }

    private void effort() {
        String effort = options.get(Option.REASONING_EFFORT);
        if (effort == null || effort.equalsIgnoreCase(Efforts.NONE_EFFORT)) {
            return;
        }
        if (profile.efforts().meanings().isEmpty()) {
            findings.add(unsupported(
                    "reasoningEffort is not supported by " + profile.name() + ". Leave it out",
                    it -> it.with(Option.REASONING_EFFORT, null)));
        } else if (!profile.efforts().meanings().containsKey(effort.toLowerCase(Locale.ROOT))) {
            findings.add(invalid(
                    "reasoningEffort '%s' is not known to %s. Use one of %s"
                            .formatted(
                                    effort,
                                    profile.name(),
                                    profile.efforts().meanings().keySet().stream()
                                            .sorted()
                                            .toList()),
                    it -> it.with(Option.REASONING_EFFORT, null)));
        }
    }

    private void seed() {
        if (ofDeepSeek && options.get(Option.SEED) != null) {
            findings.add(ignored("seed has no effect on DeepSeek's own API: it is ignored there"));
        }
    }

    /** Whoever relies on the check must hear that it does not take place. */
    private void safety() {
        SafetyLevel level = options.get(Option.SAFETY_CHECK);
        if (level != null && !ofDeepSeek) {
            findings.add(unsupported(
                    "safetyCheck is a parameter of DeepSeek's own API, and "
                            + profile.dialect().name()
                            + " does not check anything by it. Leave it out, and check by other means",
                    it -> it.with(Option.SAFETY_CHECK, null)));
        } else if (level == SafetyLevel.HIGH && said.toolChoice() == ToolChoice.REQUIRED) {
            findings.add(unsupported(
                    "ToolChoice.REQUIRED is not supported beside safetyCheck HIGH. Use ToolChoice.AUTO",
                    it -> it.with(parameters -> parameters.toolChoice(ToolChoice.AUTO))));
        }
    }

    private void limits() {
        Integer max = said.maxOutputTokens();
        Integer limit = rules.maxOutputTokens();
        if (max != null && max < 1) {
            findings.add(invalid(
                    "maxOutputTokens must be at least 1, but is " + max, without(it -> it.maxOutputTokens(null))));
        } else if (max != null && limit != null && max > limit) {
            findings.add(invalid(
                    "maxOutputTokens must be at most %d with %s, but is %d".formatted(limit, mode(), max),
                    without(it -> it.maxOutputTokens(limit))));
        }
        List<String> stops = said.stopSequences();
        if (ofDeepSeek && stops.size() > MAX_STOP_SEQUENCES) {
            findings.add(invalid(
                    "at most " + MAX_STOP_SEQUENCES + " stop sequences are accepted, but there are " + stops.size(),
                    without(it -> it.stopSequences(stops.subList(0, MAX_STOP_SEQUENCES)))));
        }
        userId();
    }

    /** DeepSeek only recommends letters, digits, _ and - by now, so whatever else a user is called by goes as it is. */
    private void userId() {
        String userId = options.get(Option.USER_ID);
        if (userId == null) {
            return;
        }
        int bytes = userId.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || (ofDeepSeek && bytes > MAX_USER_ID_BYTES)) {
            findings.add(invalid(
                    "userId may take %d bytes of UTF-8 at most and must not be empty, but takes %d"
                            .formatted(MAX_USER_ID_BYTES, bytes),
                    it -> it.with(Option.USER_ID, null)));
        }
    }

    private void tools() {
        if (ofDeepSeek && draft.tools().size() > MAX_TOOLS) {
            findings.add(invalid(
                    "at most " + MAX_TOOLS + " tools are accepted, but there are "
                            + draft.tools().size(),
                    it -> it.with(parameters ->
                            parameters.toolSpecifications(it.tools().subList(0, MAX_TOOLS)))));
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
                    it -> it.with(Option.PREFIX, null)));
        }
    }

    private String mode() {
        return profile.name() + (thinking ? " while thinking" : "");
    }
}
