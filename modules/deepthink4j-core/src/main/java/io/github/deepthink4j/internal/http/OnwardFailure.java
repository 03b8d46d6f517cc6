package io.github.deepthink4j.internal.http;

import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has gone wrong on a connection from here onward, to a model's host or to a database, where its own type or words would be taken
 * for the browser having gone: web frameworks look into the causes of what a controller throws for an end of the file, a broken pipe or
 * a reset by the peer (Spring's {@code DisconnectedClientHelper}, Micronaut, the containers), and then answer nothing and log nothing. So
 * this stands in its place, with its type's name, its text, its stack trace and its causes.
 */
public final class OnwardFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 20;

    private static final Set<String> TYPES = Set.of(
            "AbortedException",
            "AsyncRequestNotUsableException",
            "ClientAbortException",
            "EOFException",
            "EofException");

    private final String type;

    private OnwardFailure(Throwable thrown, @Nullable Throwable cause) {
        super(disarmed(String.valueOf(thrown)), cause);
        this.type = thrown.getClass().getSimpleName();
        setStackTrace(thrown.getStackTrace());
        for (Throwable beside : thrown.getSuppressed()) {
            addSuppressed(beside);
        }
    }

    /** The same, unless it or one of its causes would be taken for a client that has gone. */
    public static Throwable of(Throwable thrown) {
        return isTakenForTheClients(thrown, 0) ? copy(thrown, 0) : thrown;
    }

    private static OnwardFailure copy(Throwable thrown, int depth) {
        Throwable cause = thrown.getCause();
        return new OnwardFailure(thrown, cause == null || depth == DEEPEST ? null : copy(cause, depth + 1));
    }

    private static boolean isTakenForTheClients(Throwable thrown, int depth) {
        // Micronaut looks at the first cause alone; the JDK's client has it at the bottom of what says that nobody
        // listens.
        if (depth == 0 && thrown instanceof ClosedChannelException) {
            return true;
        }
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (TYPES.contains(type.getSimpleName())) {
                return true;
            }
        }
        String message = thrown.getMessage();
        if (message != null && !message.equals(disarmed(message))) {
            return true;
        }
        Throwable cause = thrown.getCause();
        return cause != null && depth < DEEPEST && isTakenForTheClients(cause, depth + 1);
    }

    /** The same words, in an order in which nobody looks for them. */
    private static String disarmed(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.contains("broken pipe") && !lower.contains("reset by peer")) {
            return text;
        }
        return text.replaceAll("(?i)\\bbroken pipe", "the pipe is broken")
                .replaceAll("(?i)reset by peer", "reset by the peer");
    }

    /** The simple name of what it stands for. */
    public String type() {
        return type;
    }
}
