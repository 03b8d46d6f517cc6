package io.github.deepthink4j.samples.rag.simulator;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many of the words of one text stand in another: English ones but for their endings, and each two Chinese characters side by side. */
final class SharedWords {

    private static final Pattern WORD = Pattern.compile("[a-z0-9]+|(?=(\\p{IsHan}{2}))\\p{IsHan}");
    private static final Pattern EMPTY = Pattern.compile(
            "(?:the|an?|is|are|was|of|to|in|on|for|it|its|and|or|do|does|how|what|which|who|can|i|my|by|at|with)");
    private static final int STEM = 5;

    private SharedWords() {}

    /** From 0 to 1. */
    static double share(String text, String other) {
        Set<String> words = words(text);
        if (words.isEmpty()) {
            return 0;
        }
        Set<String> there = words(other);
        return (double) words.stream().filter(there::contains).count() / words.size();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            String word = matcher.group(1) == null ? matcher.group() : matcher.group(1);
            if (!EMPTY.matcher(word).matches()) {
                words.add(word.substring(0, Math.min(STEM, word.length())));
            }
        }
        return words;
    }
}
