package io.github.deepthink4j.cost;

import static java.util.stream.Collectors.toCollection;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Public holidays, year by year: DeepSeek has no peak hours on them. A year that nobody has entered is not a year without holidays: a
 * peak price on one of its working days is an estimate. Weekends that are worked for a holiday need no entry, since Saturdays and
 * Sundays are never peak. Immutable.
 */
public final class HolidayCalendar {

    /** Without any year. */
    public static final HolidayCalendar NONE = new HolidayCalendar(new TreeMap<>());

    private final Map<Integer, Set<LocalDate>> years;

    private HolidayCalendar(Map<Integer, Set<LocalDate>> years) {
        this.years = years;
    }

    /** China's public holidays of 2025 and 2026, weekends within them included, as its State Council has announced them. */
    public static HolidayCalendar china() {
        return BuiltIn.CHINA;
    }

    /**
     * Reads years of holidays, such as {@code {"2027": ["2027-01-01", "2027-10-01/2027-10-07"]}}.
     *
     * @throws PriceListException if it can't be read, with the line and the field
     */
    public static HolidayCalendar read(Path file) {
        return PriceListFile.holidays(file);
    }

    /** Read from the class path when somebody asks for it first. */
    private static final class BuiltIn {
        private static final HolidayCalendar CHINA = PriceListFile.holidayResource("china-holidays.json");
    }

    /**
     * This one with a year's holidays in place of those that it has of that year, if any.
     *
     * @throws IllegalArgumentException if a day lies in another year
     */
    public HolidayCalendar with(int year, Collection<LocalDate> holidays) {
        Set<LocalDate> days = holidays.stream().collect(toCollection(TreeSet::new));
        for (LocalDate day : days) {
            if (day.getYear() != year) {
                throw new IllegalArgumentException("holidays of " + year + " must lie in it, but one is " + day);
            }
        }
        Map<Integer, Set<LocalDate>> all = new TreeMap<>(years);
        all.put(year, Collections.unmodifiableSet(days));
        return new HolidayCalendar(all);
    }

    /** As {@link #with(int, Collection)}. */
    public HolidayCalendar with(int year, LocalDate... holidays) {
        return with(year, Arrays.asList(holidays));
    }

    /** This one with all years of another, which win. */
    public HolidayCalendar with(HolidayCalendar other) {
        Map<Integer, Set<LocalDate>> all = new TreeMap<>(years);
        all.putAll(other.years);
        return new HolidayCalendar(all);
    }

    /** Whether the holidays of this year are known. */
    public boolean covers(int year) {
        return years.containsKey(year);
    }

    /** Whether it is a holiday; {@code false} also where the year is not known. */
    public boolean isHoliday(LocalDate day) {
        return years.getOrDefault(day.getYear(), Set.of()).contains(day);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HolidayCalendar that && years.equals(that.years);
    }

    @Override
    public int hashCode() {
        return years.hashCode();
    }

    /** Such as {@code HolidayCalendar[2025, 2026]}. */
    @Override
    public String toString() {
        return "HolidayCalendar" + years.keySet();
    }
}
