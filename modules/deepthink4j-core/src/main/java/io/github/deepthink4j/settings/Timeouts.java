package io.github.deepthink4j.settings;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for what.
 *
 * @param connect   for the connection, secure if need be. A setting of the HTTP client: it holds for a whole model object
 * @param firstByte from sending to the first byte of the body; keep-alives count, so on a busy DeepSeek it is short
 * @param idle      between one byte and the next, keep-alives included. While a callback runs the clock stands still
 * @param total     for all attempts and the pauses between them; {@code null} for no limit
 */
public record Timeouts(
        Duration connect,
        Duration firstByte,
        Duration idle,
        @Nullable Duration total) {

    /**
     * 10 seconds, 5 minutes, 5 minutes (the idle limit of DeepSeek's own client), 30 minutes (after which DeepSeek itself
     * once closed a connection; docs/protocol.md, section 3).
     */
    public static final Timeouts DEFAULT =
            new Timeouts(Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(30));

    /**
     * @throws IllegalArgumentException if one is zero or negative
     */
    public Timeouts {
        positive(requireNonNull(connect, "connect"), "connect");
        positive(requireNonNull(firstByte, "firstByte"), "firstByte");
        positive(requireNonNull(idle, "idle"), "idle");
        if (total != null) {
            positive(total, "total");
        }
    }

    private static void positive(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " timeout must be positive, but is " + duration);
        }
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder custom() {
        return from(DEFAULT);
    }

    /** A builder that starts from others. */
    public static Builder from(Timeouts base) {
        return new Builder(base);
    }

    /** Builds timeouts. */
    public static final class Builder {

        private Duration connect;
        private Duration firstByte;
        private Duration idle;
        private @Nullable Duration total;

        private Builder(Timeouts base) {
            this.connect = base.connect;
            this.firstByte = base.firstByte;
            this.idle = base.idle;
            this.total = base.total;
        }

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

        public Builder total(@Nullable Duration total) {
            this.total = total;
            return this;
        }

        /**
         * @throws IllegalArgumentException if one is zero or negative
         */
        public Timeouts build() {
            return new Timeouts(connect, firstByte, idle, total);
        }
    }
}
