package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.value.Blank;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keys, headers and urls as they are pasted: with a line break, a smart quote, a character that nobody sees. What stands at the
 * ends is taken off. The rest is refused here, since the JDK would refuse it too, and show it whole in its message; ours show
 * nothing of it.
 */
final class PastedText {

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    private PastedText() {}

    /** Without blanks, line breaks and invisible characters at its ends. */
    static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && Blank.isUnseen(text.charAt(start))) {
            start++;
        }
        while (end > start && Blank.isUnseen(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** A key has no blank within: what has one is two keys, or a key and something else. */
    static void checkKey(String key) {
        checkVisible("apiKey", key, true);
        int blank = Math.max(key.indexOf(' '), key.indexOf('\t'));
        if (blank >= 0) {
            throw refused(
                    "apiKey holds a blank, and only the key belongs there, without a word such as Bearer", blank, key);
        }
        if (key.startsWith("\"") || key.startsWith("'")) {
            throw new IllegalArgumentException("apiKey stands between quotes: leave them out");
        }
    }

    static void checkHeader(String name, String value) {
        checkVisible("the header " + name, value, true);
    }

    /** A name that can't be sent is not shown either: somebody may have pasted the value in its place. */
    static void checkHeaderName(String name) {
        if (!HEADER_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "customHeaders holds a name that is none of a header: letters, digits and - only");
        }
    }

    static void checkUrl(String url) {
        int asked = url.indexOf('?');
        for (int i = Math.max(0, url.lastIndexOf('@')); i < (asked < 0 ? url.length() : asked); i++) {
            int point = url.codePointAt(i);
            if (point > '~'
                    && !Blank.isUnseen(url.charAt(i))
                    && Character.isDefined(point)
                    && !Character.isISOControl(point)) {
                throw new IllegalArgumentException(
                        "baseUrl holds " + Character.toString(point) + " (U+"
                                + String.format(Locale.ROOT, "%04X", point) + ") at place " + (i + 1) + " of "
                                + url.length()
                                + ", and only ASCII can be sent: write a host in its form with xn--, a path with %, and colon and slashes as : and /");
            }
        }
        checkVisible("baseUrl", url, false);
    }

    private static void checkVisible(String what, String text, boolean blanks) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = c == ' ' || c == '\t';
            if (blank ? !blanks : c < ' ' || c > '~') {
                throw refused(
                        what + " holds a character that can't be sent, such as a line break or an invisible one",
                        i,
                        text);
            }
        }
    }

    private static IllegalArgumentException refused(String why, int index, String text) {
        return new IllegalArgumentException(
                why + ", at place " + (index + 1) + " of " + text.length() + ": copy it anew");
    }
}
