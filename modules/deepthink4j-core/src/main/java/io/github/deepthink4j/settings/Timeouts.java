package io.github.deepthink4j.settings;

import io.github.deepthink4j.internal.value.Components;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait for what. */
public final class Timeouts {

    /**
     * 10 seconds, 5 minutes, 5 minutes (the idle limit of DeepSeek's own client), 30 minutes (after which DeepSeek itself
     * once closed a connection; docs/protocol.md, section 3).
     */
    public static final Timeouts DEFAULT = custom().build();

    private final Duration connect;
    private final Duration firstByte;
    private final Duration idle;
    private final @Nullable Duration total;

    private Timeouts(Builder builder) {
        this.connect = Bounded.positive(builder.connect, "Timeouts.connect");
        this.firstByte = Bounded.positive(builder.firstByte, "Timeouts.firstByte");
        this.idle = Bounded.positive(builder.idle, "Timeouts.idle");
        this.total = builder.total == null ? null : Bounded.positive(builder.total, "Timeouts.total");
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder custom() {
        return new Builder();
    }

    /** A builder that starts from others. */
    public static Builder from(Timeouts base) {
        return custom().connect(base.connect)
                .firstByte(base.firstByte)
                .idle(base.idle)
                .total(base.total);
    }

    /** For the connection, secure if need be. A setting of the HTTP client: it holds for a whole model object. */
    public Duration connect() {
        return connect;
    }

    /** From sending to the first byte of the body; keep-alives count, so on a busy DeepSeek it is short. */
    public Duration firstByte() {
        return firstByte;
    }

    /** Between one byte and the next, keep-alives included. While a callback runs the clock stands still. */
    public Duration idle() {
        return idle;
    }

    /** For all attempts and the pauses between them; {@code null} for no limit. */
    public @Nullable Duration total() {
        return total;
    }

    private Components components() {
        return Components.of(Timeouts.class)
                .with("connect", connect)
                .with("firstByte", firstByte)
                .with("idle", idle)
                .with("total", total);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Timeouts that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Builds timeouts; what is not set stays as it is in those it started from. */
    public static final class Builder {

        private Duration connect = Duration.ofSeconds(10);
        private Duration firstByte = Duration.ofMinutes(5);
        private Duration idle = Duration.ofMinutes(5);
        private @Nullable Duration total = Duration.ofMinutes(30);

        private Builder() {}

        public Builder connect(Duration connect) {
            this.connect = connect;
            return this;
        }

        public Builder firstByte(Duration firstByte) {
            this.firstByte = firstByte;
            return this;
        }

        public Builder idle(Duration idle) {
            this.idle = idle;
            return this;
        }

        /** {@code null} for no limit. */
        public Builder total(@Nullable Duration total) {
            this.total = total;
            return this;
        }

        /**
         * @throws IllegalArgumentException if one is zero or negative, or {@code null} where that is not said to mean something
         */
        public Timeouts build() {
            return new Timeouts(this);
        }
    }
}
