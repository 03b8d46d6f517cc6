package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.PriceBand;
import io.github.deepthink4j.price.Pricing;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the models of a host cost, from when on and at which hours; DeepSeek's own history is built in. It prices the model
 * that an answer names, at the hosts that it is for; for any other host, model or moment the cost is unknown. In one currency: nothing
 * is converted. Immutable, thread-safe.
 */
public final class PriceList implements Pricing {

    /** US dollars. */
    public static final Currency USD = Currency.getInstance("USD");

    /** Chinese yuan. */
    public static final Currency CNY = Currency.getInstance("CNY");

    /** How far {@link #nextOffPeak} looks ahead: a year of holidays and weekends. */
    private static final int DAYS_AHEAD = 366;

    private static final URI ANYWHERE = URI.create("https://any.invalid");

    private static final Instant EARLIEST = Instant.parse("0001-01-02T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9990-01-01T00:00:00Z");
    private static final String CHANGED = " with changes";

    private final String name;
    private final @Nullable LocalDate checked;
    private final ZoneId zone;
    private final Set<String> hosts;
    private final HolidayCalendar holidays;
    private final Map<String, PriceRow> rows;
    private final List<PriceRow> newestFirst;
    private final List<ServicePrice> services;
    private final Currency currency;
    private final BillingMoment billedAt;
    private final Clock clock;

    private PriceList(Builder builder) {
        this.checked = builder.checked;
        this.zone = builder.zone;
        this.hosts = Set.copyOf(builder.hosts);
        this.holidays = builder.holidays;
        this.rows = new LinkedHashMap<>(builder.rows);
        this.services = List.copyOf(builder.services);
        this.currency = builder.currency;
        this.billedAt = builder.billedAt;
        this.clock = builder.clock;
        // Stable: of two rows that begin at once, the one that was added later is looked at first.
        List<PriceRow> all = new ArrayList<>(rows.values());
        Collections.reverse(all);
        all.sort(Comparator.comparing(PriceRow::from).reversed());
        this.newestFirst = List.copyOf(all);
        this.name = nameAmongOthers(builder);
    }

    /** Who reads that there is no price, should not look for it in the host's own list. */
    private String nameAmongOthers(Builder builder) {
        PriceList base = builder.base;
        boolean isAnother = base != null
                && base.name.equals(builder.name)
                && !base.name.endsWith(CHANGED)
                && !(base.rows.equals(rows)
                        && base.hosts.equals(hosts)
                        && base.holidays.equals(holidays)
                        && base.services.equals(services));
        return isAnother ? builder.name + CHANGED : builder.name;
    }

    /** DeepSeek's prices from 2024-12-26 on, in US dollars. {@link #checkedOn()} says when they were last compared with its page. */
    public static PriceList deepSeek() {
        return BuiltIn.DEEPSEEK;
    }

    /** DeepSeek's prices in a currency that it has a list in, {@link #USD} or {@link #CNY}. */
    public static PriceList deepSeek(Currency currency) {
        return deepSeek().in(currency);
    }

    /**
     * Reads a list; docs/cost.md says how it is written.
     *
     * @throws PriceListException if it can't be read, with the line and the field
     */
    public static PriceList read(Path file) {
        return PriceListFile.read(file);
    }

    /** Read from the class path when somebody asks for it first. */
    private static final class BuiltIn {
        private static final PriceList DEEPSEEK = PriceListFile.resource("deepseek-prices.json");
    }

    /** The same list in another currency; without prices in it, all costs are unknown. */
    public PriceList in(Currency currency) {
        return toBuilder().currency(currency).build();
    }

    public Currency currency() {
        return currency;
    }

    /** Which moment of a call its price goes by. */
    public BillingMoment billedAt() {
        return billedAt;
    }

    /** When somebody last compared it with what the host says; {@code null} if it does not say. */
    public @Nullable LocalDate checkedOn() {
        return checked;
    }

    /** The hosts that the prices are for, but for rows that have hosts of their own. */
    public Set<String> hosts() {
        return hosts;
    }

    public ZoneId zone() {
        return zone;
    }

    public HolidayCalendar holidays() {
        return holidays;
    }

    /** All rows, in the order of the list. */
    public List<PriceRow> rows() {
        return List.copyOf(rows.values());
    }

    /** What is billed by another measure than tokens. */
    public List<ServicePrice> services() {
        return services;
    }

    @Override
    public Cost price(BilledCall call) {
        if (!knows(call.endpoint())) {
            return Cost.unknown(name + " has no prices for " + Hosts.of(call.endpoint()));
        }
        return priced(call, row -> servedBy(row, call.endpoint()));
    }

    /** What a usage costs at a moment, wherever it was: who asks for this model by name, knows the host. */
    public Cost cost(String model, DeepSeekTokenUsage usage, Instant moment) {
        Integer input = usage.inputTokenCount();
        Integer output = usage.outputTokenCount();
        if (input == null || output == null) {
            return Cost.unknown("the usage has no input or no output");
        }
        Integer hits = usage.cacheHitTokenCount();
        Integer reasoning = usage.reasoningTokenCount();
        return priced(
                BilledCall.builder()
                        .endpoint(ANYWHERE)
                        .modelName(model)
                        .reportedTokens(input, hits, output, reasoning)
                        .finished(moment)
                        .build(),
                row -> true);
    }

