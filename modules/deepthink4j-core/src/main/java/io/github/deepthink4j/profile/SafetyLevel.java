package io.github.deepthink4j.profile;

/**
 * How strictly api.deepseek.com checks the content of a request and of its answer (docs/protocol.md, section 2.12). For services that
 * are open to the public DeepSeek asks for {@link #HIGH}.
 */
public enum SafetyLevel {
    /** As without a word: DeepSeek's default. */
    LOW,
    /** The answer is looked at as a whole after its last token, and may be refused then; a forced tool choice is not taken. */
    HIGH
}
