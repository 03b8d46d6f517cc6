package io.github.deepthink4j.testkit.rule;

import java.util.EnumSet;
import java.util.Set;

/** What the simulator can insist on; each rule can be switched on or off. */
public enum Rule {
    /** The model id is one that the generation serves. */
    KNOWN_MODEL,
    /** There are messages. The words are not known. */
    MESSAGES_PRESENT,
    /** An assistant message has content or tool calls. */
    ASSISTANT_CONTENT,
    /** No two messages of the same role in a row, on R1. */
    ALTERNATING_ROLES,
    /** Each tool call has its result, each result its call. */
    TOOL_RESULTS_MATCH,
    /** From V4 on: no two results for one id, be they of one round or of two. */
    UNIQUE_CALL_IDS,
    /** The arguments of each tool call are a JSON object. The words are not known. */
    CALL_ARGUMENTS,
    /** A prefix needs the beta root and the last place. The words about the place are not known. */
    PREFIX_ON_BETA,
    /**
     * Of strict functions on the beta root: all functions are strict, and in their schemas each object is closed and each property
     * required. The words are not known.
     */
    STRICT_SCHEMA,
    /** Completion in the middle is on the beta root only. */
    FIM_ON_BETA,
    /** No completion in the middle by a model that always thinks. The words are not known. */
    FIM_MODEL,
    /**
     * Of completion in the middle: {@code echo} beside neither suffix nor logprobs, logprobs from 0 to 20, {@code max_tokens} up to 4,096.
     * The words are not known.
     */
    FIM_PARAMETERS,
    /** R1 to V3.2-Exp: no reasoning in the input. */
    NO_REASONING_BACK,
    /** V3.2: reasoning on the tool calls of the turn in progress. */
    REASONING_WITHIN_TURN,
    /** V4 preview: reasoning on all turns with tool calls. */
    REASONING_ON_TOOL_TURNS,
    /** Since V4-0731: reasoning on all turns if the request has tools. */
    REASONING_WITH_TOOLS,
    /** Reasoning that must be there must not be the empty string: reported of V4-Pro. Off by default. */
    REASONING_NOT_EMPTY,
    /**
     * No tools where thinking has none: on R1, and on R1-0528, of which reports differ. No tools that the server runs on V4-Pro; the words
     * about these are not known.
     */
    TOOLS_SUPPORTED,
    /** At most 128 tools, with proper names, of which none is there twice. Seen were the words about the last. */
    TOOL_LIMITS,
    /** No forced tool choice while thinking, nor beside {@code safety_check} high. The words about the latter are not known. */
    TOOL_CHOICE,
    /** No JSON mode on R1, no json_schema anywhere. The words about R1 are not known. */
    RESPONSE_FORMAT,
    /** JSON mode needs the word json. */
    WORD_JSON,
    /** No logprobs on R1 to V3.2 while thinking; top_logprobs needs logprobs. The words of both are not known. */
    LOGPROBS,
    /** max_tokens, temperature, top_p, n, stop and user_id within their ranges. Seen were the words about max_tokens and n. */
    RANGES,
    /** Prompt and {@code max_tokens} together fit the context. */
    CONTEXT_LENGTH,
    /**
     * Each parameter has the kind that it must have, and none is there twice. Before all other rules, as the server's parser is.
     * Seen: a text for {@code temperature} and {@code max_tokens}, an unknown kind of tool, a choice that is none, missing fields.
     */
    PARAMETER_KINDS,
    /** No role that the API does not know. */
    KNOWN_ROLES,
    /** Text is a string where a generation wants one: in all messages on a thinking R1, in answers and tool results before V4. */
    NO_CONTENT_ARRAYS,
    /** No images where the model refuses them. */
    IMAGES,
    /** thinking is an object. */
    THINKING_IS_OBJECT,
    /** Strict functions are promised on the beta root only. */
    STRICT_ON_BETA(Severity.WARNING),
    /** V3.1 to V3.2-Exp: with tools {@code deepseek-reasoner} is answered by {@code deepseek-chat}, without a thought. */
    THOUGHT_LOST_TO_TOOLS(Severity.WARNING),
    /** A temperature has no effect while thinking. */
    IGNORED_TEMPERATURE(Severity.WARNING),
    /** {@code top_p} has no effect while thinking, or only a part of one. */
    IGNORED_TOP_P(Severity.WARNING),
    /** The penalties have no effect while thinking, and none at all since V4.1. */
    IGNORED_PENALTIES(Severity.WARNING),
    /** A seed has no effect. */
    IGNORED_SEED(Severity.WARNING),
    /** {@code reasoning_effort} has no effect before V4, nor where thinking is off. */
    IGNORED_EFFORT(Severity.WARNING),
    /** An effort that the model does not have is served as another. */
    MAPPED_EFFORT(Severity.WARNING),
    /** A switch for thinking that the model, or DeepSeek's own API, does not know. */
    IGNORED_THINKING_SWITCH(Severity.WARNING),
    /** V4-Pro takes images, does not see them and invents an answer. */
    IGNORED_IMAGES(Severity.WARNING);

    /** What DeepSeek does about a breach. */
    public enum Severity {
        /** Refuses the request. */
        ERROR,
        /** Ignores what breaks the rule and says nothing; a failure if the simulator is strict. */
        WARNING
    }

    private final Severity severity;

    Rule() {
        this(Severity.ERROR);
    }

    Rule(Severity severity) {
        this.severity = severity;
    }

    public Severity severity() {
        return severity;
    }

    /** All but {@link #REASONING_NOT_EMPTY}. */
    public static Set<Rule> byDefault() {
        return EnumSet.complementOf(EnumSet.of(REASONING_NOT_EMPTY));
    }
}