    private Cost priced(BilledCall call, Predicate<PriceRow> served) {
        Instant moment = billedAt.of(call);
        PriceRow row = row(call.modelName(), local(moment), served);
        if (row == null) {
            return Cost.unknown(name + " has no price of '" + call.modelName() + "' for "
                    + local(moment).toLocalDate());
        }
        Rate rate = rate(row, local(moment));
        if (rate == null) {
            return Cost.unknown(name + " has no price of '" + call.modelName() + "' in " + currency.getCurrencyCode());
        }
        return rate.prices()
                .cost(Cost.in(currency), call)
                .assumption(rate.assumption())
                .priceRow(row.id())
                .band(rate.band())
                .build();
    }

    /**
     * What something that is not billed by tokens costs, such as {@code search}.
     *
     * @param quantity how many of the service's units, such as successful searches
     * @throws IllegalArgumentException if it is negative
     */
    public Cost serviceCost(String service, long quantity, Instant moment) {
        if (quantity < 0) {
            throw new IllegalArgumentException("quantity must not be negative, but is " + quantity);
        }
        LocalDateTime at = local(moment);
        Optional<ServicePrice> found = services.stream()
                .filter(price -> price.name().equals(service) && !at.isBefore(price.from()))
                .max(Comparator.comparing(ServicePrice::from));
        if (found.isEmpty()) {
            return Cost.unknown(name + " has no price of '" + service + "' for " + at.toLocalDate());
        }
        BigDecimal price = found.get().prices().get(currency);
        if (price == null) {
            return Cost.unknown(name + " has no price of '" + service + "' in " + currency.getCurrencyCode());
        }
        return Cost.in(currency)
                .services(found.get().amount(price, quantity))
                .assumption(found.get().assumption())
                .priceRow(service)
                .build();
    }

    /** As {@link #serviceCost}, where the host is one whose prices these are. */
    @Override
    public Cost priceService(URI endpoint, String service, long quantity, Instant moment) {
        return knows(endpoint)
                ? serviceCost(service, quantity, moment)
                : Cost.unknown(name + " has no prices for " + Hosts.of(endpoint));
    }

    /** The price of a model at a moment; empty if there is none. */
    public Optional<Rate> rate(String model, Instant moment) {
        PriceRow row = row(model, local(moment), any -> true);
        return row == null ? Optional.empty() : Optional.ofNullable(rate(row, local(moment)));
    }

    /** The price of a model now; empty if there is none. */
    public Optional<Rate> rateNow(String model) {
        return rate(model, clock.instant());
    }

    /**
     * When work that can wait is next done at the lower price: the moment itself, if that has it already or if there is one price at all
     * hours. Empty if the model has no price then, or none that is lower within a year.
     */
    public Optional<Instant> nextOffPeak(String model, Instant moment) {
        LocalDateTime start = local(moment);
        PriceRow first = row(model, start, any -> true);
        if (first == null) {
            return Optional.empty();
        }
        if (isCheap(first, start)) {
            return Optional.of(moment);
        }
        SortedSet<LocalTime> changes = new TreeSet<>();
        for (PriceRow row : newestFirst) {
            changes.add(row.from().toLocalTime());
            changes.addAll(row.schedule().boundaries());
        }
        for (int day = 0; day <= DAYS_AHEAD; day++) {
            LocalDate date = start.toLocalDate().plusDays(day);
            for (LocalTime time : changes) {
                LocalDateTime candidate = date.atTime(time);
                PriceRow row = candidate.isAfter(start) ? row(model, candidate, any -> true) : null;
                if (row != null && isCheap(row, candidate) && isLower(row, candidate, first, start)) {
                    return Optional.of(candidate.atZone(zone).toInstant());
                }
            }
        }
        return Optional.empty();
    }

    /** A change of prices may end the dear hours and make all hours dearer. */
    private boolean isLower(PriceRow row, LocalDateTime moment, PriceRow before, LocalDateTime start) {
        Rate then = rate(row, moment);
        Rate now = rate(before, start);
        return then == null
                || now == null
                || then.prices().output().compareTo(now.prices().output()) < 0;
    }

    private boolean isCheap(PriceRow row, LocalDateTime moment) {
        PriceBand band = row.schedule().at(moment, holidays).band();
        boolean several = row.schedule().phases().stream().anyMatch(phase -> phase.holds(moment));
        return band == PriceBand.OFF_PEAK || (band == PriceBand.STANDARD && !several);
    }

    private @Nullable PriceRow row(String model, LocalDateTime moment, Predicate<PriceRow> served) {
        for (PriceRow row : newestFirst) {
            if (row.models().contains(model) && served.test(row) && !moment.isBefore(row.from())) {
                // An older row does not come back when a newer one has ended.
                return row.covers(moment) ? row : null;
            }
        }
        return null;
    }

