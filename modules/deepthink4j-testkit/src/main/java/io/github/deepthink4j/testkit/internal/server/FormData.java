package io.github.deepthink4j.testkit.internal.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a form, in their order (RFC 7578).
 *
 * @param parts what was read; empty if it is no form
 */
record FormData(List<Part> parts) {

    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)^multipart/form-data\\s*;.*?boundary=(?:\"([^\"]+)\"|([^\\s;]+))");
    private static final Pattern PARAMETER = Pattern.compile("(?i)[;\\s](name|filename)=\"([^\"]*)\"");
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    /**
     * One field or file.
     *
     * @param fileName {@code null} for a field
     */
    record Part(String name, @Nullable String fileName, byte[] content) {

        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    /** What came, if it is a form; {@code null} if it is none. */
    static @Nullable FormData read(@Nullable String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!matcher.find()) {
            return null;
        }
        byte[] mark = ("--" + (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)))
                .getBytes(StandardCharsets.ISO_8859_1);
        List<Part> parts = new ArrayList<>();
        int start = indexOf(body, mark, 0);
        while (start >= 0) {
            int begin = start + mark.length;
            boolean last = begin + 1 < body.length && body[begin] == '-' && body[begin + 1] == '-';
            int end = last ? -1 : indexOf(body, mark, begin);
            if (last) {
                return new FormData(parts);
            }
            int head = indexOf(body, BLANK_LINE, begin);
            if (end < 0 || head < 0 || head > end) {
                return null;
            }
            // The line break before the next mark belongs to the mark.
            byte[] content = Arrays.copyOfRange(body, head + BLANK_LINE.length, end - 2);
            parts.add(part(new String(body, begin, head - begin, StandardCharsets.UTF_8), content));
            start = end;
        }
        return null;
    }

    private static Part part(String head, byte[] content) {
        String name = "";
        String fileName = null;
        Matcher matcher = PARAMETER.matcher(head);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase("name")) {
                name = matcher.group(2);
            } else {
                fileName = matcher.group(2)
                        .replace("%22", "\"")
                        .replace("%0D", "\r")
                        .replace("%0A", "\n");
            }
        }
        return new Part(name, fileName, content);
    }

    private static int indexOf(byte[] all, byte[] wanted, int from) {
        for (int i = from; i <= all.length - wanted.length; i++) {
            if (all[i] == wanted[0] && Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    @Nullable
    Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The text of a field; {@code null} if there is none. */
    @Nullable
    String field(String name) {
        Part part = part(name);
        return part == null ? null : part.text();
    }

    boolean isBefore(String first, String second) {
        List<String> names = parts.stream().map(Part::name).toList();
        return names.indexOf(first) < names.indexOf(second);
    }
}
