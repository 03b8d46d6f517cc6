package io.github.deepthink4j.spring;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long to wait for what. */
class TimeoutProperties {

    /** For the connection; 10 seconds by default. */
    private @Nullable Duration connect;

    /** From sending to the first byte of the body, keep-alives included; 5 minutes by default. */
    private @Nullable Duration firstByte;

    /** Between one byte and the next; 5 minutes by default. */
    private @Nullable Duration idle;

    /** For all attempts and the pauses between them; 30 minutes by default. */
    private @Nullable Duration total;

    public @Nullable Duration getConnect() {
        return connect;
    }

    public void setConnect(@Nullable Duration connect) {
        this.connect = connect;
    }

    public @Nullable Duration getFirstByte() {
        return firstByte;
    }

    public void setFirstByte(@Nullable Duration firstByte) {
        this.firstByte = firstByte;
    }

    public @Nullable Duration getIdle() {
        return idle;
    }

    public void setIdle(@Nullable Duration idle) {
        this.idle = idle;
    }

    public @Nullable Duration getTotal() {
        return total;
    }

    public void setTotal(@Nullable Duration total) {
        this.total = total;
    }
}
