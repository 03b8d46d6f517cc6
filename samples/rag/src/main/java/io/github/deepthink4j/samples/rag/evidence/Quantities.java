package io.github.deepthink4j.samples.rag.evidence;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers in a text, in digits and in words. Of a passage each run that can be read as a number is one, of a claim only what is sure
 * to say how many: 三 in 三星 is a name, and {@code one} mostly no number.
 */
final class Quantities {

    private static final String DIGITS = "\\d{1,3}(?:[,'\u2019]\\d{3})+(?!\\d)(?:\\.\\d+)?|\\d+(?:\\.\\d+)?";
    private static final String HAN_DIGITS = "[零一二三四五六七八九]";

    private static final Pattern NUMBER = Pattern.compile("(?<version>\\d+(?:\\.\\d+){2,})"
            + "|(?<century>\\d{1,2}|[一二三四五六七八九十]+)世纪(?<decade>\\d0|[一二三四五六七八九]十)年代"
            + "|百分之(?<percent>\\d+(?:\\.\\d+)?|" + Chinese.NUMERAL + "(?:点" + HAN_DIGITS + "+)?)"
            + "|(?:(?<sign>[\u20ac$\u00a3\u00a5]) ?)?(?<digits>" + DIGITS + ")"
            + "(?:[ -]?(?i:(?<power>" + English.POWER + "))\\b|(?<hanpower>[百千万亿]+))?"
            + "(?:(?:st|nd|rd|th)(?![a-z])|(?<=\\d\\d\\d0)s(?![a-z]))?"
            + "|(?<han>" + Chinese.NUMERAL + "(?:点" + HAN_DIGITS + "+(?!钟))?)(?:个半(?=小时|月|星期|钟头))?"
            + "|(?i:(?<word>" + English.NUMERAL + ")(?: and a half)?)"
            + "|(?<month>" + English.MONTH + ")");

    private static final Pattern UNIT = Pattern.compile(Unit.AFTER);
    private static final Pattern IN_A_CODE =
            Pattern.compile("(?s).*(?:[A-Za-z_][.]?|(?<![a-z]{2})[A-Za-z]-|[A-Za-z]/)");
    private static final Pattern MEASURE = Pattern.compile("[个年月日天台部次种位人名条件款项级档张层倍岁号页支只辆座家场届](?!代)|世纪|[分秒]钟");
    private static final Pattern VAGUE_BEFORE = Pattern.compile("(?s).*[几数好成上]");
    private static final Pattern VAGUE_AFTER = Pattern.compile("[几多来余分]");
    private static final Pattern NOUN = Pattern.compile("[ -]([a-z]{3,})");
    private static final Pattern COUNTED =
            Pattern.compile("[个台部次种位人名条件款项级档张层倍页支只辆座家场届](?!小时|月|星期|钟头|百分)(\\p{IsHan}{2})");
    private static final Pattern BETWEEN = Pattern.compile(",? ?(?:and |又|零)?");
    private static final Pattern ORDINAL = Pattern.compile("(?m)^\\s*(?:[-*>] )?\\(?\\d{1,2}[.)、] ?(?=\\D)");

    private static final Pattern RANGE =
            Pattern.compile("(\\d)(到|至|-|–|~| to | and )(\\d[\\d.,]*)((?: (?:" + English.POWER + ")\\b)|[百千万亿]+)");
    private static final Pattern YEARS = Pattern.compile("\\b(\\d\\d)(\\d\\d)[–/-](\\d\\d)(?!\\d|[–/-])");
    private static final Pattern BLANK_BETWEEN = Pattern.compile("(?<![\\d.,])(\\d{1,3}) (\\d{3})(?!\\d)");
    private static final Pattern ROMAN = Pattern.compile("\\b[IVXLC]{2,6}\\b");
    private static final Pattern TWO = Pattern.compile("(?i)\\b(?:both|second|pair|twice|double|twin)\\b|[双俩对]");
    private static final Pattern DECADE = Pattern.compile("(?i)\\bdecades?\\b");

    private static final Pattern ONE = Pattern.compile("(?i)\\b(?:an?|each|every|per)" + Unit.AFTER + "|[每一]"
            + Unit.AFTER.replace("<unit>", "<unit2>").replace("<han>", "<han2>"));
    private static final Pattern HALF = Pattern.compile("(?i)\\bhalf an hour\\b|半个?小时|半个?钟头");
    private static final Pattern EVENING = Pattern.compile("(?<!\\d)(1[3-9]|2[0-3])(?=[:点时]\\d?)");
    private static final Pattern AFTERNOON =
            Pattern.compile("(?i)(?<!\\d)(\\d{1,2})(?=(?:[:.]\\d\\d)? ?p\\.?m\\b)|(?:下午|晚上|傍晚)(\\d{1,2})");

