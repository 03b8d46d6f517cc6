package io.github.deepthink4j.internal.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether text behind a tag of R1, V3 or V3.1 is the rest of a call from which a host has taken other tags out. */
enum LostTokens {
    NONE,
    /** More must come before it can be said. */
    PERHAPS,
    CALL;

    private static final int LONGEST = 128;

    /** Arguments, or a name with arguments directly behind it, or on the next line, perhaps in a fence. */
    private static final Pattern REST = Pattern.compile(
            "(?:\\s*|(?:function\\s+)?[\\w.-]{1,64}(?:[ \\t]*\\r?\\n\\s*(?:```(?:json)?\\s*)?)?)\\{\\s*[\"}]");

    static LostTokens in(CharSequence text) {
        Matcher rest = REST.matcher(text);
        if (rest.lookingAt()) {
            return CALL;
        }
        return rest.hitEnd() && text.length() <= LONGEST ? PERHAPS : NONE;
    }
}
