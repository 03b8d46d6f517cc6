package io.github.deepthink4j.profile;

/** What a model may be asked for beyond plain text (docs/protocol.md, section 1.2). */
public enum Feature {
    /** Function calls. */
    TOOLS,
    /** {@code response_format: json_object}. */
    JSON_MODE,
    /** Completing the last assistant message; on the beta root only. */
    PREFIX,
    /** Images in user messages. */
    IMAGES,
    /** Functions whose arguments are held to their schema; on the beta root only. */
    STRICT_TOOLS,
    /** Tools that DeepSeek's own servers run, see {@link ServerTool}. */
    SERVER_TOOLS,
    /** Completing a text in its middle, see {@code DeepSeekFimModel}; on the beta root only, and never while thinking. */
    FIM,
    /** Files that were uploaded before, spoken of in user messages by their ids, see {@code DeepSeekFiles}. */
    FILES
}
