package io.github.deepthink4j.internal.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server has sent, as it may stand in a log: it drives no terminal that shows the log, and no line of it looks like a line of
 * the log, which begin at the margin.
 */
final class LoggedLines {

    /** Control characters, and those that turn the direction of what is shown (Unicode's Bidi_Control). */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}&&[^\n\t]]|[\\x{61C}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]|[\\x{2028}\\x{2029}]");

    private static final Pattern LINE_END = Pattern.compile("\r\n|\n");

    private LoggedLines() {}

    static String of(String text) {
        String lines = LINE_END.matcher(text).replaceAll("\n  ");
        return UNSEEN.matcher(lines)
                .replaceAll(seen -> Matcher.quoteReplacement(
                        String.format("\\u%04x", (int) seen.group().charAt(0))));
    }
}
