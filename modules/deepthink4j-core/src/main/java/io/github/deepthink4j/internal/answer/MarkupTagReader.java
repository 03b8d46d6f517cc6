package io.github.deepthink4j.internal.answer;

import io.github.deepthink4j.internal.answer.MarkupTag.Kind;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link MarkupTag}, character by character, so that none is looked at twice. Forgiven are brackets, bars and quotes
 * of other shapes, and a bracket that is missing at the end of a line or before the next tag, but not behind a parameter,
 * whose value would have no beginning.
 */
final class MarkupTagReader {

    /** What a character makes of what has been read. */
    enum Step {
        /** It may become a tag. */
        MORE,
        /** A tag, which this character ends. */
        TAG,
        /** A tag, which has ended before this character. */
        TAG_BEFORE,
        /** No tag; the character has not been read. */
        NONE
    }

    private enum Phase {
        WORD,
        ATTRIBUTE,
        EQUALS,
        VALUE,
        BEHIND_VALUE
    }

    private static final String OPENING = "<\uff1c\u3008";
    private static final String CLOSING = ">\uff1e\u3009";
    private static final char BAR = '\uff5c';
    private static final String DOUBLE_QUOTES = "\"\u201c\u201d\u201e\u201f\uff02";
    private static final String SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b\uff07";
    private static final String WITHIN_WORDS = "_-\u2581";
    private static final String WITHIN_NAMES = "_-.:";
    private static final int MOST_MARKS = 8;
    private static final int LONGEST_TAG = 1024;

    private final boolean bare;

    /** What counts as read before a tag's first letter. */
    private final String mark;

    private final StringBuilder letters = new StringBuilder();
    private final StringBuilder attribute = new StringBuilder();
    private final StringBuilder value = new StringBuilder();
    private Phase phase = Phase.WORD;
    private int length;
    private int marks;
    private boolean barred;
    private boolean closing;
    private boolean selfClosed;
    private boolean broken;
    private boolean newWord;
    private int wordStart;
    private String quotes = "";
    private @Nullable String name;
    private @Nullable String string;
    private final Set<String> others = new HashSet<>();

    /** @param bare whether the tags have lost their DSML and its bars, and nothing else is looked for */
    MarkupTagReader(boolean bare) {
        this.bare = bare;
        this.mark = bare ? MarkupTag.DSML : "";
        letters.append(mark);
    }

    /** Ready for another tag. */
    void reset() {
        letters.setLength(0);
        letters.append(mark);
        others.clear();
        attribute.setLength(0);
        value.setLength(0);
        phase = Phase.WORD;
        length = 0;
        marks = 0;
        wordStart = 0;
        barred = false;
        closing = false;
        selfClosed = false;
        broken = false;
        newWord = false;
        name = null;
        string = null;
    }

    private static boolean isOpening(char c) {
        return OPENING.indexOf(c) >= 0;
    }

    /** Whether a tag may begin with this: a bracket, or the bar behind one that is missing. */
    static boolean mayOpen(char c) {
        return c == BAR || isOpening(c);
    }

    void open(char c) {
        barred = c == BAR;
    }

    /** Whether a bar makes this another tag than those that are looked for. */
    private boolean isForeign(char c) {
        return bare && (barred || (!Character.isWhitespace(c) && WITHIN_WORDS.indexOf(c) < 0));
    }

    /** The next character behind the first one. */
    Step read(char c) {
        if (++length > LONGEST_TAG) {
            return breakOff();
        }
        return switch (phase) {
            case WORD -> word(c);
            case ATTRIBUTE -> attribute(c);
            case EQUALS -> equalsSign(c);
            case VALUE -> value(c);
            case BEHIND_VALUE -> behindValue(c);
        };
    }

    /** Nothing more comes. */
    Step end() {
        if (phase == Phase.WORD) {
            boolean whole = MarkupTag.isKnown(letters.toString());
            broken = !whole;
            return whole || MarkupTag.isUnmistakable(letters.toString(), barred) ? Step.TAG_BEFORE : Step.NONE;
        }
        return phase == Phase.BEHIND_VALUE ? withoutBracket() : breakOff();
    }

    MarkupTag tag() {
        String word = letters.toString();
        Kind kind = broken ? Kind.BROKEN : MarkupTag.kind(word);
        return new MarkupTag(
                kind,
                MarkupTag.form(word),
                closing || MarkupTag.closes(word),
                selfClosed,
                name,
                string,
                Set.copyOf(others));
    }

