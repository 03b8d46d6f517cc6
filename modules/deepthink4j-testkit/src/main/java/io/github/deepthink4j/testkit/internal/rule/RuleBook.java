package io.github.deepthink4j.testkit.internal.rule;

import io.github.deepthink4j.testkit.rule.Rule;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which check each rule is. */
public final class RuleBook {

    private RuleBook() {}

    /**
     * What breaks those of these rules that have this severity: first what the parser would not take, in the order of the body,
     * then the others, in the order in which they stand in {@link Rule}.
     */
    public static List<Breach> breaches(Collection<Rule> rules, Rule.Severity severity, RequestFacts facts) {
        Stream<Breach> unparsed = facts.misfits().stream()
                .filter(misfit -> rules.contains(misfit.rule()) && misfit.rule().severity() == severity)
                .map(misfit -> new Breach(misfit.rule(), Refusal.of(misfit, facts.generation())));
        Stream<Breach> broken = rules.stream()
                .filter(rule -> rule.severity() == severity)
                .sorted()
                .flatMap(rule -> Stream.ofNullable(breach(rule, facts)).map(refusal -> new Breach(rule, refusal)));
        return Stream.concat(unparsed, broken).toList();
    }

    private static @Nullable Refusal breach(Rule rule, RequestFacts facts) {
        return facts.fim() ? FimChecks.breach(rule, facts) : breachOfChat(rule, facts);
    }

    private static @Nullable Refusal breachOfChat(Rule rule, RequestFacts facts) {
        return switch (rule) {
            case STRICT_SCHEMA -> StrictChecks.schemas(facts);
            case FIM_ON_BETA, FIM_MODEL, FIM_PARAMETERS -> null;
            // Whoever does not fit in one of these ways is among the misfits.
            case PARAMETER_KINDS, KNOWN_ROLES, NO_CONTENT_ARRAYS, IMAGES, THINKING_IS_OBJECT -> null;
            case KNOWN_MODEL -> ParameterChecks.knownModel(facts);
            case MESSAGES_PRESENT -> MessageChecks.present(facts);
            case ASSISTANT_CONTENT -> MessageChecks.assistantContent(facts);
            case ALTERNATING_ROLES -> MessageChecks.alternatingRoles(facts);
            case TOOL_RESULTS_MATCH -> MessageChecks.toolResultsMatch(facts);
            case UNIQUE_CALL_IDS -> MessageChecks.uniqueCallIds(facts);
            case CALL_ARGUMENTS -> MessageChecks.callArguments(facts);
            case PREFIX_ON_BETA -> MessageChecks.prefixOnBeta(facts);
            case NO_REASONING_BACK -> ReasoningChecks.noReasoningBack(facts);
            case REASONING_WITHIN_TURN -> ReasoningChecks.withinTurn(facts);
            case REASONING_ON_TOOL_TURNS -> ReasoningChecks.onToolTurns(facts);
            case REASONING_WITH_TOOLS -> ReasoningChecks.withTools(facts);
            case REASONING_NOT_EMPTY -> ReasoningChecks.notEmpty(facts);
            case TOOLS_SUPPORTED -> ParameterChecks.toolsSupported(facts);
            case TOOL_LIMITS -> ParameterChecks.toolLimits(facts);
            case TOOL_CHOICE -> ParameterChecks.toolChoice(facts);
            case RESPONSE_FORMAT -> ParameterChecks.responseFormat(facts);
            case WORD_JSON -> ParameterChecks.wordJson(facts);
            case LOGPROBS -> ParameterChecks.logprobs(facts);
            case RANGES -> ParameterChecks.ranges(facts);
            case CONTEXT_LENGTH -> ParameterChecks.contextLength(facts);
            case STRICT_ON_BETA -> IgnoredParameters.strictOffBeta(facts);
            case THOUGHT_LOST_TO_TOOLS -> IgnoredParameters.thoughtLostToTools(facts);
            case IGNORED_TEMPERATURE -> IgnoredParameters.temperature(facts);
            case IGNORED_TOP_P -> IgnoredParameters.topP(facts);
            case IGNORED_PENALTIES -> IgnoredParameters.penalties(facts);
            case IGNORED_SEED -> IgnoredParameters.seed(facts);
            case IGNORED_EFFORT -> IgnoredParameters.effort(facts);
            case MAPPED_EFFORT -> IgnoredParameters.mappedEffort(facts);
            case IGNORED_THINKING_SWITCH -> IgnoredParameters.thinkingSwitch(facts);
            case IGNORED_IMAGES -> IgnoredParameters.images(facts);
        };
    }
}
