package io.github.deepthink4j.testkit.rule;

import java.util.Arrays;
import java.util.Locale;

/** A generation of DeepSeek's API to be simulated, from the oldest on: which ids it serves, and which rules it has. */
public enum Generation {
    /** {@code deepseek-chat} of V3. */
    CHAT_V3,
    /** R1 of January 2025. */
    R1,
    /** R1-0528. */
    R1_0528,
    /** V3.1, V3.1-Terminus and V3.2-Exp. */
    V3_1,
    /** V3.2: tools while thinking. */
    V3_2,
    /** The V4 preview of April 2026. */
    V4,
    /** V4-Flash-0731 and V4-Pro-0813. */
    V4_0731,
    /** V4.1-Flash, with V4-Pro beside it. */
    V4_1;

    /**
     * The generation of a name that a person writes, such as {@code V4_1}, {@code v4.1} or {@code r1-0528}.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    public static Generation named(String name) {
        String folded = name.strip().toUpperCase(Locale.ROOT).replaceAll("[ .-]", "_");
        for (Generation generation : values()) {
            if (generation.name().equals(folded)) {
                return generation;
            }
        }
        throw new IllegalArgumentException("no generation \"" + name + "\"; there are " + Arrays.toString(values()));
    }

    /** Whether it is older than another. */
    public boolean isBefore(Generation other) {
        return compareTo(other) < 0;
    }
}
