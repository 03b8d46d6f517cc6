package io.github.deepthink4j.profile;

/** The request parameters that some generation ignores or refuses (docs/protocol.md, section 1.4). */
public enum RequestParameter {
    TEMPERATURE("temperature"),
    TOP_P("topP"),
    TOP_K("topK"),
    FREQUENCY_PENALTY("frequencyPenalty"),
    PRESENCE_PENALTY("presencePenalty"),
    LOGPROBS("logprobs"),
    /** A tool choice that forces a call. */
    FORCED_TOOL_CHOICE("ToolChoice.REQUIRED");

    private final String displayName;

    RequestParameter(String displayName) {
        this.displayName = displayName;
    }

    /** The name by which LangChain4j's users know it. */
    public String displayName() {
        return displayName;
    }
}
