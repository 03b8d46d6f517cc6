package io.github.deepthink4j.testkit.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Always the same, and near DeepSeek's for English text: a word, with the blank before it, is a token or a few. */
public final class SimpleTokenizer {

    private static final Pattern TOKEN = Pattern.compile(" ?[\\p{L}\\p{N}]{1,8}|\\{}|\\s+|.", Pattern.DOTALL);

    private SimpleTokenizer() {}

    public static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    public static int count(String text) {
        int count = 0;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
