package io.github.deepthink4j.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
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

    /** A delay of thirty years is none: from here on, up to the same in milliseconds, it is a time in seconds since 1970. */
    private static final double LEAST_EPOCH_SECONDS = 1e9;

    private static final double LEAST_EPOCH_MILLIS = 1e12;
    private static final double LEAST_EPOCH_MICROS = 1e15;

    /** Behind an obsolete date's two digits of the year, RFC 9110 5.6.7: more than fifty years ahead means the past. */
    private static final int YEARS_AHEAD = 50;

    private static final Pattern UNITS = Pattern.compile("(?:(\\d+(?:\\.\\d+)?)\\s*"
            + "(ms|milliseconds?|msecs?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)[\\s,]*)+");
    private static final Pattern UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]+)");
    private static final Pattern ZONE = Pattern.compile("(?i)\\s+(gmt|utc|ut|z)$");
    private static final Pattern BETWEEN = Pattern.compile("[,;]\\s*(?=\\d|\"|[+-]|[A-Za-z]{3,9},|[A-Za-z]{3} [A-Za-z]{3} )");

    /** Without its zone, which is always that of Greenwich. */
    private static final List<DateTimeFormatter> DATES = List.of(
            dates("EEE, d MMM yyyy HH:mm:ss"),
            dates("EEE, d-MMM-yyyy HH:mm:ss"),
            dates("EEE MMM d HH:mm:ss yyyy"),
            dates("d MMM yyyy HH:mm:ss"),
            dates("yyyy-MM-dd HH:mm:ss"));

    /** RFC 850's, with two digits of the year. */
    private static final List<String> SHORT_YEARS = List.of("EEEE, d-MMM-", "EEE, d-MMM-", "EEE, d MMM ");

    private RetryAfter() {}

    private static DateTimeFormatter dates(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern.replace("yyyy", "uuuu"))
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
        boolean isSeconds = number >= LEAST_EPOCH_SECONDS && number < 10 * LEAST_EPOCH_SECONDS && millisOfOne > 1;
        boolean isMillis = number >= LEAST_EPOCH_MILLIS && number < LEAST_EPOCH_MICROS / 100;
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
        Instant iso = read(() -> ZonedDateTime.parse(text, DateTimeFormatter.ISO_DATE_TIME).toInstant());
        if (iso == null) {
            iso = read(() -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        }
        if (iso == null) {
            iso = read(() -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        }
        if (iso != null) {
            return iso;
        }
        String plain = ZONE.matcher(text).replaceFirst("").replaceAll("\\s+", " ");
        for (DateTimeFormatter form : DATES) {
            Instant then = read(() -> LocalDateTime.parse(plain, form).toInstant(ZoneOffset.UTC));
            if (then != null) {
                return then;
            }
        }
        int thisYear = now.atZone(ZoneOffset.UTC).getYear();
        for (String start : SHORT_YEARS) {
            DateTimeFormatter form = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(start)
                    .appendValueReduced(ChronoField.YEAR, 2, 2, thisYear + YEARS_AHEAD - 99)
                    .appendPattern(" HH:mm:ss")
                    .toFormatter(Locale.ENGLISH);
            Instant then = read(() -> LocalDateTime.parse(plain, form).toInstant(ZoneOffset.UTC));
            if (then != null) {
                return then;
            }
        }
        return null;
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
