package io.github.deepthink4j.samples.rag.screen;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the program says, in the language of who reads it: Chinese where the locale is, else English. Both stand side by side
 * where they are said, so that neither is forgotten.
 */
public final class Words {

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");

    /** Before each line of a thought but the first, where it can't be dimmed. */
    static final String THOUGHT_GOES_ON = "| ";

    /** Before each line of an answer, where a thought can't be dimmed: an answer may begin a line with anything, also with a bar. */
    static final String ANSWER = "  ";

    private Words() {}

    /** Before a thought that can't be dimmed. */
    static String thinking() {
        return of("(thinking) ", "（思考）");
    }

    public static String of(String english, String chinese) {
        return isChinese() ? chinese : english;
    }

    /** In the language of a text that somebody wrote, whatever the locale. */
    public static String inTheLanguageOf(String text, String english, String chinese) {
        return CHINESE.matcher(text).find() ? chinese : english;
    }

    public static String error(Throwable error) {
        String proxy = UnreadProxy.hint(System.getenv(), error);
        return of("Error: ", "错误：") + error.getMessage() + (proxy.isEmpty() ? "" : " " + proxy);
    }

    private static boolean isChinese() {
        return Locale.getDefault().getLanguage().equals(Locale.CHINESE.getLanguage());
    }
}
