package io.github.deepthink4j.samples.rag.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names in a claim: codes and identifiers in any language, words with a capital letter in an English sentence, titles in 《》. Names
 * of people and places are not told apart from other characters in a Chinese one.
 */
final class Names {

    /** Letters with digits or signs between them, or in letter case of its own: {@code IP54}, {@code max_retries}, {@code 2.1.3}, {@code USB-C}. */
    private static final Pattern CODE = Pattern.compile(
            "(?<![A-Za-z0-9_])(?:(?=[A-Za-z0-9_./-]*[A-Za-z])(?=[A-Za-z0-9_./-]*[0-9_])[A-Za-z0-9]+(?:[-_./]?[A-Za-z0-9]+)*"
                    + "|\\d+(?:\\.\\d+){2,}|[a-z]+[A-Z][A-Za-z]*)(?![A-Za-z0-9_])");

    private static final Pattern CAPITALISED =
            Pattern.compile("(?<![\\p{L}\\p{N}_.-])(?:\\p{Lu}[\\p{Ll}]{2,}|[A-Z]{2,})(?![\\p{L}\\p{N}_])");
    private static final Pattern TITLE = Pattern.compile("《([^》]{2,40})》");

    /** Where any word may have a capital letter. */
    private static final Pattern BEGINNING =
            Pattern.compile("(?s)(?:.*(?:[.!?:;…|\"“”‘'(\\[*_#>•、，。：；！？（「—]|- |\\d[.)]))?\\s*[\"“‘'(*_]*");

    /** In German each noun has one. */
    private static final Pattern GERMAN =
            Pattern.compile("(?i)[äöüß]|\\b(?:der|das|und|ist|nicht|ein|eine|für|mit)\\b");

    /** What is written with capital letters and names nothing that a passage would have to name. */
    private static final Set<String> NO_NAMES =
            Set.of(("monday tuesday wednesday thursday friday saturday sunday january february march april may"
                            + " june july august september october november december yes passage passages the source sources note warning important caution"
                            + " attention must never only celsius fahrenheit kelvin ok ii iii iv vs id am pm us eu uk usa pdf pc faq url led tv")
                    .split(" "));

    /** It is a number with its unit: {@code 14h}, {@code 90km/h}. */
    private static final Pattern MEASURED = Pattern.compile("[\\d.,]+(?:" + Unit.AFTER + "|st|nd|rd|th|s|e)");

    private static final Pattern PART_END = Pattern.compile("[-_ ]+|(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");

    /** A number beside a word: {@code 24-hour}, {@code mid-1990s}. The number is looked for by itself. */
    private static final Pattern COUNTED =
            Pattern.compile("\\d[\\d.,]*(?:st|nd|rd|th)?-[A-Za-z]+|[A-Z]?[a-z]{2,}-\\d[\\d.,]*[a-z]{0,2}|k?m[23]");

    private Names() {}

    static List<String> titles(String claim) {
        return TITLE.matcher(claim).results().map(title -> title.group(1)).toList();
    }

    static List<String> codes(String claim) {
        List<String> codes = new ArrayList<>();
        Matcher matcher = CODE.matcher(claim);
        while (matcher.find()) {
            String code = matcher.group();
            if (!MEASURED.matcher(code).matches()
                    && !COUNTED.matcher(code).matches()
                    && !NO_NAMES.contains(code.toLowerCase(Locale.ROOT))) {
                codes.add(code);
            }
        }
        return codes;
    }

    /** Words with a capital letter where only a name has one. */
    static List<String> capitalised(String claim) {
        List<String> names = new ArrayList<>();
        if (GERMAN.matcher(claim).find()) {
            return names;
        }
        Matcher matcher = CAPITALISED.matcher(claim);
        while (matcher.find()) {
            String name = matcher.group();
            boolean letters = name.equals(name.toUpperCase(Locale.ROOT));
            if ((letters
                            || !BEGINNING
                                    .matcher(claim.substring(0, matcher.start()))
                                    .matches())
                    && !NO_NAMES.contains(name.toLowerCase(Locale.ROOT))
                    && !EnglishDenials.isEmptyWord(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** In any letter case, in one word or several, with or without an ending, and put together from the first letters of others. */
    static boolean isIn(String text, String name) {
        String plain = Quantities.normalized(text);
        String parts = PART_END.splitAsStream(Quantities.normalized(name))
                .filter(part -> !part.isEmpty())
                .map(Pattern::quote)
                .collect(Collectors.joining("[-_ ]?"));
        if (Pattern.compile("(?i)(?<![A-Za-z0-9])" + parts + "(?:'?s)?(?!"
                        + (name.matches("[A-Z]+") ? "[A-Za-z]" : "[A-Za-z0-9]") + ")")
                .matcher(plain)
                .find()) {
            return true;
        }
        if (name.matches("[A-Z]{2,5}")) {
            return isInitials(plain, name);
        }
        String sought = name.toLowerCase(Locale.ROOT);
        return name.matches("\\p{L}{4,}")
                && NO_LETTERS
                        .splitAsStream(plain.toLowerCase(Locale.ROOT))
                        .anyMatch(word -> word.length() >= 4 && isOf(sought, word));
    }

    /** {@code Germany}, {@code German}. */
    private static boolean isOf(String name, String word) {
        return name.startsWith(word) && name.length() - word.length() <= 3 || EnglishDenials.isAlike(word, name);
    }

    private static boolean isInitials(String text, String name) {
        String initials = NO_LETTERS
                .splitAsStream(text)
                .filter(word -> !word.isEmpty() && Character.isUpperCase(word.charAt(0)))
                .map(word -> word.substring(0, 1))
                .collect(Collectors.joining());
        return initials.contains(name);
    }
}
