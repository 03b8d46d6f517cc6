package io.github.deepthink4j.profile;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The efforts one can name at a model and what each of them means there. The same word has meant different things:
 * {@code xhigh} was {@code max} on the V4 preview and is {@code high} on V4.1 (docs/protocol.md, section 1.5).
 */
public final class Efforts {

    /** The value that turns thinking off, on V4.1 and on several hosts. */
    public static final String NONE_EFFORT = "none";

    /** R1 to V3.2. */
    public static final Efforts UNSUPPORTED = custom().build();

    static final Efforts V4_PREVIEW = custom().meanings(
                    Map.of("low", "high", "medium", "high", "high", "high", "xhigh", "max", "max", "max"))
            .build();

    static final Efforts V4_FLASH = custom().meanings(
                    Map.of("low", "low", "medium", "high", "high", "high", "xhigh", "high", "max", "max"))
            .build();

    static final Efforts V4_PRO = custom().meanings(
                    Map.of("low", "high", "medium", "high", "high", "high", "xhigh", "high", "max", "max"))
            .build();

    static final Efforts V4_1 =
            from(V4_FLASH).meaning("minimal", "low").meaning("ultra", "max").build();

    private final Map<String, String> meanings;

    private Efforts(Builder builder) {
        this.meanings = Collections.unmodifiableMap(new TreeMap<>(builder.meanings));
    }

    /** A builder that starts from {@link #UNSUPPORTED}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from others. */
    public static Builder from(Efforts base) {
        return custom().meanings(base.meanings);
    }

    /** What may be asked for, lower case, and the level it stands for; empty where a model has no efforts. */
    public Map<String, String> meanings() {
        return meanings;
    }

    private Components components() {
        return Components.of(Efforts.class).with("meanings", meanings);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Efforts that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds efforts; what is not set stays as it is in those it started from. */
    public static final class Builder {

        private Map<String, String> meanings = Map.of();

        private Builder() {}

        /** All of them, in place of those so far. */
        public Builder meanings(Map<String, String> meanings) {
            this.meanings = Map.copyOf(requireNonNull(meanings, "meanings"));
            return this;
        }

        /** One more, or another meaning for one. */
        public Builder meaning(String word, String level) {
            Map<String, String> more = new TreeMap<>(meanings);
            more.put(requireNonNull(word, "word"), requireNonNull(level, "level"));
            return meanings(more);
        }

        public Efforts build() {
            return new Efforts(this);
        }
    }
}
