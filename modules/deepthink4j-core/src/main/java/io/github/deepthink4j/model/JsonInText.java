package io.github.deepthink4j.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON objects and lists in a text that stand in no other one. What stands within broken or truncated JSON is not
 * looked at: it would be a piece of something. Each character is looked at a few times at most, whatever the text.
 *
 * @param isUnclear whether the text ends within an object or a list, or holds too many that are broken
 */
record JsonInText(String text, List<Found> found, boolean isUnclear) {

    /** Brackets are counted here and not on a stack, so that no depth is too much. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** A text with more than this is no answer in JSON, and each costs an exception. */
    private static final int MOST_BROKEN = 10_000;

    private static final String FENCE = "```";

    private static final Pattern BULLET = Pattern.compile("\\s*([-*+\u2022]|\\d{1,3}[.)])\\s*`?");

    private static final String SPACE = " \t\r\n";

    /**
     * An object or a list.
     *
     * @param end      behind its last bracket
     * @param names    the names of an object's fields, not of those within
     * @param isFenced whether it stands between a code fence that opens and the one that closes it
     */
    record Found(int start, int end, Set<String> names, boolean isFenced) {}

    static JsonInText of(String text) {
        List<Found> found = new ArrayList<>();
        char[] chars = text.toCharArray();
        int position = 0;
        int broken = 0;
        boolean fenced = false;
        while (position < chars.length) {
            if (text.startsWith(FENCE, position)) {
                fenced = !fenced;
                while (position < chars.length && chars[position] == '`') {
                    position++;
                }
                continue;
            }
            if (chars[position] != '{' && chars[position] != '[') {
                position++;
                continue;
            }
            if (isProse(text, position)) {
                position++;
                continue;
            }
            Found json = read(chars, position, fenced);
            int end = json == null ? closing(chars, position) : json.end();
            if (json != null) {
                found.add(json);
            } else if (end < 0 || ++broken > MOST_BROKEN) {
                return new JsonInText(text, found, true);
            }
            position = end;
        }
        return new JsonInText(text, found, false);
    }

    /** Whether the text is one object or list and nothing else. */
    boolean isAll() {
        return found.size() == 1 && found.get(0).start() == 0 && found.get(0).end() == text.length();
    }

    /** Whether there is nothing else on its lines. */
    boolean standsAlone(Found json) {
        int lineEnd = text.indexOf('\n', json.end());
        return text.substring(lineStart(json), json.start()).isBlank()
                && text.substring(json.end(), lineEnd < 0 ? text.length() : lineEnd)
                        .isBlank();
    }

    /** Whether each stands behind the mark of a list on its line: a bullet, or a number. */
    boolean isListed(List<Found> each) {
        return each.stream()
                .allMatch(json -> BULLET.matcher(text.substring(lineStart(json), json.start()))
                        .matches());
    }

    private int lineStart(Found json) {
        return text.lastIndexOf('\n', json.start()) + 1;
    }

    /** Whether it is a list of nothing but whole numbers, such as [1] or [2, 3]. */
    boolean mayBeFootnote(Found json) {
        boolean hasDigit = false;
        for (int i = json.start() + 1; i < json.end() - 1; i++) {
            char c = text.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            if (!isDigit && c != ',' && SPACE.indexOf(c) < 0) {
                return false;
            }
            hasDigit |= isDigit;
        }
        return hasDigit;
    }

    /** Whether it stands as the number of a source does: with words behind it, or one number alone that no colon announces. */
    boolean isCited(Found json) {
        if (json.isFenced()) {
            return false;
        }
        // Not by the whole line, on which there may be very many of them.
        int before = json.start() - 1;
        while (before >= 0 && text.charAt(before) != '\n' && Character.isWhitespace(text.charAt(before))) {
            before--;
        }
        int behind = json.end();
        while (behind < text.length()
                && text.charAt(behind) != '\n'
                && !Character.isLetterOrDigit(text.charAt(behind))) {
            behind++;
        }
        boolean wordsFollow = behind < text.length() && text.charAt(behind) != '\n';
        boolean isOne = text.substring(json.start(), json.end()).indexOf(',') < 0;
        boolean isAnnounced = before >= 0 && (text.charAt(before) == ':' || text.charAt(before) == '\uff1a');
        return wordsFollow || (isOne && !isAnnounced);
    }

    /** Whether what follows a bracket shows that no JSON was meant, not even bad JSON as in JavaScript or Python. */
    private static boolean isProse(String text, int bracket) {
        int next = bracket + 1;
        while (next < text.length() && SPACE.indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        if (next == text.length()) {
            return false;
        }
        char c = text.charAt(next);
        if (c == '"' || c == '\'' || c == '/') {
            return false;
        }
        if (text.charAt(bracket) == '[') {
            boolean word = text.startsWith("true", next)
                    || text.startsWith("false", next)
                    || text.startsWith("null", next)
                    || text.startsWith("True", next)
                    || text.startsWith("False", next)
                    || text.startsWith("None", next);
            return !word && "{[]-0123456789".indexOf(c) < 0;
        }
        if (c == '}') {
            return false;
        }
        // {name: "Ann"}
        int end = next;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        while (end < text.length() && SPACE.indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end == next || end == text.length() || text.charAt(end) != ':';
    }

    private static @Nullable Found read(char[] text, int start, boolean fenced) {
        Set<String> names = new HashSet<>();
        try (JsonParser parser = JSON.createParser(text, start, text.length - start)) {
            int depth = 0;
            do {
                JsonToken token = parser.nextToken();
                if (token == null) {
                    return null;
                }
                if (token == JsonToken.FIELD_NAME && depth == 1) {
                    names.add(parser.currentName());
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            } while (depth > 0);
            return new Found(start, start + (int) parser.currentLocation().getCharOffset(), Set.copyOf(names), fenced);
        } catch (IOException e) {
            return null;
        }
    }

    /** Where a bracket has its partner, brackets in strings aside; -1 if nowhere. */
    private static int closing(char[] text, int start) {
        int depth = 0;
        boolean inString = false;
        for (int i = start; i < text.length; i++) {
            char c = text[i];
            if (inString) {
                i += c == '\\' ? 1 : 0;
                inString = c != '"';
            } else if (c == '"') {
                inString = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
