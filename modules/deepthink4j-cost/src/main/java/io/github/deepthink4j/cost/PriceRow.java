package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.internal.value.Components;
import io.github.deepthink4j.price.PriceBand;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row of a price list: some models from one moment on, until a later row of theirs begins. Each currency has prices of its own, since
 * a host's list in one is not the converted list in another. Immutable.
 */
public final class PriceRow {

    private final String id;
    private final Set<String> models;
    private final Set<String> hosts;
    private final LocalDateTime from;
    private final @Nullable LocalDateTime until;
    private final PriceSchedule schedule;
    private final Map<Currency, Map<PriceBand, TokenPrices>> prices;

    private PriceRow(Builder builder) {
        this.id = builder.id;
        this.models = Set.copyOf(builder.models);
        this.hosts = Set.copyOf(builder.hosts);
        this.from = builder.from;
        this.until = builder.until;
        this.schedule = builder.schedule;
        this.prices = copyOf(builder.prices);
        if (models.isEmpty()) {
            throw new IllegalArgumentException("the row " + id + " has no models");
        }
        if (prices.isEmpty()) {
            throw new IllegalArgumentException("the row " + id + " has no prices");
        }
        if (until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException(
                    "the row " + id + " must end after it begins, but " + until + " is not after " + from);
        }
        for (Map.Entry<Currency, Map<PriceBand, TokenPrices>> entry : prices.entrySet()) {
            for (PriceBand band : bands()) {
                if (!entry.getValue().containsKey(band)) {
                    throw new IllegalArgumentException("the row " + id + " has no price in "
                            + entry.getKey().getCurrencyCode() + " for " + band + ", which its schedule names");
                }
            }
        }
    }

    private static Map<Currency, Map<PriceBand, TokenPrices>> copyOf(
            Map<Currency, Map<PriceBand, TokenPrices>> prices) {
        Map<Currency, Map<PriceBand, TokenPrices>> copy = new LinkedHashMap<>();
        prices.forEach((currency, bands) -> copy.put(currency, Map.copyOf(bands)));
        return Map.copyOf(copy);
    }

    private Set<PriceBand> bands() {
        Map<PriceBand, Boolean> bands = new EnumMap<>(PriceBand.class);
        bands.put(schedule.otherwise(), true);
        schedule.phases().forEach(phase -> bands.put(phase.band(), true));
        return bands.keySet();
    }

    /** What it is called, once in a list. */
    public String id() {
        return id;
    }

    /** The model ids, as answers name them. */
    public Set<String> models() {
        return models;
    }

    /** Hosts of its own; empty where it has those of the price list. */
    public Set<String> hosts() {
        return hosts;
    }

    /** In the price list's time zone. */
    public LocalDateTime from() {
        return from;
    }

    /** The first moment after it; {@code null} where it holds until a later row begins. */
    public @Nullable LocalDateTime until() {
        return until;
    }

    public PriceSchedule schedule() {
        return schedule;
    }

    /** The currencies that it has prices in. */
    public Set<Currency> currencies() {
        return prices.keySet();
    }

    /** {@code null} if it has none in this currency. */
    public @Nullable TokenPrices prices(Currency currency, PriceBand band) {
        Map<PriceBand, TokenPrices> bands = prices.get(currency);
        return bands == null ? null : bands.get(band);
    }

    boolean covers(LocalDateTime moment) {
        return !moment.isBefore(from) && (until == null || moment.isBefore(until));
    }

    /** With all prices times a factor. */
    PriceRow times(BigDecimal factor) {
        Builder row =
                new Builder(id, from).models(models).hosts(hosts).until(until).schedule(schedule);
        prices.forEach(
                (currency, bands) -> bands.forEach((band, tokens) -> row.prices(currency, band, tokens.times(factor))));
        return row.build();
    }

    private Components components() {
        return Components.of(PriceRow.class)
                .with("id", id)
                .with("models", models)
                .with("hosts", hosts)
                .with("from", from)
                .with("until", until)
                .with("schedule", schedule, schedule.phases().isEmpty() ? null : schedule)
                .with("prices", prices);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PriceRow that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return components().toString();
    }

    /**
     * A builder.
     *
     * @param id   what it is called; a row of the same id in a list is replaced
     * @param from in the price list's time zone
     */
    public static Builder builder(String id, LocalDateTime from) {
        return new Builder(id, from);
    }

    /** Builds a {@link PriceRow}; models and prices in one currency are needed. */
    public static final class Builder {

        private final String id;
        private final LocalDateTime from;
        private Collection<String> models = List.of();
        private Collection<String> hosts = List.of();
        private @Nullable LocalDateTime until;
        private PriceSchedule schedule = PriceSchedule.otherwise(PriceBand.STANDARD);
        private final Map<Currency, Map<PriceBand, TokenPrices>> prices = new LinkedHashMap<>();

        private Builder(String id, LocalDateTime from) {
            this.id = requireNonNull(id, "id");
            this.from = requireNonNull(from, "from");
        }

        /** The model ids, as answers name them. */
        public Builder models(Collection<String> models) {
            this.models = List.copyOf(models);
            return this;
        }

        /** As {@link #models(Collection)}. */
        public Builder models(String... models) {
            return models(List.of(models));
        }

        /** Hosts other than those of the price list, each as {@link PriceList.Builder#hosts} wants it. */
        public Builder hosts(Collection<String> hosts) {
            this.hosts = hosts.stream().map(Hosts::checked).toList();
            return this;
        }

        /** As {@link #hosts(Collection)}. */
        public Builder hosts(String... hosts) {
            return hosts(List.of(hosts));
        }

        /** The first moment after it; {@code null}, the default, where it holds until a later row begins. */
        public Builder until(@Nullable LocalDateTime until) {
            this.until = until;
            return this;
        }

        /** When which price holds; by default {@link PriceBand#STANDARD} at all hours. */
        public Builder schedule(PriceSchedule schedule) {
            this.schedule = requireNonNull(schedule, "schedule");
            return this;
        }

        /** One of the prices that its schedule names. */
        public Builder prices(Currency currency, PriceBand band, TokenPrices tokens) {
            prices.computeIfAbsent(requireNonNull(currency, "currency"), c -> new EnumMap<>(PriceBand.class))
                    .put(requireNonNull(band, "band"), requireNonNull(tokens, "tokens"));
            return this;
        }

        /** The price at all hours. */
        public Builder prices(Currency currency, TokenPrices tokens) {
            for (PriceBand band : PriceBand.values()) {
                prices(currency, band, tokens);
            }
            return this;
        }

        /**
         * @throws IllegalArgumentException if there are no models, or no price where the schedule names one, or if it ends before it
         *                                  begins
         */
        public PriceRow build() {
            return new PriceRow(this);
        }
    }
}
