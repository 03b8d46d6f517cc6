package io.github.deepthink4j.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * For a request that does something and is billed, so that it is not sent again as long as it may have been done: what its errors say to
 * do in place of trying again.
 *
 * @param look           what to look at before it is sent again, as a sentence
 * @param silenceSetting which setting says how long the server may be silent; {@code null} for those of the timeouts
 */
public record OnceOnly(String look, @Nullable String silenceSetting) {

    private static final int FAULT = 500;
    private static final int OVERLOADED = 503;

    /** Whether a status of a server error says that nothing was done: DeepSeek's own, where a gateway has others. */
    public static boolean saysNotDone(@Nullable Integer status) {
        return status != null && (status == FAULT || status == OVERLOADED);
    }
}
