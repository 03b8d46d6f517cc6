package io.github.deepthink4j.samples.rag.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Numbers in English words: three, twenty-five, a hundred and twenty, two million; and the names of the months. */
final class English {

    private static final List<String> UP_TO_NINETEEN = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen");
    private static final List<String> TENS =
            List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
    private static final List<String> ORDINALS = List.of(
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth");
    private static final List<String> MONTHS = List.of(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December");

    private static final Map<String, Double> VALUES = new HashMap<>();
    private static final Map<String, Double> POWERS =
            Map.of("hundred", 1e2, "thousand", 1e3, "million", 1e6, "billion", 1e9, "trillion", 1e12, "dozen", 12.0);

    static {
        for (int i = 0; i < UP_TO_NINETEEN.size(); i++) {
            VALUES.put(UP_TO_NINETEEN.get(i), (double) i);
        }
        for (int i = 0; i < TENS.size(); i++) {
            VALUES.put(TENS.get(i), 10.0 * (i + 2));
        }
        for (int i = 0; i < ORDINALS.size(); i++) {
            VALUES.put(ORDINALS.get(i), (double) i + 3);
        }
    }

    private static final String ONE =
            String.join("|", VALUES.keySet().stream().sorted().toList()) + "|hundred|thousand|million|billion|dozen";

    /** One or more words. */
    static final String NUMERAL = "\\b(?:" + ONE + ")(?:(?:[ -]|,? and )(?:" + ONE + "))*\\b";

    static final String MONTH = "\\b(?:" + String.join("|", MONTHS) + ")\\b";
    static final String POWER = "hundred|thousand|million|billion|trillion";

    private English() {}

    static double value(String numeral) {
        double total = 0;
        double section = 0;
        for (String word : numeral.toLowerCase(Locale.ROOT).split("[ ,-]+")) {
            if (VALUES.containsKey(word)) {
                section += VALUES.get(word);
            } else if (POWERS.containsKey(word)) {
                double power = POWERS.get(word);
                section = (section == 0 ? 1 : section) * power;
                if (power > 100) {
                    total += section;
                    section = 0;
                }
            }
        }
        return total + section;
    }

    static int month(String name) {
        return MONTHS.indexOf(name) + 1;
    }

    static double power(String word) {
        return POWERS.get(word.toLowerCase(Locale.ROOT));
    }

    static double roman(String numeral) {
        double value = 0;
        for (int i = 0; i < numeral.length(); i++) {
            int digit = roman(numeral.charAt(i));
            value += i + 1 < numeral.length() && digit < roman(numeral.charAt(i + 1)) ? -digit : digit;
        }
        return value;
    }

    private static int roman(char digit) {
        return switch (digit) {
            case 'I' -> 1;
            case 'V' -> 5;
            case 'X' -> 10;
            case 'L' -> 50;
            default -> 100;
        };
    }
}
