package io.github.deepthink4j.internal.log;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A logger whose appenders may break. Most lines are written where somebody waits for the end of a call, on threads where
 * nobody would catch what an appender throws: the line is lost then, and not the call. The first loss is told on the error
 * stream, as logging systems tell their own failures.
 */
public final class SafeLog {

    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private final Logger logger;

    private SafeLog(Logger logger) {
        this.logger = logger;
    }

    public static SafeLog of(Class<?> owner) {
        return of(LoggerFactory.getLogger(owner));
    }

    public static SafeLog of(Logger logger) {
        return new SafeLog(logger);
    }

    /**
     * @param arguments as SLF4J takes them, an exception last
     */
    public void debug(String format, @Nullable Object... arguments) {
        write(() -> logger.debug(format, arguments));
    }

    /** As {@link #debug}. */
    public void info(String format, @Nullable Object... arguments) {
        write(() -> logger.info(format, arguments));
    }

    /** A line as it is. */
    public void warn(String line) {
        write(() -> logger.warn(line));
    }

    /** A line as it is, and what was thrown. */
    public void warn(String line, Throwable thrown) {
        write(() -> logger.warn(line, thrown));
    }

    /** As {@link #debug}. */
    public void warn(String format, @Nullable Object... arguments) {
        write(() -> logger.warn(format, arguments));
    }

    /** As {@link #debug}. */
    public void error(String format, @Nullable Object... arguments) {
        write(() -> logger.error(format, arguments));
    }

    private static void write(Runnable line) {
        try {
            line.run();
        } catch (Throwable e) {
            // By its type alone: its message may hold the line, and the error stream may be broken as well.
            if (TOLD.compareAndSet(false, true)) {
                System.err.println("deepthink4j: a log line was lost, since the logger has thrown "
                        + e.getClass().getName());
            }
        }
    }
}
