package io.github.deepthink4j.profile;

import io.github.deepthink4j.internal.value.Components;
import org.jspecify.annotations.Nullable;

/**
 * What to send where a model wants reasoning back that nobody has, because another model made the turn or because it was
 * trimmed. Reports differ on what the servers accept (docs/protocol.md, section 1.3), so it is a choice.
 */
public final class LostReasoning {

    /** One space, which DeepSeek-V4-Pro was reported to accept where it refused the empty string. The default. */
    public static final LostReasoning SPACE = custom().build();

    /** The empty string, as Vercel's AI SDK sends. */
    public static final LostReasoning EMPTY = custom().filler("").build();

    /** Thinking is turned off for the request: no server checks then. The safest, at the price of the thought. */
    public static final LostReasoning THINKING_OFF = custom().filler(null).build();

    private final @Nullable String filler;

    private LostReasoning(Builder builder) {
        this.filler = builder.filler;
    }

    /** A builder that starts from {@link #SPACE}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from another choice. */
    public static Builder from(LostReasoning base) {
        return custom().filler(base.filler);
    }

    /** The text to send as reasoning; {@code null} to turn thinking off for that request instead. */
    public @Nullable String filler() {
        return filler;
    }

    private Components components() {
        return Components.of(LostReasoning.class)
                .with("filler", filler, filler == null ? "none, thinking off" : "'" + filler + "'");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LostReasoning that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds a choice; what is not set stays as it is in the one it started from. */
    public static final class Builder {

        private @Nullable String filler = " ";

        private Builder() {}

        /** {@code null} to turn thinking off instead. */
        public Builder filler(@Nullable String filler) {
            this.filler = filler;
            return this;
        }

        public LostReasoning build() {
            return new LostReasoning(this);
        }
    }
}
