package io.github.deepthink4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server says with an error, whatever its shape: an object in {@code error}, a text in it, both at the root, nested, as a
 * list, as JSON within a message. Read by its content: DeepSeek labels the JSON of a 400 as {@code application/octet-stream}
 * (docs/protocol.md, section 3).
 *
 * @param message what is to be shown, {@code null} if it said nothing
 * @param status  an HTTP status that the body names, {@code null} if it names none
 * @param codes   codes, types and the like, in lower case
 * @param text    all that was said, in lower case, for looking up
 */
record ServerWords(@Nullable String message, @Nullable Integer status, Set<String> codes, String text) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int DEEPEST = 6;
    private static final String ERROR = "error";
    private static final Pattern STATUS = Pattern.compile("[45]\\d\\d(\\.0+)?( .*)?");

    private static final String NO_TEXT = "bytes that are no text";

    /** In bytes; whatever is said behind it was not meant to be read. */
    private static final int LONGEST = 64 * 1024;

    /** In characters, far more than is shown: what else is said behind it is left. */
    private static final int ENOUGH = 8 * 1024;

    /** Where one error stands within another, or within what a host puts around it. */
    private static final List<String> WITHIN = List.of(
            "error",
            "errors",
            "Error",
            "response",
            "Response",
            "ResponseMetadata",
            "base_resp",
            "header",
            "metadata",
            "data",
            "choices");

    private static final List<String> MESSAGES = List.of(
            "message",
            "Message",
            "msg",
            "error_msg",
            "errmsg",
            "error_message",
            "errorMessage",
            "status_msg",
            "detail",
            "details",
            "title",
            "raw",
            "error_description");

    private static final List<String> CODES = List.of(
            "code",
            "Code",
            "type",
            "status",
            "status_code",
            "statusCode",
            "error_code",
            "errorCode",
            "error_type",
            "errcode",
            "reason",
            "http_status",
            "httpStatus",
            "http_code");

    /** What an envelope says around whatever is in it. */
    private static final Set<String> FINE = Set.of("ok", "success", "succeeded");

    static ServerWords of(byte[] body) {
        return of(new String(body, 0, Math.min(body.length, LONGEST), StandardCharsets.UTF_8));
    }

    /** Whether there is something in it that a server says with an error. */
    static boolean isError(JsonNode json) {
        Reading reading = new Reading();
        reading.layer(json, 0);
        return reading.message != null || reading.status != null;
    }

    static ServerWords of(String body) {
        String text = body.strip();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1).strip();
        }
        if (isBinary(text)) {
            return new ServerWords(NO_TEXT, null, Set.of(), "");
        }
        if (text.startsWith("<")) {
            return new ServerWords("an HTML page", null, Set.of(), "");
        }
        Reading reading = new Reading();
        if (!reading.json(text, 0) && !text.isEmpty()) {
            reading.said(text);
        }
        return reading.words(text);
    }

    /** What of it may stand in a message. */
    static String readable(String said) {
        return isBinary(said) ? NO_TEXT : said;
    }

    /** Whether a tenth of its beginning is no character, as of what is compressed. */
    private static boolean isBinary(String text) {
        String start = text.substring(0, Math.min(text.length(), Secrets.MAX_WORDS));
        long unreadable = start.chars()
                .filter(c -> c == '\uFFFD' || (Character.isISOControl(c) && !Character.isWhitespace(c)))
                .count();
        return unreadable * 10 > start.length();
    }

    /** Takes in layer after layer, from the outside in. */
    private static final class Reading {

        private @Nullable String message;
        private @Nullable Integer status;
        private final Set<String> codes = new LinkedHashSet<>();
        private final StringBuilder all = new StringBuilder();

        ServerWords words(String body) {
            String shown = message == null && !body.isEmpty() && all.isEmpty() ? body : message;
            return new ServerWords(shown, status, codes, all.toString().toLowerCase(Locale.ROOT));
        }

        void said(String words) {
            if (words.isBlank()) {
                return;
            }
            // What stands further in is closer to the cause: a gateway says no more than that its provider has failed.
            String outer = message;
            if (outer != null && outer.length() >= ENOUGH) {
                // A list of a million errors would be copied for each of them.
                return;
            }
            boolean first = outer == null || FINE.contains(outer.toLowerCase(Locale.ROOT)) || outer.equals(words);
            message = first ? words : message + " (" + words + ")";
            all.append(words).append('\n');
        }

        /** Whether the text was JSON that says something. */
        boolean json(String text, int depth) {
            if (depth > DEEPEST || text.isEmpty() || "{[\"".indexOf(text.charAt(0)) < 0) {
                return false;
            }
            try {
                layer(MAPPER.readTree(text), depth);
                return message != null || !codes.isEmpty();
            } catch (IOException e) {
                // Cut or broken JSON: its text says more than nothing.
                return false;
            }
        }

        private void layer(@Nullable JsonNode node, int depth) {
            if (node == null || depth > DEEPEST) {
                return;
            }
            if (node.isArray()) {
                node.forEach(element -> layer(element, depth + 1));
            } else if (node.isTextual()) {
                text(node.asText(), depth);
            } else if (node.isObject()) {
                object(node, depth);
            } else if (node.isNumber()) {
                code(node.asText());
            }
        }

        private void object(JsonNode node, int depth) {
            for (String name : CODES) {
                JsonNode code = node.path(name);
                if (code.isTextual() || code.isNumber()) {
                    code(code.asText());
                }
            }
            for (String name : MESSAGES) {
                JsonNode said = node.path(name);
                if (said.isTextual()) {
                    text(said.asText(), depth);
                } else if (name.equals("detail") && said.isObject()) {
                    layer(said, depth + 1);
                } else if (name.equals("detail") && said.isArray()) {
                    // FastAPI's list of what was wrong, which holds what was sent as well: shown, and not searched.
                    message = message == null ? said.toString() : message;
                }
            }
            for (String name : WITHIN) {
                JsonNode inner = node.path(name);
                // A text in any other of these is no error.
                if (inner.isContainerNode() || name.equals(ERROR)) {
                    layer(inner, depth + 1);
                }
            }
        }

        private void text(String text, int depth) {
            String stripped = text.strip();
            if (STATUS.matcher(stripped).matches()) {
                code(stripped);
            }
            boolean nested = stripped.startsWith("{") || stripped.startsWith("[");
            if (!nested || !json(stripped, depth + 1)) {
                said(stripped);
            }
        }

        private void code(String code) {
            codes.add(code.toLowerCase(Locale.ROOT));
            if (status == null && STATUS.matcher(code).matches()) {
                status = Integer.valueOf(code.substring(0, 3));
            }
        }
    }
}
