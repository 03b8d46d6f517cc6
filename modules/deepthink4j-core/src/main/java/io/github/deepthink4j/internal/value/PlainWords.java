package io.github.deepthink4j.internal.value;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Durations as people say them, for messages: {@code 2.99 seconds} and not {@code PT2.99S}. */
public final class PlainWords {

    private static final int DAYS_IN_YEAR = 365;
    private static final int MOST_UNITS = 2;

    private PlainWords() {}

    /** The two largest units of it, such as {@code 1 hour 30 minutes}; a fraction of a second in milliseconds. */
    public static String of(Duration duration) {
        if (duration.isNegative()) {
            // The longest one has no positive counterpart.
            boolean isLongest = duration.getSeconds() == Long.MIN_VALUE;
            return "minus " + of(isLongest ? Duration.ofSeconds(Long.MAX_VALUE) : duration.abs());
        }
        long millis = duration.toMillisPart();
        if (duration.getSeconds() == 0 && duration.getNano() > 0) {
            return millis == 0 ? "less than a millisecond" : unit(millis, "millisecond");
        }
        if (duration.toMinutes() == 0) {
            return seconds(duration.getSeconds(), millis);
        }
        List<String> units = new ArrayList<>();
        add(units, duration.toDays() / DAYS_IN_YEAR, "year");
        add(units, duration.toDays() % DAYS_IN_YEAR, "day");
        add(units, duration.toHoursPart(), "hour");
        add(units, duration.toMinutesPart(), "minute");
        add(units, duration.toSecondsPart(), "second");
        return String.join(" ", units.subList(0, Math.min(MOST_UNITS, units.size())));
    }

    private static String seconds(long seconds, long millis) {
        if (millis == 0) {
            return unit(seconds, "second");
        }
        String fraction = String.format(Locale.ROOT, "%d.%03d", seconds, millis).replaceAll("0+$", "");
        return fraction + " seconds";
    }

    private static void add(List<String> units, long count, String name) {
        if (count > 0) {
            units.add(unit(count, name));
        }
    }

    private static String unit(long count, String name) {
        return count + " " + name + (count == 1 ? "" : "s");
    }
}