    /** So many reasons, steps or kinds an answer may count by itself. */
    private static final double FEW = 10;

    private static final double HALF_A_DAY = 12;
    private static final double FIRST_YEAR = 1_000;

    private final String text;
    private final String passages;
    private final Matcher number;
    private final List<Quantity> found = new ArrayList<>();

    private Quantities(String text, String passages) {
        this.text = text;
        this.passages = passages;
        this.number = NUMBER.matcher(text);
    }

    /** Whatever can be read as a number. */
    static List<Quantity> in(String passage) {
        String text = normalized(passage);
        List<Quantity> found = new Quantities(text, null).read();
        YEARS.matcher(text).results().forEach(years -> found.add(plain(years.group(1) + years.group(3))));
        BLANK_BETWEEN.matcher(text).results().forEach(group -> found.add(plain(group.group(1) + group.group(2))));
        Matcher roman = ROMAN.matcher(text);
        while (roman.find()) {
            found.add(new Quantity(English.roman(roman.group()), null, roman.group()));
        }
        ONE.matcher(text).results().forEach(one -> found.addAll(unit(one.group())));
        if (HALF.matcher(text).find()) {
            found.add(new Quantity(30, Unit.named("minutes"), "half an hour"));
        }
        EVENING.matcher(text).results().forEach(hour -> found.add(plain(hour.group(1), -HALF_A_DAY)));
        AFTERNOON
                .matcher(text)
                .results()
                .forEach(hour -> found.add(plain(hour.group(1) == null ? hour.group(2) : hour.group(1), HALF_A_DAY)));
        if (TWO.matcher(text).find()) {
            found.add(plain("2"));
        }
        if (DECADE.matcher(text).find()) {
            found.add(new Quantity(10, Unit.named("years"), "decade"));
        }
        return found;
    }

    private static Quantity plain(String digits) {
        return plain(digits, 0);
    }

    private static Quantity plain(String digits, double more) {
        return new Quantity(Double.parseDouble(digits) + more, null, digits);
    }

    /** {@code an hour}. */
    private static List<Quantity> unit(String one) {
        return new Quantities(one.replaceFirst("(?i)^(?:an?|each|every|per|[每一])", "1"), null).read();
    }

    /**
     * What is sure to be one.
     *
     * @param passages what it is to be looked for in: {@code two reasons} counts nothing of it if it has no reasons
     */
    static List<Quantity> claimed(String claim, String passages) {
        String text = ORDINAL.matcher(normalized(claim)).replaceAll("");
        String known = normalized(passages).toLowerCase(Locale.ROOT);
        String together = known.replaceAll("(?<=\\d)[, ](?=\\d{3})", "");
        text = BLANK_BETWEEN
                .matcher(text)
                .replaceAll(group -> together.contains(group.group(1) + group.group(2)) ? "$1$2" : "$0");
        text = YEARS.matcher(text).replaceAll("$1$2").replaceAll("(?<=\\d):00(?!\\d)", "");
        return new Quantities(text, known).read();
    }

    /** Full-width digits as others, and no comma of a Chinese sentence between two numbers. */
    static String normalized(String text) {
        String grouped = text.replace('\uff0c', '、').replaceAll("(?<=\\d)[\\u00a0\\u202f\\u2009](?=\\d)", ",");
        String narrow = Normalizer.normalize(grouped, Normalizer.Form.NFKC)
                .replaceAll("(?<=\\p{IsHan}) +(?=\\d)|(?<=\\d) +(?=\\p{IsHan})", "");
        return RANGE.matcher(narrow).replaceAll("$1$4$2$3$4");
    }

    private List<Quantity> read() {
        int end = -1;
        for (int at = 0; at < text.length() && number.find(at); at = Math.max(end, number.end())) {
            if (passages == null || isSure()) {
                end = add(end);
            }
        }
        return found;
    }

