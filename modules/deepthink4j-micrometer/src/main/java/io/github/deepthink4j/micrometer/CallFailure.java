package io.github.deepthink4j.micrometer;

import io.github.deepthink4j.error.DeepSeekError;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an observation is shown of an error: which it was and where, and nothing of what it says, since a server may say the question
 * back to whoever asked it, and handlers write an error's message to the span. Where content is shown, its words are, redacted.
 */
final class CallFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Deeper causes tell nothing more, and a chain may be a circle. */
    private static final int MOST_CAUSES = 5;

    private static final int MOST_FRAMES = 200;

    private final String type;

    private CallFailure(String type, String words, StackTraceElement[] stack, @Nullable Throwable cause) {
        super(words, cause, false, true);
        this.type = type;
        setStackTrace(stack);
    }

    /**
     * An error as it may be shown.
     *
     * @param redaction of its words; {@code null} if none of them are shown
     */
    static CallFailure of(Throwable error, @Nullable UnaryOperator<String> redaction) {
        try {
            return shown(error, redaction, 0);
        } catch (Throwable e) {
            // An error that can't even be asked what it is.
            return new CallFailure(error.getClass().getName(), "", new StackTraceElement[0], null);
        }
    }

    private static CallFailure shown(Throwable error, @Nullable UnaryOperator<String> redaction, int depth) {
        StackTraceElement[] stack = error.getStackTrace();
        Throwable cause = error.getCause();
        return new CallFailure(
                error.getClass().getName(),
                words(error, redaction),
                stack.length <= MOST_FRAMES ? stack : Arrays.copyOf(stack, MOST_FRAMES),
                cause == null || depth == MOST_CAUSES ? null : shown(cause, redaction, depth + 1));
    }

    private static String words(Throwable error, @Nullable UnaryOperator<String> redaction) {
        String message = redaction == null ? null : error.getMessage();
        if (redaction != null && message != null) {
            return redaction.apply(message);
        }
        if (!(error instanceof DeepSeekError own)) {
            return "";
        }
        return own.httpStatus() == null ? own.code() : own.code() + " (HTTP " + own.httpStatus() + ")";
    }

    /** By the error's own class, so that a written stack reads as the error's. */
    @Override
    public String toString() {
        String words = getMessage();
        return words == null || words.isEmpty() ? type : type + ": " + words;
    }
}
