package io.github.deepthink4j.tokens;

/**
 * Tokens that the chat template adds around the texts. Measured on recorded answers of V3.2 by taking the texts' tokens off
 * {@code prompt_tokens}; other generations differ little, and calibration takes care of the rest.
 */
final class MessageOverhead {

    /** The begin of the sentence, and the turn and the opening tag that the answer starts with. */
    static final int REQUEST = 3;

    static final int USER = 1;

    /** The turn, the closing tag of the thought, the end of the sentence. */
    static final int ASSISTANT = 3;

    /** A call is written as markup, with a tag for each argument. */
    static final int TOOL_CALL = 32;

    static final int TOOL_RESULT = 12;

    /** The instructions how to call tools, which come once if there are any. */
    static final int TOOLS = 240;

    /** The names of the fields around a definition. */
    static final int TOOL = 12;

    private MessageOverhead() {}
}
