package io.github.deepthink4j.internal.answer;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tag of DeepSeek's tool-call markup, whatever its spelling.
 *
 * @param name       what an {@code invoke} or {@code parameter} is called
 * @param string     its attribute of this name, which says whether a value is text or JSON
 * @param others     the names of all other attributes
 * @param selfClosed whether it ends with a slash
 */
record MarkupTag(
        Kind kind,
        Form form,
        boolean closing,
        boolean selfClosed,
        @Nullable String name,
        @Nullable String string,
        Set<String> others) {

    /** Whose tags it is one of; those of one form mean nothing in a value of another. */
    enum Form {
        /** V3.2 and V4. */
        DSML,
        /** The same, from which a host has taken the word as a special token, and left its bars. */
        BARS,
        /** R1, V3 and V3.1. */
        TOKENS
    }

    /** Attributes of a call that may be about the call, and not arguments, where its arguments stand in it. */
    private static final Set<String> ABOUT_A_CALL = Set.of("id", "type", "index");

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
            Map.entry("functioncalls", Kind.SECTION),
            Map.entry("toolcalls", Kind.SECTION),
            Map.entry("invoke", Kind.INVOKE),
            Map.entry("parameter", Kind.PARAMETER),
            Map.entry("toolcallsbegin", Kind.SECTION),
            Map.entry("toolcallsend", Kind.SECTION),
            Map.entry("toolcallbegin", Kind.CALL),
            Map.entry("toolcallend", Kind.CALL),
            Map.entry("toolsep", Kind.SEPARATOR),
            Map.entry("endofsentence", Kind.END));

    /** What nobody writes who does not mean the tokens, with or without their bars. */
    private static final Set<String> TOKENS =
            Set.of("toolcallsbegin", "toolcallsend", "toolcallbegin", "toolcallend", "toolsep");

    static final String DSML = "dsml";
    private static final int LONGEST_WORD = 40;

    static boolean isKnown(String word) {
        return WORDS.containsKey(word);
    }

    /** Whether it is a tag's word; behind DSML between bars, any is. */
    static boolean isWord(String word, boolean barred) {
        return (isKnown(word) && (barred || needsNoBar(word)))
                || (barred && word.startsWith(DSML) && word.length() > DSML.length());
    }

    /** Whether a tag's word may begin like this. */
    static boolean mayBegin(String letters, boolean barred) {
        if (barred && letters.startsWith(DSML)) {
            return letters.length() <= LONGEST_WORD;
        }
        for (String word : WORDS.keySet()) {
            if (word.startsWith(letters) && (barred || needsNoBar(word))) {
                return true;
            }
        }
        return false;
    }

    private static boolean needsNoBar(String word) {
        return word.startsWith(DSML) || TOKENS.contains(word);
    }

    /** Whether this much of a word leaves no doubt that it is one. */
    static boolean isUnmistakable(String letters, boolean barred) {
        return barred && (letters.startsWith(DSML) || letters.startsWith("tool"));
    }

    static Kind kind(String word) {
        return WORDS.getOrDefault(word, Kind.UNKNOWN);
    }

    static Form form(String word) {
        if (word.startsWith(DSML)) {
            return Form.DSML;
        }
        return TOKENS.contains(word) ? Form.TOKENS : Form.BARS;
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

    /**
     * Whether an attribute may be an argument, which must not be lost.
     *
     * @param hasArguments whether there are others behind the tag
     */
    boolean mayHoldArgument(boolean hasArguments) {
        return hasArguments ? !ABOUT_A_CALL.containsAll(others) : !others.isEmpty() || string != null;
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
