package io.github.deepthink4j.samples.agent.screen;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the program says, in the language of who reads it: Chinese where the locale is, else English. Both stand side by side
 * where they are said, so that neither is forgotten.
 */
public final class Words {

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”|「[^」]*」|《[^》]*》");
    private static final Pattern ENGLISH_FRAME = Pattern.compile(
            "(?i)(?<![a-z'])(?:how|many|much|what|what's|which|who|why|where|when|is|are|was|do|does|the|in|of|and|or|than|there|mean|means|say|can|you"
                    + "|please|thanks|hello|hi|call|for|to|my|order|tell|i|a|with|from|send|convert|refund)(?![a-z])");
    private static final Pattern CHINESE_FRAME =
            Pattern.compile("多少|哪|谁|几|什么|怎么|怎样|吗|呢|吧|里|中|的|了|是|有|和|与|还|请|你|我|查|用|把|到|要|在|个|订单|退|天气");

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

    /** In the language of a text that somebody wrote, whatever the locale: of the words around what it is about, if both are in it. */
    public static String inTheLanguageOf(String text, String english, String chinese) {
        if (!CHINESE.matcher(text).find()) {
            return english;
        }
        String frame = QUOTED.matcher(text).replaceAll(" ");
        long inEnglish = ENGLISH_FRAME.matcher(frame).results().count();
        return inEnglish > CHINESE_FRAME.matcher(frame).results().count() ? english : chinese;
    }

    public static String error(Throwable error) {
        return of("Error: ", "错误：") + explained(error);
    }

    /** The same as a part of another sentence. */
    public static String explained(Throwable error) {
        String proxy = UnreadProxy.hint(System.getenv(), error);
        String english = error.getMessage() == null ? error.toString() : error.getMessage();
        String message = isChinese() ? ChineseErrors.of(error).orElse(english) : english;
        return message + (proxy.isEmpty() ? "" : " " + proxy);
    }

    private static boolean isChinese() {
        return Locale.getDefault().getLanguage().equals(Locale.CHINESE.getLanguage());
    }
}