    private int add(int lastEnd) {
        Matcher unit = UNIT.matcher(text).region(number.end(), text.length());
        boolean measured = number.group("month") == null && unit.lookingAt() && !text.startsWith("代", unit.end());
        int end = measured ? unit.end() : number.end();
        double value = value();
        Unit counted = null;
        if (number.group("percent") != null) {
            counted = Unit.named("%");
        } else if (number.group("sign") != null) {
            counted = Unit.named(number.group("sign"));
            value *= measured && unit.group().strip().equals("m") ? 1e6 : 1;
        } else if (measured) {
            counted = Unit.named(unit.group("unit") == null ? unit.group("han") : unit.group("unit"));
            value += text.startsWith("半", end) ? 0.5 : 0;
        }
        boolean year =
                value >= FIRST_YEAR && counted != null && counted.dimension().equals("months");
        Quantity quantity = new Quantity(value, year ? null : counted, text.substring(number.start(), end));
        if (Double.isNaN(value)) {
            return end;
        }
        if (passages == null && number.group().matches("\\d{3}0s")) {
            found.add(new Quantity(value % 100, null, number.group()));
        }
        if (number.group("decade") != null) {
            addDecade();
            return end;
        }
        Quantity last = found.isEmpty() ? null : found.get(found.size() - 1);
        if (last != null
                && lastEnd >= 0
                && number.start() >= lastEnd
                && isSecondPart(last, quantity, text.substring(lastEnd, number.start()))) {
            found.set(found.size() - 1, together(last, quantity));
        } else {
            found.add(quantity);
        }
        return end;
    }

    private double value() {
        if (number.group("percent") != null) {
            return numeral(number.group("percent"));
        }
        if (number.group("digits") != null) {
            double value = Double.parseDouble(number.group("digits").replaceAll("[,'\u2019]", ""));
            String power = number.group("power");
            String hanPower = number.group("hanpower");
            return value
                    * (power == null ? 1 : English.power(power))
                    * (hanPower == null ? 1 : Chinese.power(hanPower));
        }
        if (number.group("han") != null) {
            return Chinese.value(number.group("han")) + (number.group().endsWith("个半") ? 0.5 : 0);
        }
        if (number.group("word") != null) {
            return English.value(number.group("word")) + (number.group().endsWith("half") ? 0.5 : 0);
        }
        if (number.group("month") != null) {
            return English.month(number.group("month"));
        }
        return number.group("century") != null ? numeral(number.group("century")) : Double.NaN;
    }

    /** 20世纪90年代 are the 1990s; a passage with them has the words for the century and for the decade too. */
    private void addDecade() {
        double years = numeral(number.group("decade"));
        double century = numeral(number.group("century"));
        found.add(new Quantity((century - 1) * 100 + years, null, number.group()));
        if (passages == null) {
            found.add(new Quantity(century, null, number.group()));
            found.add(new Quantity(years, null, number.group()));
        }
    }

    private static double numeral(String numeral) {
        return Character.isDigit(numeral.charAt(0)) ? Double.parseDouble(numeral) : Chinese.value(numeral);
    }

    private boolean isSure() {
        String before = text.substring(0, number.start());
        String after = text.substring(number.end());
        if (number.group("version") != null) {
            return false;
        }
        if (number.group("digits") != null) {
            Matcher noun = NOUN.matcher(after);
            boolean ownCount = value() <= FEW
                    && !number.group("digits").contains(".")
                    && noun.lookingAt()
                    && !UNIT.matcher(after).lookingAt()
                    && !passages.contains(noun.group(1));
            if (ownCount) {
                return false;
            }
            boolean codeAfter =
                    after.matches("(?s)[A-Za-z_].*") && !UNIT.matcher(after).lookingAt();
            return !codeAfter && !IN_A_CODE.matcher(before).matches();
        }
        if (number.group("han") != null) {
            boolean counts =
                    UNIT.matcher(after).lookingAt() || MEASURE.matcher(after).lookingAt();
            return counts
                    && isCounted(after)
                    && !text.startsWith("元组", number.end())
                    && value() > 1
                    && !VAGUE_BEFORE.matcher(before).matches()
                    && !VAGUE_AFTER.matcher(after).lookingAt();
        }
        if (number.group("word") != null) {
            Matcher noun = NOUN.matcher(after);
            return value() > 1
                    && (UNIT.matcher(after).lookingAt() || noun.lookingAt() && passages.contains(noun.group(1)));
        }
        return number.group("month") == null || before.matches("(?s).*\\d ") || after.matches("(?s) \\d.*");
    }

    /** What is counted stands in the passage too; 两个原因 may be the answer's own count. */
    private boolean isCounted(String after) {
        Matcher thing = COUNTED.matcher(after);
        return !thing.lookingAt() || passages.contains(thing.group(1));
    }

    /** {@code 2 hours and 20 minutes}: of one dimension, the larger one first. */
    private static boolean isSecondPart(Quantity first, Quantity second, String between) {
        return BETWEEN.matcher(between).matches()
                && first.unit() != null
                && second.unit() != null
                && first.unit().dimension().equals(second.unit().dimension())
                && first.unit().factor() > second.unit().factor();
    }

    private static Quantity together(Quantity first, Quantity second) {
        double value = first.value()
                + second.value() * second.unit().factor() / first.unit().factor();
        return new Quantity(value, first.unit(), first.text() + " " + second.text(), List.of(first, second));
    }
}
