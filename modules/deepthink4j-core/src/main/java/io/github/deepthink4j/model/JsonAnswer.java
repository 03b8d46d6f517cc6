package io.github.deepthink4j.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Finds the JSON in an answer that was to be JSON and nothing else: models wrap it in code fences or in prose all the
 * same, and a host without a real JSON mode more so.
 */
final class JsonAnswer {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonAnswer() {}

    /** The first complete JSON object or array in the text; the text itself if it is JSON already or holds none. */
    static String extract(String text) {
        String trimmed = text.trim();
        if (endOfJson(trimmed, 0) == trimmed.length()) {
            return text;
        }
        for (int start = 0; start < trimmed.length(); start++) {
            char c = trimmed.charAt(start);
            if (c == '{' || c == '[') {
                int end = endOfJson(trimmed, start);
                if (end > 0) {
                    return trimmed.substring(start, end);
                }
            }
        }
        return text;
    }

    /** Where the object or array that starts here ends; -1 if none does. */
    private static int endOfJson(String text, int start) {
        if (start >= text.length() || (text.charAt(start) != '{' && text.charAt(start) != '[')) {
            return -1;
        }
        char[] chars = text.toCharArray();
        try (JsonParser parser = JSON.createParser(chars, start, chars.length - start)) {
            JsonToken first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return -1;
            }
            parser.skipChildren();
            return start + (int) parser.currentLocation().getCharOffset();
        } catch (IOException e) {
            return -1;
        }
    }
}
