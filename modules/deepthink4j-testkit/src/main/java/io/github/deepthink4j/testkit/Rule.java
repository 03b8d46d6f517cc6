package io.github.deepthink4j.testkit;

import java.util.EnumSet;
import java.util.Set;

/** What the simulator can insist on; each rule can be switched on or off. */
public enum Rule {
    /** The model id is one that the generation serves. */
    KNOWN_MODEL(ParameterRules::knownModel),
    /** There are messages. */
    MESSAGES_PRESENT(MessageRules::present),
    /** Text is a string where R1 wants one. */
    NO_CONTENT_ARRAYS(MessageRules::noContentArrays),
    /** An assistant message has content or tool calls. */
    ASSISTANT_CONTENT(MessageRules::assistantContent),
    /** No two messages of the same role in a row, on R1. */
    ALTERNATING_ROLES(MessageRules::alternatingRoles),
    /** Each tool call has its result, each result its call. */
    TOOL_RESULTS_MATCH(MessageRules::toolResultsMatch),
    /** No role that the API does not know. */
    KNOWN_ROLES(MessageRules::knownRoles),
    /** A prefix needs the beta root and the last place. */
    PREFIX_ON_BETA(MessageRules::prefixOnBeta),
    /** R1 to V3.2-Exp: no reasoning in the input. */
    NO_REASONING_BACK(ReasoningRules::noReasoningBack),
    /** V3.2: reasoning on the tool calls of the turn in progress. */
    REASONING_WITHIN_TURN(ReasoningRules::withinTurn),
    /** V4 preview: reasoning on all turns with tool calls. */
    REASONING_ON_TOOL_TURNS(ReasoningRules::onToolTurns),
    /** Since V4-0731: reasoning on all turns if the request has tools. */
    REASONING_WITH_TOOLS(ReasoningRules::withTools),
    /** Reasoning that must be there must not be the empty string: reported of V4-Pro. Off by default. */
    REASONING_NOT_EMPTY(ReasoningRules::notEmpty),
    /** No tools where thinking has none. */
    TOOLS_SUPPORTED(ParameterRules::toolsSupported),
    /** At most 128 tools, with proper names. */
    TOOL_LIMITS(ParameterRules::toolLimits),
    /** Strict functions on the beta root only. */
    STRICT_ON_BETA(ParameterRules::strictOnBeta),
    /** No forced tool choice while thinking. */
    TOOL_CHOICE(ParameterRules::toolChoice),
    /** No JSON mode on R1, no json_schema anywhere. */
    RESPONSE_FORMAT(ParameterRules::responseFormat),
    /** JSON mode needs the word json. */
    WORD_JSON(ParameterRules::wordJson),
    /** No logprobs on R1 to V3.2 while thinking; top_logprobs needs logprobs. */
    LOGPROBS(ParameterRules::logprobs),
    /** max_tokens, temperature, top_p, n and stop within their ranges. */
    RANGES(ParameterRules::ranges),
    /** thinking is an object. */
    THINKING_IS_OBJECT(ParameterRules::thinkingIsObject),
    /** No images where the model refuses them. */
    IMAGES(ParameterRules::images),
    /** A temperature has no effect while thinking. */
    IGNORED_TEMPERATURE(Severity.WARNING, IgnoredParameters::temperature),
    /** {@code top_p} has no effect while thinking, or only a part of one. */
    IGNORED_TOP_P(Severity.WARNING, IgnoredParameters::topP),
    /** The penalties have no effect while thinking, and none at all since V4.1. */
    IGNORED_PENALTIES(Severity.WARNING, IgnoredParameters::penalties),
    /** A seed has no effect. */
    IGNORED_SEED(Severity.WARNING, IgnoredParameters::seed),
    /** {@code reasoning_effort} has no effect before V4, nor where thinking is off. */
    IGNORED_EFFORT(Severity.WARNING, IgnoredParameters::effort),
    /** An effort that the model does not have is served as another. */
    MAPPED_EFFORT(Severity.WARNING, IgnoredParameters::mappedEffort),
    /** A switch for thinking that the model, or DeepSeek's own API, does not know. */
    IGNORED_THINKING_SWITCH(Severity.WARNING, IgnoredParameters::thinkingSwitch),
    /** V4-Pro takes images, does not see them and invents an answer. */
    IGNORED_IMAGES(Severity.WARNING, IgnoredParameters::images);

    /** What DeepSeek does about a breach. */
    public enum Severity {
        /** Refuses the request. */
        ERROR,
        /** Ignores what breaks the rule and says nothing; a failure under {@link DeepSeekSimulator#strict()}. */
        WARNING
    }

    private final Severity severity;
    private final RuleCheck check;

    Rule(RuleCheck check) {
        this(Severity.ERROR, check);
    }

    Rule(Severity severity, RuleCheck check) {
        this.severity = severity;
        this.check = check;
    }

    public Severity severity() {
        return severity;
    }

    RuleCheck check() {
        return check;
    }

    static Set<Rule> byDefault() {
        return EnumSet.complementOf(EnumSet.of(REASONING_NOT_EMPTY));
    }
}
