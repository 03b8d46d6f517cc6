package io.github.deepthink4j.internal.answer;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tag of DeepSeek's tool-call markup, whatever its spelling.
 *
 * @param dsml       whether it is of the form of V3.2 and V4, and not of V3.1 or before
 * @param name       what an {@code invoke} or {@code parameter} is called
 * @param string     its attribute of this name, which says whether a value is text or JSON
 * @param selfClosed whether it ends with a slash
 */
record MarkupTag(
        Kind kind,
        boolean dsml,
        boolean closing,
        boolean selfClosed,
        @Nullable String name,
        @Nullable String string) {

    /** What a tag stands for. */
    enum Kind {
        /** Around all calls. */
        SECTION,
        /** A call in the form of V3.2 and V4. */
        INVOKE,
        PARAMETER,
        /** A call in the form of R1, V3 and V3.1. */
        CALL,
        /** Between the name, or type, of such a call and what follows. */
        SEPARATOR,
        /** The end of the whole answer. */
        END,
        /** Any other word behind DSML: a misspelt section, if a call follows. */
        UNKNOWN,
        /** Begins as one of these, and goes on as none. */
        BROKEN
    }

    /**
     * The words of all tags, in small letters. Only letters and digits tell them apart: bars (one, two, full-width, ASCII),
     * blanks, underscores and whatever else stands between them come in many spellings (docs/protocol.md, section 8).
     */
    private static final Map<String, Kind> WORDS = Map.ofEntries(
            Map.entry("dsmlfunctioncalls", Kind.SECTION),
            Map.entry("dsmltoolcalls", Kind.SECTION),
            Map.entry("dsmlcalls", Kind.SECTION),
            Map.entry("dsmlfunctioncall", Kind.SECTION),
            Map.entry("dsmltoolcall", Kind.SECTION),
            Map.entry("dsmltooluse", Kind.SECTION),
            Map.entry("dsmlinvoke", Kind.INVOKE),
            Map.entry("dsmlparameter", Kind.PARAMETER),
            Map.entry("toolcallsbegin", Kind.SECTION),
            Map.entry("toolcallsend", Kind.SECTION),
            Map.entry("toolcallbegin", Kind.CALL),
            Map.entry("toolcallend", Kind.CALL),
            Map.entry("toolsep", Kind.SEPARATOR),
            Map.entry("endofsentence", Kind.END));

    private static final String DSML = "dsml";
    private static final int LONGEST_WORD = 40;

    static boolean isKnown(String word) {
        return WORDS.containsKey(word);
    }

    /** Whether it is a tag's word; behind DSML between bars, any is. */
    static boolean isWord(String word, boolean barred) {
        return (isKnown(word) && (barred || word.startsWith(DSML)))
                || (barred && word.startsWith(DSML) && word.length() > DSML.length());
    }

    /** Whether a tag's word may begin like this. */
    static boolean mayBegin(String letters, boolean barred) {
        if (barred && letters.startsWith(DSML)) {
            return letters.length() <= LONGEST_WORD;
        }
        for (String word : WORDS.keySet()) {
            if (word.startsWith(letters) && (barred || isDsml(word))) {
                return true;
            }
        }
        return false;
    }

    /** Whether this much of a word leaves no doubt that it is one. */
    static boolean isUnmistakable(String letters, boolean barred) {
        return barred && (letters.startsWith(DSML) || letters.startsWith("tool"));
    }

    static Kind kind(String word) {
        return WORDS.getOrDefault(word, Kind.UNKNOWN);
    }

    static boolean isDsml(String word) {
        return word.startsWith(DSML);
    }

    /** Whether the word itself says that it closes, as those of V3.1 do. */
    static boolean closes(String word) {
        return word.endsWith("end") && isKnown(word);
    }

    boolean opens(Kind other) {
        return kind == other && !closing;
    }

    boolean closes(Kind other) {
        return kind == other && closing;
    }

    /** Whether it is a section's, as far as can be said. */
    boolean isAroundCalls() {
        return kind == Kind.SECTION || kind == Kind.UNKNOWN;
    }

    /** Whether the value of this parameter is text, as it is where nothing says otherwise. */
    boolean isText() {
        return switch (string == null ? "true" : string.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("a parameter is neither text nor JSON");
        };
    }
}
