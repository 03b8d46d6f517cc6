package io.github.deepthink4j.profile;

/**
 * Which earlier reasoning a model wants back in the next request. The API has had four rules so far (docs/protocol.md,
 * section 1.3). A turn is a user message and everything that answers it.
 */
public enum ReasoningReplay {
    /** R1 to V3.2-Exp: any reasoning in the input is an error. */
    FORBIDDEN,
    /** V3.2: wanted on the tool calls of the turn in progress, useless before it. */
    WITHIN_TURN,
    /** V4 preview: wanted for every turn that called a tool, for the rest of the conversation. */
    TOOL_TURNS,
    /**
     * Since August 2026 (V4-0731, V4.1): a request that carries tools wants the reasoning of all earlier turns. Without
     * tools nothing is wanted; turns that called a tool keep theirs all the same, since the V4 preview wants it and the
     * newer ones ignore it.
     */
    WITH_TOOLS
}
