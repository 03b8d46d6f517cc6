package io.github.deepthink4j.samples.agent.screen;

import java.util.regex.Pattern;

/**
 * Text without what nobody sees: control characters, with which a document or a model could drive the terminal, and the
 * invisible characters that turn the reading direction or spell a message for models only. Only these go. What follows
 * an escape character is shown as the harmless text it then is: whoever takes whole escape sequences away lets a model
 * hide words in one, or swallow the rest of its answer by never ending it.
 *
 * <p>An object of this class cleans one text that comes in pieces.
 */
public final class CleanText {

    private static final Pattern LINE_END = Pattern.compile("\r\n?|\u2028|\u2029");
    // Halves of a character (Cs) go too: what is taken away from between two of them would join them.
    // Of the characters of format those stay that join letters and emojis, and the few that are seen.
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\n\t]]|\\p{Cs}"
            + "|[\\p{Cf}&&[^\\x{200C}\\x{200D}\\x{600}-\\x{605}\\x{6DD}\\x{70F}\\x{890}\\x{891}\\x{8E2}\\x{110BD}\\x{110CD}]]"
            // Variation selectors, in which any bytes can be hidden: emojis need two of them. Fillers. What is never
            // shown.
            + "|[\\x{180B}-\\x{180F}\\x{FE00}-\\x{FE0D}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{3164}\\x{FFA0}]"
            + "|[\\x{2065}\\x{FFF0}-\\x{FFF8}\\x{E0000}-\\x{E0FFF}]");

    // Of the line ends of Unicode \\s knows those of ASCII only.
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\u0085]+");

    private String held = "";

    /**
     * A text that is all there.
     *
     * @param text {@code null} where a model has said nothing
     */
    public static String of(String text) {
        return text == null
                ? ""
                : UNSEEN.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
    }

    /** All of it in one line, in which nothing can look like another line of the program's. */
    public static String inOneLine(String text) {
        return text == null ? "" : of(BLANKS.matcher(text).replaceAll(" ")).strip();
    }

    /**
     * The next piece of this text. The first half of a pair, such as a carriage return before a line feed, is kept until
     * the next piece: halves that are cleaned apart get past.
     */
    public String next(String piece) {
        String text = held + piece;
        held = endsWithHalf(text) ? text.substring(text.length() - 1) : "";
        return of(text.substring(0, text.length() - held.length()));
    }

    private static boolean endsWithHalf(String text) {
        return !text.isEmpty() && (text.endsWith("\r") || Character.isHighSurrogate(text.charAt(text.length() - 1)));
    }
}
