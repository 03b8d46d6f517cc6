package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/**
 * A part of each day, such as 09:00 to 12:00; from 22:00 to 06:00 is the first and the last part of each day.
 *
 * @param from  the first moment in it
 * @param until the first moment after it; midnight is the end of the day
 */
public record DailyHours(LocalTime from, LocalTime until) {

    public DailyHours {
        requireNonNull(from, "from");
        requireNonNull(until, "until");
    }

    /**
     * Reads {@code 09:00-12:00}; {@code 24:00} is the end of the day.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static DailyHours of(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length == 2) {
            try {
                return new DailyHours(time(ends[0]), time(ends[1]));
            } catch (DateTimeParseException e) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("hours must be written as 09:00-12:00, but are '" + text + "'");
    }

    private static LocalTime time(String text) {
        return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    }

    boolean contain(LocalTime time) {
        boolean begun = !time.isBefore(from);
        boolean over = !until.equals(LocalTime.MIDNIGHT) && !time.isBefore(until);
        boolean throughMidnight = !until.equals(LocalTime.MIDNIGHT) && !from.isBefore(until);
        return throughMidnight ? begun || !over : begun && !over;
    }
}
