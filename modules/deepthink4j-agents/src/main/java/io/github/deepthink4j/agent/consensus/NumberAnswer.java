package io.github.deepthink4j.agent.consensus;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in a text, as people write them. */
final class NumberAnswer {

    /** Comma, apostrophe, underscore, no-break, thin and narrow space, LaTeX's thin space and its comma in braces. */
    private static final String SEPARATOR = "(?:\\{,}|\\\\,|[,'_\u00a0\u2009\u202f\u2019])";

    /** A minus sign belongs to the number only where nothing stands before it that would make it a hyphen or a difference. */
    private static final String SIGN = "(?:(?<![\\p{L}\\p{N})\\]}])[-\u2212])?";

    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\p{N}.])" + SIGN
            + "(?:\\d{1,3}(?:" + SEPARATOR
            + "\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?:[eE][-+]?\\d{1,3})?|(?<![\\p{L}\\p{N}.])"
            + SIGN + "\\.\\d+");

    private NumberAnswer() {}

    /** The last one, such that equal numbers are equal objects. */
    static Optional<BigDecimal> last(String text) {
        Matcher matcher = NUMBER.matcher(text);
        BigDecimal last = null;
        while (matcher.find()) {
            last = parse(matcher.group());
        }
        return Optional.ofNullable(last);
    }

    /** The number that the whole text is. */
    static Optional<BigDecimal> whole(String text) {
        Matcher matcher = NUMBER.matcher(text);
        return matcher.matches() ? Optional.of(parse(text)) : Optional.empty();
    }

    private static BigDecimal parse(String number) {
        return normal(new BigDecimal(number.replaceAll(SEPARATOR, "").replace('\u2212', '-')));
    }

    static BigDecimal normal(BigDecimal number) {
        return number.stripTrailingZeros();
    }
}
