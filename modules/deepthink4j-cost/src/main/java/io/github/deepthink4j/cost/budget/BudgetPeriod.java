package io.github.deepthink4j.cost.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The time that a budget is for. What is spent counts where it was reserved: a call that begins before the end of a period and ends after it
 * is the earlier one's. Immutable.
 */
public final class BudgetPeriod {

    /** Beijing's, by whose days and hours DeepSeek's prices go. */
    public static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private static final Instant EVER = Instant.EPOCH;
    private static final int SLICES = 60;
    private static final Duration CENTURY = Duration.ofDays(36_500);

    private enum Kind {
        CALENDAR,
        ROLLING,
        FOREVER
    }

    private final Kind kind;
    private final Period calendar;
    private final ZoneId zone;
    private final Duration length;

    private BudgetPeriod(Kind kind, Period calendar, ZoneId zone, Duration length) {
        this.kind = kind;
        this.calendar = calendar;
        this.zone = zone;
        this.length = length;
    }

    /** A day of {@link #BEIJING}. */
    public static BudgetPeriod day() {
        return day(BEIJING);
    }

    /** From midnight to midnight in this zone. */
    public static BudgetPeriod day(ZoneId zone) {
        return new BudgetPeriod(Kind.CALENDAR, Period.ofDays(1), zone, Duration.ZERO);
    }

    /** A month of {@link #BEIJING}. */
    public static BudgetPeriod month() {
        return month(BEIJING);
    }

    /** From the first of a month to the first of the next in this zone. */
    public static BudgetPeriod month(ZoneId zone) {
        return new BudgetPeriod(Kind.CALENDAR, Period.ofMonths(1), zone, Duration.ZERO);
    }

    /**
     * The time before now, of this length: what was spent leaves it by and by, in steps of a sixtieth of it, never too early.
     *
     * @param length of more than a hundred years it is a hundred
     * @throws IllegalArgumentException if it is shorter than a minute
     */
    public static BudgetPeriod rolling(Duration length) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("a rolling period must be a minute long at least, but is " + length);
        }
        return new BudgetPeriod(Kind.ROLLING, Period.ZERO, BEIJING, atMostACentury(length));
    }

    /** So that a moment and a duration always have a sum. */
    static Duration atMostACentury(Duration duration) {
        return duration.compareTo(CENTURY) > 0 ? CENTURY : duration;
    }

    /** All time: it never renews. */
    public static BudgetPeriod forever() {
        return new BudgetPeriod(Kind.FOREVER, Period.ZERO, BEIJING, Duration.ZERO);
    }

    /** Where what is spent now is noted. */
    Instant slice(Instant now) {
        return switch (kind) {
            case CALENDAR -> start(now).atStartOfDay(zone).toInstant();
            case ROLLING -> {
                long nanos = Math.max(1, length.toSeconds() / SLICES);
                yield Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), nanos) * nanos);
            }
            case FOREVER -> EVER;
        };
    }

    /** The first slice that counts now. */
    Instant since(Instant now) {
        return kind == Kind.ROLLING ? slice(now.minus(length)) : slice(now);
    }

    /** When what is noted in a slice no longer counts; {@code null} if that never comes. */
    @Nullable
    Instant renewal(Instant slice) {
        return switch (kind) {
            case CALENDAR ->
                slice.atZone(zone)
                        .toLocalDate()
                        .plus(calendar)
                        .atStartOfDay(zone)
                        .toInstant();
            case ROLLING -> slice.plus(length).plusSeconds(Math.max(1, length.toSeconds() / SLICES));
            case FOREVER -> null;
        };
    }

    private LocalDate start(Instant now) {
        LocalDate day = now.atZone(zone).toLocalDate();
        return calendar.getMonths() > 0 ? day.withDayOfMonth(1) : day;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BudgetPeriod that
                && kind == that.kind
                && calendar.equals(that.calendar)
                && zone.equals(that.zone)
                && length.equals(that.length);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, calendar, zone, length);
    }

    /** Such as {@code day in Asia/Shanghai}, {@code rolling PT5H} or {@code forever}. */
    @Override
    public String toString() {
        return switch (kind) {
            case CALENDAR -> (calendar.getMonths() > 0 ? "month" : "day") + " in " + zone;
            case ROLLING -> "rolling " + length;
            case FOREVER -> "forever";
        };
    }
}
