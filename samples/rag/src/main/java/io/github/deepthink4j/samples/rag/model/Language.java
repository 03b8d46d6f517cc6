package io.github.deepthink4j.samples.rag.model;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What a text is written in, as far as the embedding models tell languages apart. */
public enum Language {
    /** Everything that is not Chinese, for want of a model that knows it. */
    ENGLISH,
    CHINESE;

    /** A Chinese word has so many characters on average. */
    private static final double CHARACTERS_OF_A_WORD = 1.6;

    /** Fewer words than this share are names and loan words, and make no text of two languages. */
    private static final double SHARE = 0.2;

    /** Of letters that are not Chinese; with a digit in it, it is a code and of no language. */
    private static final Pattern OTHER_WORD = Pattern.compile(
            "[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]+(?:['\u2019_.-][\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}]]+)*");

    private static final Pattern DIGIT = Pattern.compile("\\p{N}");

    /** One language, or both where each has a fair share of the words. */
    public static Set<Language> of(String text) {
        long han = text.codePoints()
                .filter(character -> Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN)
                .count();
        long otherWords = OTHER_WORD
                .matcher(text)
                .results()
                .filter(word -> !DIGIT.matcher(word.group()).find())
                .count();
        double chinese = han / CHARACTERS_OF_A_WORD;
        double share = chinese == 0 ? 0 : chinese / (chinese + otherWords);
        if (share < SHARE) {
            return EnumSet.of(ENGLISH);
        }
        return share > 1 - SHARE ? EnumSet.of(CHINESE) : EnumSet.allOf(Language.class);
    }
}
