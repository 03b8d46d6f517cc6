package io.github.deepthink4j.internal.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers of a response, whatever the case of their names. */
public final class ResponseHeaders {

    private ResponseHeaders() {}

    /** The first value; {@code null} if the header is not there. */
    static @Nullable String first(Map<String, List<String>> headers, String name) {
        for (Map.Entry<String, List<String>> entry : headers.entrySet()) {
            if (name.equalsIgnoreCase(entry.getKey()) && !entry.getValue().isEmpty()) {
                return entry.getValue().get(0);
            }
        }
        return null;
    }

    /** All values, of repeated headers too; none if the header is not there. */
    static List<String> all(Map<String, List<String>> headers, String name) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, List<String>> entry : headers.entrySet()) {
            if (name.equalsIgnoreCase(entry.getKey())) {
                values.addAll(entry.getValue());
            }
        }
        return values;
    }

    /** How many bytes the server has promised; 0 if it has not. */
    public static long contentLength(Map<String, List<String>> headers) {
        String length = first(headers, "content-length");
        try {
            return length == null ? 0 : Math.max(0, Long.parseLong(length.strip()));
        } catch (NumberFormatException e) {
            // A promise that can't be read is none.
            return 0;
        }
    }
}
