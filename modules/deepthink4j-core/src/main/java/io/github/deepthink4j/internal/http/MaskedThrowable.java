package io.github.deepthink4j.internal.http;

import org.jspecify.annotations.Nullable;

/** Something thrown whose message holds a secret, without it: its type's name, its text, its stack trace, its causes. */
final class MaskedThrowable extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 20;

    private final String type;

    private MaskedThrowable(String type, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    /** Whether a text of it, of its causes or of what it suppressed does. */
    static boolean holds(Throwable thrown, Secrets secrets) {
        return holds(thrown, secrets, 0);
    }

    private static boolean holds(Throwable thrown, Secrets secrets, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        String text = thrown.toString();
        if (text != null && !secrets.own(text).equals(text)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (holds(suppressed, secrets, depth + 1)) {
                return true;
            }
        }
        Throwable cause = thrown.getCause();
        return cause != null && holds(cause, secrets, depth + 1);
    }

    static MaskedThrowable of(Throwable thrown, Secrets secrets) {
        return of(thrown, secrets, 0);
    }

    private static MaskedThrowable of(Throwable thrown, Secrets secrets, int depth) {
        Throwable cause = thrown.getCause();
        MaskedThrowable masked = new MaskedThrowable(
                thrown.getClass().getName(),
                secrets.shown(thrown.getMessage()),
                cause == null || depth == DEEPEST ? null : of(cause, secrets, depth + 1));
        masked.setStackTrace(thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (depth < DEEPEST) {
                masked.addSuppressed(of(suppressed, secrets, depth + 1));
            }
        }
        return masked;
    }

    @Override
    public String toString() {
        return getMessage() == null ? type : type + ": " + getMessage();
    }
}
