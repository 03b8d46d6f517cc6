package io.github.deepthink4j.profile;

import org.jspecify.annotations.Nullable;

/**
 * What to send where a model wants reasoning back that nobody has, because another model made the turn or because it was
 * trimmed. Reports differ on what the servers accept (docs/protocol.md, section 1.3), so it is a choice.
 *
 * @param filler the text to send as reasoning; {@code null} to turn thinking off for that request instead
 */
public record LostReasoning(@Nullable String filler) {

    /** One space, which DeepSeek-V4-Pro was reported to accept where it refused the empty string. The default. */
    public static final LostReasoning SPACE = new LostReasoning(" ");

    /** The empty string, as Vercel's AI SDK sends. */
    public static final LostReasoning EMPTY = new LostReasoning("");

    /** Thinking is turned off for the request: no server checks then. The safest, at the price of the thought. */
    public static final LostReasoning THINKING_OFF = new LostReasoning(null);
}