    private @Nullable Rate rate(PriceRow row, LocalDateTime moment) {
        PriceSchedule.Band band = row.schedule().at(moment, holidays);
        TokenPrices prices = row.prices(currency, band.band());
        return prices == null ? null : new Rate(row, band.band(), currency, prices, band.assumption());
    }

    private boolean knows(URI endpoint) {
        return Hosts.contain(hosts, endpoint)
                || rows.values().stream().anyMatch(row -> Hosts.contain(row.hosts(), endpoint));
    }

    private boolean servedBy(PriceRow row, URI endpoint) {
        return Hosts.contain(row.hosts().isEmpty() ? hosts : row.hosts(), endpoint);
    }

    /** Far from all rows it does not matter how far. */
    private LocalDateTime local(Instant moment) {
        Instant near = moment.isBefore(EARLIEST) ? EARLIEST : moment.isAfter(LATEST) ? LATEST : moment;
        return LocalDateTime.ofInstant(near, zone);
    }

    /** Such as {@code DeepSeek in USD, 14 rows, checked 2026-11-15}. */
    @Override
    public String toString() {
        return name + " in " + currency.getCurrencyCode() + ", " + rows.size() + " rows"
                + (checked == null ? "" : ", checked " + checked);
    }

    /** A builder with all of this list in it. */
    public Builder toBuilder() {
        Builder builder = new Builder(name)
                .checkedOn(checked)
                .zone(zone)
                .hosts(hosts)
                .holidays(holidays)
                .services(services)
                .currency(currency)
                .billedAt(billedAt)
                .clock(clock);
        rows.values().forEach(builder::row);
        builder.base = this;
        return builder;
    }

    /**
     * A builder of a list without rows.
     *
     * @param name for messages
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Builds a {@link PriceList}. */
    public static final class Builder {

        private String name;
        private @Nullable PriceList base;
        private @Nullable LocalDate checked;
        private ZoneId zone = ZoneId.of("UTC");
        private Collection<String> hosts = List.of();
        private HolidayCalendar holidays = HolidayCalendar.NONE;
        private final Map<String, PriceRow> rows = new LinkedHashMap<>();
        private List<ServicePrice> services = List.of();
        private Currency currency = USD;
        private BillingMoment billedAt = BillingMoment.FINISHED;
        private Clock clock = Clock.systemUTC();

        private Builder(String name) {
            this.name = requireNonNull(name, "name");
        }

        /** For messages. */
        public Builder name(String name) {
            this.name = requireNonNull(name, "name");
            return this;
        }

        /** When it was last compared with what the host says. */
        public Builder checkedOn(@Nullable LocalDate checked) {
            this.checked = checked;
            return this;
        }

        /** The time zone of all dates and hours; UTC by default. */
        public Builder zone(ZoneId zone) {
            this.zone = requireNonNull(zone, "zone");
            return this;
        }

        /**
         * The hosts that the prices are for, in place of those set before: {@code api.example.com} for its default ports,
         * {@code api.example.com:8443} for another one. Rows may have hosts of their own.
         *
         * @throws IllegalArgumentException if one is written otherwise
         */
        public Builder hosts(Collection<String> hosts) {
            this.hosts = hosts.stream().map(Hosts::checked).toList();
            return this;
        }

        /** As {@link #hosts(Collection)}. */
        public Builder hosts(String... hosts) {
            return hosts(List.of(hosts));
        }

        /** The holidays that schedules ask for; none by default. */
        public Builder holidays(HolidayCalendar holidays) {
            this.holidays = requireNonNull(holidays, "holidays");
            return this;
        }

        /** One more row; one of the same id is replaced. */
        public Builder row(PriceRow row) {
            rows.remove(row.id());
            rows.put(row.id(), row);
            return this;
        }

        /** All rows so far go. */
        public Builder withoutRows() {
            rows.clear();
            return this;
        }

        /**
         * All prices so far times a factor, such as 0.9 for a rebate of a tenth; those of services as well.
         *
         * @throws IllegalArgumentException if it is negative, or if it or a price has more than 30 digits before or behind the point then
         */
        public Builder times(BigDecimal factor) {
            Amounts.checked("the factor", factor);
            rows.replaceAll((id, row) -> row.times(factor));
            services = services.stream().map(price -> price.times(factor)).toList();
            return this;
        }

        /** What is billed by another measure than tokens, in place of what was set before. */
        public Builder services(Collection<ServicePrice> services) {
            this.services = List.copyOf(services);
            return this;
        }

        /** The currency of all costs; {@link #USD} by default. */
        public Builder currency(Currency currency) {
            this.currency = requireNonNull(currency, "currency");
            return this;
        }

        /** Which moment of a call its price goes by; {@link BillingMoment#FINISHED} by default. */
        public Builder billedAt(BillingMoment billedAt) {
            this.billedAt = requireNonNull(billedAt, "billedAt");
            return this;
        }

        /** What the time is for {@link PriceList#rateNow}; the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        public PriceList build() {
            return new PriceList(this);
        }
    }
}