    private Step word(char c) {
        if (isAscii(c)) {
            return letter(c);
        }
        if (c == '/') {
            return slash();
        }
        if (c == '=' && wordStart > 0) {
            attribute.append(letters, wordStart, letters.length());
            letters.setLength(wordStart);
            phase = Phase.EQUALS;
            return Step.MORE;
        }
        if (CLOSING.indexOf(c) >= 0) {
            return MarkupTag.isWord(letters.toString(), barred) ? Step.TAG : Step.NONE;
        }
        if (isOpening(c) || isLineEnd(c)) {
            boolean whole = MarkupTag.isKnown(letters.toString()) && MarkupTag.isWord(letters.toString(), barred);
            return whole ? Step.TAG_BEFORE : Step.NONE;
        }
        if (newWord && Character.isLetter(c) && MarkupTag.kind(letters.toString()) == Kind.INVOKE) {
            phase = Phase.ATTRIBUTE;
            return attribute(c);
        }
        if (isForeign(c) || isQuote(c) || c == '=' || Character.isLetterOrDigit(c) || ++marks > MOST_MARKS) {
            return Step.NONE;
        }
        barred |= letters.isEmpty() && !Character.isWhitespace(c);
        newWord |= WITHIN_WORDS.indexOf(c) < 0;
        return Step.MORE;
    }

    private Step letter(char c) {
        if (selfClosed || isForeign(' ')) {
            return Step.NONE;
        }
        wordStart = newWord ? letters.length() : wordStart;
        newWord = false;
        marks = 0;
        letters.append(Character.toLowerCase(c));
        boolean may = MarkupTag.mayBegin(letters.toString(), barred)
                || (MarkupTag.isKnown(letters.substring(0, wordStart)) && letters.length() < LONGEST_TAG);
        return may ? Step.MORE : Step.NONE;
    }

    private Step slash() {
        if (letters.isEmpty() || letters.toString().equals(MarkupTag.DSML)) {
            closing = true;
        } else {
            selfClosed = true;
        }
        return Step.MORE;
    }

    private Step attribute(char c) {
        if (c == '=') {
            phase = Phase.EQUALS;
        } else if (Character.isLetterOrDigit(c) || WITHIN_NAMES.indexOf(c) >= 0) {
            attribute.append(Character.toLowerCase(c));
        } else if (!Character.isWhitespace(c) || isLineEnd(c)) {
            return breakOff();
        }
        return Step.MORE;
    }

    private Step equalsSign(char c) {
        if (isQuote(c)) {
            quotes = DOUBLE_QUOTES.indexOf(c) >= 0 ? DOUBLE_QUOTES : SINGLE_QUOTES;
            value.setLength(0);
            phase = Phase.VALUE;
            return Step.MORE;
        }
        return Character.isWhitespace(c) && !isLineEnd(c) ? Step.MORE : breakOff();
    }

    private Step value(char c) {
        if (quotes.indexOf(c) >= 0) {
            phase = Phase.BEHIND_VALUE;
            return keep() ? Step.MORE : breakOff();
        }
        if (isOpening(c) || isLineEnd(c)) {
            return breakOff();
        }
        value.append(c);
        return Step.MORE;
    }

    /** Whether an attribute stands there for the first time. */
    private boolean keep() {
        String key = attribute.toString();
        boolean again = (key.equals("name") && name != null) || (key.equals("string") && string != null);
        name = key.equals("name") ? value.toString() : name;
        string = key.equals("string") ? value.toString() : string;
        if (!key.equals("name") && !key.equals("string")) {
            others.add(key);
        }
        attribute.setLength(0);
        return !again;
    }

    private Step behindValue(char c) {
        if (CLOSING.indexOf(c) >= 0) {
            return Step.TAG;
        }
        if (isOpening(c) || isLineEnd(c)) {
            return withoutBracket();
        }
        if (c == '/') {
            selfClosed = true;
        } else if (Character.isLetterOrDigit(c) && !selfClosed) {
            phase = Phase.ATTRIBUTE;
            return attribute(c);
        } else if (isQuote(c) || selfClosed && Character.isLetterOrDigit(c)) {
            return breakOff();
        }
        return Step.MORE;
    }

    private Step withoutBracket() {
        broken = MarkupTag.kind(letters.toString()) == Kind.PARAMETER;
        return Step.TAG_BEFORE;
    }

    private Step breakOff() {
        broken = true;
        return phase == Phase.WORD ? Step.NONE : Step.TAG_BEFORE;
    }

    private static boolean isAscii(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isQuote(char c) {
        return DOUBLE_QUOTES.indexOf(c) >= 0 || SINGLE_QUOTES.indexOf(c) >= 0;
    }
}
