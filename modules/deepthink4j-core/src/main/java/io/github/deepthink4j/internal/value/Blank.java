package io.github.deepthink4j.internal.value;

/** Whether a reader would see nothing: to Java a no-break space, of which empty pages of the web are made, is no white space. */
public final class Blank {

    private Blank() {}

    /** Whether there is nothing in a text but white space of all kinds and characters that are never seen. */
    public static boolean is(String text) {
        return text.codePoints().allMatch(Blank::isUnseen);
    }

    /** Whether a character is white space of any kind, or never seen. */
    public static boolean isUnseen(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT;
    }
}
