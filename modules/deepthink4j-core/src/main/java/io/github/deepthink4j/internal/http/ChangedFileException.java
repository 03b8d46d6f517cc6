package io.github.deepthink4j.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The file of a form is not what it was when the call began, so that the form can't be sent: no fault of the server's. */
public final class ChangedFileException extends IOException {

    private static final long serialVersionUID = 1L;

    ChangedFileException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
