package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;

/**
 * A part of each day, such as 09:00 to 12:00; from 22:00 to 06:00 is the first and the last part of each day. From midnight until
 * midnight is all of it.
 *
 * @param from  the first moment in it
 * @param until the first moment after it; midnight is the end of the day
 */
public record DailyHours(LocalTime from, LocalTime until) {

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if both are one moment other than midnight, which might be all of a day or nothing of it
     */
    public DailyHours {
        requireNonNull(from, "from");
        requireNonNull(until, "until");
        if (from.equals(until) && !from.equals(LocalTime.MIDNIGHT)) {
            throw new IllegalArgumentException("hours must not begin and end at one moment, but do at " + from
                    + "; the whole day is written as 00:00-24:00");
        }
    }

    /**
     * Reads {@code 09:00-12:00}; {@code 24:00} is the end of the day, and {@code 00:00-24:00} all of it.
     *
     * @throws IllegalArgumentException if it is written otherwise, or begins and ends at one moment
     */
    public static DailyHours of(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length == 2 && ends[0].equals(ends[1])) {
            throw new IllegalArgumentException("hours must not begin and end at one moment, but are '" + text
                    + "'; the whole day is written as 00:00-24:00");
        }
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
