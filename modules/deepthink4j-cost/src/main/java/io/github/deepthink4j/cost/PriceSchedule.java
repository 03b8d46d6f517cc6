package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import io.github.deepthink4j.price.PriceBand;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * At which hours which price holds, and from when on: one price by default, and in each phase another one at some hours of some days.
 * Dates and hours are those of the price list's time zone. Immutable.
 */
public final class PriceSchedule {

    private final PriceBand otherwise;
    private final List<Phase> phases;

    private PriceSchedule(PriceBand otherwise, List<Phase> phases) {
        this.otherwise = requireNonNull(otherwise, "otherwise");
        this.phases = List.copyOf(phases);
    }

    /** Without any phase yet: one price at all hours. */
    public static PriceSchedule otherwise(PriceBand band) {
        return new PriceSchedule(band, List.of());
    }

    /** This one with a phase behind the others; of several that hold at a moment, the last one counts. */
    public PriceSchedule with(Phase phase) {
        List<Phase> all = new ArrayList<>(phases);
        all.add(requireNonNull(phase, "phase"));
        return new PriceSchedule(otherwise, all);
    }

    /** The price that holds at no special hours. */
    public PriceBand otherwise() {
        return otherwise;
    }

    public List<Phase> phases() {
        return phases;
    }

    /**
     * A moment's band.
     *
     * @param assumption what is not sure of it; {@code null} if nothing is
     */
    record Band(PriceBand band, @Nullable String assumption) {}

    Band at(LocalDateTime moment, HolidayCalendar holidays) {
        Phase phase = null;
        for (Phase candidate : phases) {
            phase = candidate.holds(moment) ? candidate : phase;
        }
        if (phase == null || !phase.isWithin(moment)) {
            return new Band(otherwise, null);
        }
        if (!phase.notOnHolidays) {
            return new Band(phase.band, null);
        }
        int year = moment.getYear();
        if (!holidays.covers(year)) {
            return new Band(phase.band, "no holidays of " + year + " are in the price list");
        }
        return holidays.isHoliday(moment.toLocalDate())
                ? new Band(otherwise, phase.assumption)
                : new Band(phase.band, null);
    }

    /** The times of day at which something may change. */
    SortedSet<LocalTime> boundaries() {
        SortedSet<LocalTime> times = new TreeSet<>();
        times.add(LocalTime.MIDNIGHT);
        for (Phase phase : phases) {
            times.add(phase.from.toLocalTime());
            for (DailyHours hours : phase.hours) {
                times.add(hours.from());
                times.add(hours.until());
            }
        }
        return times;
    }

    private Components components() {
        return Components.of(PriceSchedule.class).with("otherwise", otherwise).with("phases", phases);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PriceSchedule that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /** Special hours, as long as they hold. */
    public static final class Phase {

        private final PriceBand band;
        private final LocalDateTime from;
        private final @Nullable LocalDateTime until;
        private final List<DailyHours> hours;
        private final Set<DayOfWeek> days;
        private final boolean notOnHolidays;
        private final @Nullable String assumption;

        private Phase(Builder builder) {
            this.band = builder.band;
            this.from = builder.from;
            this.until = builder.until;
            this.hours = List.copyOf(builder.hours);
            this.days = Set.copyOf(builder.days);
            this.notOnHolidays = builder.notOnHolidays;
            this.assumption = builder.assumption;
            if (until != null && !until.isAfter(from)) {
                throw new IllegalArgumentException("until must be after from, but " + until + " is not after " + from);
            }
        }

        /** The price at its hours. */
        public PriceBand band() {
            return band;
        }

        /** In the price list's time zone. */
        public LocalDateTime from() {
            return from;
        }

        /** The first moment after it; {@code null} where none is set. */
        public @Nullable LocalDateTime until() {
            return until;
        }

        public List<DailyHours> hours() {
            return hours;
        }

        public Set<DayOfWeek> days() {
            return days;
        }

        /** Whether a holiday has none of its hours. */
        public boolean notOnHolidays() {
            return notOnHolidays;
        }

        boolean holds(LocalDateTime moment) {
            return !moment.isBefore(from) && (until == null || moment.isBefore(until));
        }

        private boolean isWithin(LocalDateTime moment) {
            return days.contains(moment.getDayOfWeek())
                    && hours.stream().anyMatch(part -> part.contain(moment.toLocalTime()));
        }

        private Components components() {
            return Components.of(Phase.class)
                    .with("band", band)
                    .with("from", from)
                    .with("until", until)
                    .with("hours", hours)
                    .with("days", days)
                    .with("notOnHolidays", notOnHolidays)
                    .with("assumption", assumption);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Phase that && components().equals(that.components());
        }

        @Override
        public int hashCode() {
            return components().hashCode();
        }

        @Override
        public String toString() {
            return components().toString();
        }

        /** A phase from this moment on in which this price holds at the hours to be set; on all days by default. */
        public static Builder of(PriceBand band, LocalDateTime from) {
            return new Builder(band, from);
        }

        /** Builds a {@link Phase}. */
        public static final class Builder {

            private final PriceBand band;
            private final LocalDateTime from;
            private @Nullable LocalDateTime until;
            private List<DailyHours> hours = List.of();
            private Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
            private boolean notOnHolidays;
            private @Nullable String assumption;

            private Builder(PriceBand band, LocalDateTime from) {
                this.band = requireNonNull(band, "band");
                this.from = requireNonNull(from, "from");
            }

            /** The first moment after it; {@code null}, the default, for none. */
            public Builder until(@Nullable LocalDateTime until) {
                this.until = until;
                return this;
            }

            /** The hours of a day; none by default. */
            public Builder hours(Collection<DailyHours> hours) {
                this.hours = List.copyOf(hours);
                return this;
            }

            /** As {@link #hours(Collection)}, each written as {@code 09:00-12:00}. */
            public Builder hours(String... hours) {
                return hours(List.of(hours).stream().map(DailyHours::of).toList());
            }

            /** The days of a week. */
            public Builder days(Collection<DayOfWeek> days) {
                this.days = Set.copyOf(days);
                return this;
            }

            /** Whether a holiday of the price list's has no special hours. */
            public Builder notOnHolidays(boolean notOnHolidays) {
                this.notOnHolidays = notOnHolidays;
                return this;
            }

            /** What is not sure about its holidays; {@code null}, the default, if nothing is. */
            public Builder assumption(@Nullable String assumption) {
                this.assumption = assumption;
                return this;
            }

            /**
             * @throws IllegalArgumentException if it ends before it begins
             */
            public Phase build() {
                return new Phase(this);
            }
        }
    }
}
