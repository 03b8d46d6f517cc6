package io.github.deepthink4j.samples.rag.screen;

import java.util.regex.Pattern;

/**
 * Text without what nobody sees: control characters, with which a document could drive the terminal, and the invisible
 * characters that turn the reading direction or spell a message for models only.
 */
public final class CleanText {

    private static final Pattern LINE_END = Pattern.compile("\r\n?|\u2028|\u2029");
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}&&[^\n\t]]"
            + "|[\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}\\x{FEFF}\\x{200B}\\x{2060}]"
            + "|[\\x{E0000}-\\x{E007F}]");

    private CleanText() {}

    public static String of(String text) {
        return UNSEEN.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
    }
}
