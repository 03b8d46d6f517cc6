package io.github.deepthink4j.profile;

/** Whether one request is to be thought over. A value of its own, since {@code null} never unsets a parameter. */
public enum ThinkingMode {
    /** Ask for thinking. */
    ON,
    /** Ask for an answer without thinking. */
    OFF,
    /** Say nothing: what the model does by itself. Also unsets what a default parameter says. */
    MODEL_DEFAULT
}
