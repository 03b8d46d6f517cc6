package io.github.deepthink4j.settings;

import io.github.deepthink4j.internal.value.Components;
import org.jspecify.annotations.Nullable;

/** How much of an answer is read before it is taken for an attack or a fault, so that no server can exhaust memory. */
public final class DecoderLimits {

    /** 16 MiB and 256 MiB: more than the largest output of any model takes on the wire. */
    public static final DecoderLimits DEFAULT = custom().build();

    private final int maxEventBytes;
    private final long maxAnswerBytes;

    private DecoderLimits(Builder builder) {
        if (builder.maxEventBytes <= 0 || builder.maxAnswerBytes <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
        this.maxEventBytes = builder.maxEventBytes;
        this.maxAnswerBytes = builder.maxAnswerBytes;
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from others. */
    public static Builder from(DecoderLimits base) {
        return custom().maxEventBytes(base.maxEventBytes).maxAnswerBytes(base.maxAnswerBytes);
    }

    /** Bytes of one server-sent event. */
    public int maxEventBytes() {
        return maxEventBytes;
    }

    /** Bytes of all events of an answer, or of a body that is not a stream; keep-alives do not count. */
    public long maxAnswerBytes() {
        return maxAnswerBytes;
    }

    private Components components() {
        return Components.of(DecoderLimits.class)
                .with("maxEventBytes", maxEventBytes)
                .with("maxAnswerBytes", maxAnswerBytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DecoderLimits that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds limits; what is not set stays as it is in those it started from. */
    public static final class Builder {

        private int maxEventBytes = 16 << 20;
        private long maxAnswerBytes = 256L << 20;

        private Builder() {}

        public Builder maxEventBytes(int maxEventBytes) {
            this.maxEventBytes = maxEventBytes;
            return this;
        }

        public Builder maxAnswerBytes(long maxAnswerBytes) {
            this.maxAnswerBytes = maxAnswerBytes;
            return this;
        }

        /**
         * @throws IllegalArgumentException if one is not positive
         */
        public DecoderLimits build() {
            return new DecoderLimits(this);
        }
    }
}
