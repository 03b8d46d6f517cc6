package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * The efforts one can name at a model and what each of them means there. The same word has meant different things:
 * {@code xhigh} was {@code max} on the V4 preview and is {@code high} on V4.1 (docs/protocol.md, section 1.5).
 *
 * @param meanings what may be asked for, lower case, and the level it stands for; empty where a model has no efforts
 */
public record Efforts(Map<String, String> meanings) {

    /** The value that turns thinking off, on V4.1 and on several hosts. */
    public static final String NONE_EFFORT = "none";

    /** R1 to V3.2. */
    public static final Efforts UNSUPPORTED = new Efforts(Map.of());

    static final Efforts V4_PREVIEW =
            new Efforts(Map.of("low", "high", "medium", "high", "high", "high", "xhigh", "max", "max", "max"));

    static final Efforts V4_FLASH =
            new Efforts(Map.of("low", "low", "medium", "high", "high", "high", "xhigh", "high", "max", "max"));

    static final Efforts V4_PRO =
            new Efforts(Map.of("low", "high", "medium", "high", "high", "high", "xhigh", "high", "max", "max"));

    static final Efforts V4_1 = new Efforts(Map.of(
            "minimal", "low", "low", "low", "medium", "high", "high", "high", "xhigh", "high", "max", "max", "ultra",
            "max"));

    public Efforts {
        meanings = Map.copyOf(requireNonNull(meanings, "meanings"));
    }
}
