package io.github.deepthink4j.profile;

/** What a model does when a request does not say whether to think. */
public enum ThinkingDefault {
    /** Thinks, whatever is asked. */
    ALWAYS,
    /** Thinks unless told not to. */
    ON,
    /** Thinks only when told to. */
    OFF,
    /** Never thinks. */
    NEVER;

    /** Whether it thinks over a request in this mode. */
    boolean thinks(ThinkingMode mode) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> false;
            case ON -> mode != ThinkingMode.OFF;
            case OFF -> mode == ThinkingMode.ON;
        };
    }

    /** Whether a request has a say. */
    boolean isSwitchable() {
        return this == ON || this == OFF;
    }
}
