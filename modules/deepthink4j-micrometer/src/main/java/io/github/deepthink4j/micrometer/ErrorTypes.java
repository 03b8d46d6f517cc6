package io.github.deepthink4j.micrometer;

import io.github.deepthink4j.error.DeepSeekError;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The value of {@code error.type}: our errors' own code, which stays the same over versions, or else the class, as the conventions ask. */
final class ErrorTypes {

    private ErrorTypes() {}

    /** {@code null} for no error; a cancel is none. */
    static @Nullable String of(@Nullable Throwable error) {
        if (error == null || error instanceof CancellationException) {
            return null;
        }
        if (error instanceof DeepSeekError own) {
            return own.code();
        }
        String name = error.getClass().getCanonicalName();
        return name == null ? error.getClass().getName() : name;
    }
}
