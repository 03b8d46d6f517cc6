package io.github.deepthink4j.samples.rag.evidence;

import java.util.Map;

/** Numbers in Chinese characters, as far as they are one number: 三, 十四, 一百二十, 两千, 二〇二五, 3 万. */
final class Chinese {

    /** A run that is to be read. */
    static final String NUMERAL = "[零〇一二两三四五六七八九十百千万亿]+";

    private static final String DIGITS = "零一二三四五六七八九";
    private static final Map<Character, Double> SMALL = Map.of('十', 10.0, '百', 100.0, '千', 1_000.0);
    private static final Map<Character, Double> LARGE = Map.of('万', 1e4, '亿', 1e8);

    private Chinese() {}

    static boolean startsWithHan(String text) {
        return Character.UnicodeScript.of(text.codePointAt(0)) == Character.UnicodeScript.HAN;
    }

    /** Not a number if the run is none, such as 万 alone. */
    static double value(String numeral) {
        int point = numeral.indexOf('点');
        if (point >= 0) {
            String decimals = numeral.substring(point + 1);
            return value(numeral.substring(0, point)) + digitByDigit(decimals) / Math.pow(10, decimals.length());
        }
        String plain = numeral.replace('〇', '零').replace('两', '二');
        if (plain.matches("[万亿百千]+")) {
            return Double.NaN;
        }
        return plain.matches("[" + DIGITS + "]{2,}") ? digitByDigit(plain) : byPowers(plain);
    }

    private static double digitByDigit(String numeral) {
        double value = 0;
        for (char digit : numeral.toCharArray()) {
            value = 10 * value + DIGITS.indexOf(digit);
        }
        return value;
    }

    private static double byPowers(String numeral) {
        double total = 0;
        double section = 0;
        double digit = 0;
        for (char character : numeral.toCharArray()) {
            if (SMALL.containsKey(character)) {
                section += (digit == 0 ? 1 : digit) * SMALL.get(character);
                digit = 0;
            } else if (LARGE.containsKey(character)) {
                total = (total + section + digit) * LARGE.get(character);
                section = 0;
                digit = 0;
            } else {
                digit = DIGITS.indexOf(character);
            }
        }
        return total + section + digit;
    }

    /** What 万, 百万, 亿 behind digits make of them. */
    static double power(String powers) {
        double power = 1;
        for (char character : powers.toCharArray()) {
            power *= SMALL.containsKey(character) ? SMALL.get(character) : LARGE.get(character);
        }
        return power;
    }
}
