package io.github.deepthink4j.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a server wants to be asked again: {@code Retry-After} and {@code retry-after-ms}, as RFC 9110 has them (10.2.3 and the
 * three dates of 5.6.7) and as hosts and proxies write them: with a unit, in quotation marks, as an ISO 8601 date or duration,
 * as a time since 1970, several joined or repeated. Of several the longest counts: it satisfies all who have written.
 */
public final class RetryAfter {

    /** What is longer is never waited for, and must not overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** So many seconds are no delay, but a time since 1970: from 2001 to 2286. */
    private static final double EPOCH_SECONDS = 1e9;

    private static final double EPOCH_MILLIS = 1e12;

    /** Of a year in two digits, RFC 9110 5.6.7: more than fifty years ahead means the past. */
    private static final int YEARS_BACK = 49;

    private static final Pattern UNITS = Pattern.compile("(?:(\\d+(?:\\.\\d+)?)\\s*"
            + "(ms|milliseconds?|msecs?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)[\\s,]*)+");
    private static final Pattern UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]+)");

    /** Nothing that a date needs: when it is, and that it is in Greenwich, its other parts say. */
    private static final Pattern WEEKDAY = Pattern.compile("(?i)^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+");

    private static final Pattern ZONE = Pattern.compile("(?i)\\s+(?:gmt|utc|ut|z)(?=\\s+\\d{4}$|$)");

    /** Not the comma of a date. */
    private static final Pattern BETWEEN = Pattern.compile(
            "(?i);\\s*|,\\s*(?=[\"']|\\d{4}-|\\d[\\d.]*\\s*[a-z]*\\s*(?:[,;]|$)|[a-z]+\\s*(?:[,;]|$)|[a-z]{3} [a-z]{3} )");

    private static final List<DateTimeFormatter> DATES = List.of(
            form("d MMM uuuu HH:mm:ss"),
            form("d-MMM-uuuu HH:mm:ss"),
            form("MMM d HH:mm:ss uuuu"),
            form("uuuu-MM-dd HH:mm:ss"));

    private RetryAfter() {}

    private static DateTimeFormatter form(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH);
    }

    /** RFC 850's. */
    private static DateTimeFormatter shortYear(Instant now) {
        int first = now.atZone(ZoneOffset.UTC).getYear() - YEARS_BACK;
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern("d-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, first)
                .appendPattern(" HH:mm:ss")
                .toFormatter(Locale.ENGLISH);
    }

    /**
     * @param now what a date is compared with
     * @return never negative; empty if the headers say nothing that can be read
     */
    public static Optional<Duration> parse(Map<String, List<String>> headers, Instant now) {
        Optional<Duration> precise = longest(headers, "retry-after-ms", 1, now);
        return precise.isPresent() ? precise : longest(headers, "retry-after", 1000, now);
    }

    private static Optional<Duration> longest(
            Map<String, List<String>> headers, String name, int millisOfOne, Instant now) {
        Duration longest = null;
        for (String value : ResponseHeaders.all(headers, name)) {
            for (String part : parts(value, millisOfOne, now)) {
                Duration wait = one(part, millisOfOne, now);
                longest = longest == null || (wait != null && wait.compareTo(longest) > 0) ? wait : longest;
            }
        }
        return Optional.ofNullable(longest);
    }

    /** Itself where it can be read as it is: a date has a comma of its own, and may have one before its year. */
    private static List<String> parts(String value, int millisOfOne, Instant now) {
        return one(value, millisOfOne, now) == null ? List.of(BETWEEN.split(value)) : List.of(value);
    }

    private static @Nullable Duration one(String value, int millisOfOne, Instant now) {
        String text = bare(value);
        Double number = number(text);
        if (number != null) {
            return ofNumber(number, millisOfOne, now);
        }
        Duration units = units(text.toLowerCase(Locale.ROOT));
        if (units != null) {
            return units;
        }
        Instant then = date(text, now);
        return then == null ? null : until(then, now);
    }

    /** Without blanks and quotation marks. */
    private static String bare(String value) {
        String text = value.strip();
        while (text.length() > 1 && "\"'".indexOf(text.charAt(0)) >= 0 && text.endsWith(text.substring(0, 1))) {
            text = text.substring(1, text.length() - 1).strip();
        }
        return text;
    }

    private static @Nullable Double number(String text) {
        if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1)) && !text.equals("Infinity")) {
            // Java reads 2d as a number, and here it is two days.
            return null;
        }
        try {
            double value = Double.parseDouble(text);
            return value >= 0 ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Duration ofNumber(double number, int millisOfOne, Instant now) {
        boolean isSeconds = number >= EPOCH_SECONDS && number < 10 * EPOCH_SECONDS && millisOfOne > 1;
        boolean isMillis = number >= EPOCH_MILLIS && number < 10 * EPOCH_MILLIS;
        if (isSeconds || isMillis) {
            return until(Instant.ofEpochMilli(Math.round(number * (isSeconds ? 1000 : 1))), now);
        }
        return ofMillis(number * millisOfOne);
    }

    private static Duration ofMillis(double millis) {
        return millis < LONGEST.toMillis() ? Duration.ofMillis(Math.round(millis)) : LONGEST;
    }

    private static Duration until(Instant then, Instant now) {
        Duration wait = Duration.between(now, then);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /** As {@code 2h}, {@code 1m30s}, {@code 500 ms}, or ISO 8601's {@code PT2H}. */
    private static @Nullable Duration units(String text) {
        if (UNITS.matcher(text).matches()) {
            double millis = 0;
            for (Matcher unit = UNIT.matcher(text); unit.find(); ) {
                millis += Double.parseDouble(unit.group(1)) * millisOf(unit.group(2));
            }
            return ofMillis(millis);
        }
        if (!text.startsWith("p")) {
            return null;
        }
        try {
            Duration wait = Duration.parse(text);
            return wait.isNegative() ? null : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static double millisOf(String unit) {
        if (unit.startsWith("ms") || unit.startsWith("milli")) {
            return 1;
        }
        return switch (unit.charAt(0)) {
            case 's' -> 1000;
            case 'm' -> 60_000;
            case 'h' -> 3_600_000;
            default -> 86_400_000;
        };
    }

    private static @Nullable Instant date(String text, Instant now) {
        Instant then = read(() -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        if (then == null) {
            then = read(() -> Instant.from(DateTimeFormatter.ISO_DATE_TIME.parse(text)));
        }
        String plain = ZONE.matcher(text).replaceFirst("");
        String local = WEEKDAY.matcher(plain)
                .replaceFirst("")
                .replaceAll("\\s+", " ")
                .replaceFirst("(?i)(?<=\\d)t(?=\\d)", " ");
        for (int i = 0; then == null && i <= DATES.size(); i++) {
            DateTimeFormatter form = i < DATES.size() ? DATES.get(i) : shortYear(now);
            then = read(() -> LocalDateTime.parse(local, form).toInstant(ZoneOffset.UTC));
        }
        return then;
    }

    private interface Reading {

        Instant read();
    }

    private static @Nullable Instant read(Reading reading) {
        try {
            return reading.read();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
