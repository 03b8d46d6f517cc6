package io.github.deepthink4j.micrometer;

/** Words that a server or a model has chosen, as they may stand in a span or a registry. */
final class Words {

    /** Longer than any id seen, and short of anything that was said. */
    static final int LONGEST = 120;

    private Words() {}

    /** With a mark in place of what nobody can read, such as control characters and halves of characters. */
    static String readable(String text) {
        StringBuilder readable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> readable.appendCodePoint(isReadable(point) ? point : '?'));
        return readable.toString();
    }

    private static boolean isReadable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Readable, and cut behind {@link #LONGEST} characters. */
    static String bounded(String text) {
        if (text.length() <= LONGEST) {
            return readable(text);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return readable(text.substring(0, end)) + "…";
    }
}
