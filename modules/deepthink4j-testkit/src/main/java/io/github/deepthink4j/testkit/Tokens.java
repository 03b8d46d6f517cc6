package io.github.deepthink4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tokenizer that is simple and always the same: a word, with the blank before it, is a token or a few. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile(" ?[\\p{L}\\p{N}]{1,8}|\\{}|\\s+|.", Pattern.DOTALL);

    private Tokens() {}

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }

    static int count(String text) {
        int count = 0;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            count++;
        }
        return count;
    }
}
