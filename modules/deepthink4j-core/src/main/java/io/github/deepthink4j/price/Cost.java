package io.github.deepthink4j.price;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.deepthink4j.internal.value.Components;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost, or several together, in one currency: exact, nothing is rounded, and amounts have as many decimals as they need.
 * Where a call has no price, all amounts of it and of each sum with it are {@code null}, and never zero: {@link #isKnown()} asks,
 * {@link #unknown()} says why, and {@link #atLeast()} is the part of a sum that is known. Of a sum of several currencies each has its
 * own part in {@link #byCurrency()}. Immutable.
 */
public final class Cost {

    /** So that a sum over millions of calls stays small. */
    private static final int MOST_WORDS = 16;

    /** Beyond any price and any sum; to write a number such as 1e999999999 out would take all memory. */
    private static final int MOST_DIGITS = 100;

    private final @Nullable Currency currency;
    private final BigDecimal cacheHit;
    private final BigDecimal cacheMiss;
    private final BigDecimal output;
    private final BigDecimal thought;
    private final BigDecimal services;
    private final long pricedCalls;
    private final long unknownCalls;
    private final Map<Currency, Cost> parts;
    private final List<String> unknown;
    private final List<String> assumptions;
    private final List<String> priceRows;
    private final Set<PriceBand> bands;

    private Cost(Builder builder) {
        this.currency = builder.currency;
        this.cacheHit = plain(builder.cacheHit);
        this.cacheMiss = plain(builder.cacheMiss);
        this.output = plain(builder.output);
        this.thought = plain(builder.thought);
        this.services = plain(builder.services);
        this.pricedCalls = builder.pricedCalls;
        this.unknownCalls = builder.unknownCalls;
        this.parts = builder.parts;
        this.unknown = firstOf(builder.unknown.stream());
        this.assumptions = firstOf(builder.assumptions.stream());
        this.priceRows = firstOf(builder.priceRows.stream());
        this.bands = Set.copyOf(builder.bands);
    }

    /** One way to write each amount, so that equal ones are equal. */
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static List<String> firstOf(Stream<String> words) {
        return words.limit(MOST_WORDS).toList();
    }

    /** One call whose cost is not known, and why. */
    public static Cost unknown(String reason) {
        Builder builder = new Builder(null);
        builder.unknownCalls = 1;
        builder.unknown.add(requireNonNull(reason, "reason"));
        return builder.build();
    }

    /** Of no call at all: where a sum begins. */
    public static Cost nothing(Currency currency) {
        Builder builder = in(currency);
        builder.pricedCalls = 0;
        return builder.build();
    }

    /** A builder for what one call cost. */
    public static Builder in(Currency currency) {
        return new Builder(requireNonNull(currency, "currency"));
    }

    /** Whether all that is in it has a price. */
    public boolean isKnown() {
        return unknownCalls == 0;
    }

    /** {@code null} if nothing in it has a price, or if it is a sum of different currencies. */
    public @Nullable Currency currency() {
        return currency;
    }

    /** Input from the context cache. */
    public @Nullable BigDecimal cacheHit() {
        return known(cacheHit);
    }

    /** Input that was not in the context cache. */
    public @Nullable BigDecimal cacheMiss() {
        return known(cacheMiss);
    }

    /** All output, the thought included. */
    public @Nullable BigDecimal output() {
        return known(output);
    }

    /** The part of the {@link #output()} that was the thought. */
    public @Nullable BigDecimal thought() {
        return known(thought);
    }

    /** What is not billed by tokens, such as searches. */
    public @Nullable BigDecimal services() {
        return known(services);
    }

    /** Hits, misses, output and services. */
    public @Nullable BigDecimal total() {
        return known(sum());
    }

    /** What is known of the total, where other calls of the sum have no price; {@code null} if none has one. */
    public @Nullable BigDecimal atLeast() {
        return currency == null ? null : plain(sum());
    }

    /**
     * What is known of it, currency by currency, in the order of their codes: of a sum of several currencies the sum of each, which the
     * whole can't say. Calls that have no price are in none of them. All of its values are known.
     */
    public Map<Currency, Cost> byCurrency() {
        if (!parts.isEmpty() || currency == null || pricedCalls == 0) {
            return parts;
        }
        Builder priced = builderOf(this);
        priced.unknownCalls = 0;
        priced.unknown.clear();
        return Map.of(currency, priced.build());
    }

    private BigDecimal sum() {
        return cacheHit.add(cacheMiss).add(output).add(services);
    }

    private @Nullable BigDecimal known(BigDecimal amount) {
        return isKnown() ? plain(amount) : null;
    }

    /** How many calls are in it, attempts that failed and were billed included. */
    public long calls() {
        return pricedCalls + unknownCalls;
    }

    /** How many of the {@link #calls()} have no price. */
    public long unknownCalls() {
        return unknownCalls;
    }

    /** Why some of it is not known, each reason once, at most 16; empty if all is. */
    public List<String> unknown() {
        return parts.isEmpty() ? unknown : firstOf(Stream.concat(Stream.of(notConverted()), unknown.stream()));
    }

    private String notConverted() {
        return parts.keySet().stream().map(Currency::getCurrencyCode).collect(joining(" and "))
                + " are not converted into one another";
    }

    /** Whether something was assumed that the bill may not bear out. */
    public boolean isEstimate() {
        return !assumptions.isEmpty();
    }

    /** What was assumed, each once, at most 16; empty if nothing was. */
    public List<String> assumptions() {
        return assumptions;
    }

    /** The same, as an estimate that says why; nothing changes where nothing is known. */
    public Cost assuming(String assumption) {
        if (currency == null && parts.isEmpty()) {
            return this;
        }
        Builder same = builderOf(this);
        same.assumptions.add(requireNonNull(assumption, "assumption"));
        return same.build();
    }

    /** The rows of the price list that were used, by their ids, each once, at most 16. */
    public List<String> priceRows() {
        return priceRows;
    }

    /** Whether prices were those of peak hours; several where calls lie in several. */
    public Set<PriceBand> bands() {
        return bands;
    }

    /**
     * Both together, in whatever order several are added. With another currency nothing is converted: no amount of the sum is known any
     * more, nor of what is added to it, but for those of {@link #byCurrency()}. {@linkplain #nothing Nothing} of any currency adds nothing,
     * and has no currency to say beside a cost.
     */
    public Cost add(Cost other) {
        if (other.calls() == 0) {
            return this;
        }
        if (calls() == 0) {
            return other;
        }
        Builder sum = builderOf(this);
        sum.currency = currency == null ? other.currency : currency;
        sum.unknown.addAll(other.unknown);
        sum.assumptions.addAll(other.assumptions);
        sum.priceRows.addAll(other.priceRows);
        sum.bands.addAll(other.bands);
        if (!parts.isEmpty() || !other.parts.isEmpty() || areDifferent(currency, other.currency)) {
            sum.parts = merged(byCurrency(), other.byCurrency());
            sum.currency = null;
            sum.cacheHit = BigDecimal.ZERO;
            sum.cacheMiss = BigDecimal.ZERO;
            sum.output = BigDecimal.ZERO;
            sum.thought = BigDecimal.ZERO;
            sum.services = BigDecimal.ZERO;
            sum.pricedCalls = 0;
            sum.unknownCalls = calls() + other.calls();
            return sum.build();
        }
        sum.cacheHit = cacheHit.add(other.cacheHit);
        sum.cacheMiss = cacheMiss.add(other.cacheMiss);
        sum.output = output.add(other.output);
        sum.thought = thought.add(other.thought);
        sum.services = services.add(other.services);
        sum.pricedCalls = pricedCalls + other.pricedCalls;
        sum.unknownCalls = unknownCalls + other.unknownCalls;
        return sum.build();
    }

    private static Map<Currency, Cost> merged(Map<Currency, Cost> some, Map<Currency, Cost> others) {
        Map<Currency, Cost> merged = new TreeMap<>(Comparator.comparing(Currency::getCurrencyCode));
        merged.putAll(some);
        others.forEach((currency, cost) -> merged.merge(currency, cost, Cost::add));
        return Collections.unmodifiableMap(merged);
    }

    private static Builder builderOf(Cost cost) {
        Builder same = new Builder(cost.currency);
        same.cacheHit = cost.cacheHit;
        same.cacheMiss = cost.cacheMiss;
        same.output = cost.output;
        same.thought = cost.thought;
        same.services = cost.services;
        same.pricedCalls = cost.pricedCalls;
        same.unknownCalls = cost.unknownCalls;
        same.parts = cost.parts;
        same.unknown.addAll(cost.unknown);
        same.assumptions.addAll(cost.assumptions);
        same.priceRows.addAll(cost.priceRows);
        same.bands.addAll(cost.bands);
        return same;
    }

    private static boolean areDifferent(@Nullable Currency one, @Nullable Currency other) {
        return one != null && other != null && !one.equals(other);
    }

    private Components components() {
        return Components.of(Cost.class)
                .with("currency", currency)
                .with("cacheHit", cacheHit)
                .with("cacheMiss", cacheMiss)
                .with("output", output)
                .with("thought", thought)
                .with("services", services)
                .with("pricedCalls", pricedCalls)
                .with("unknownCalls", unknownCalls)
                .with("parts", parts)
                .with("unknown", unknown)
                .with("assumptions", assumptions)
                .with("priceRows", priceRows)
                .with("bands", bands);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cost that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    /** Such as {@code 0.0021 USD}, {@code at least 0.0021 USD (unknown: ...)} or {@code unknown: ...}. */
    @Override
    public String toString() {
        String reasons = "unknown: " + String.join("; ", unknown());
        BigDecimal amount = atLeast();
        if (amount == null || currency == null) {
            return reasons;
        }
        String money = amount.toPlainString() + " " + currency.getCurrencyCode();
        if (!isKnown()) {
            return "at least " + money + " (" + reasons + ")";
        }
        return isEstimate() ? "about " + money : money;
    }

    private static BigDecimal amount(String name, BigDecimal amount) {
        requireNonNull(amount, name);
        if (amount.signum() < 0) {
            throw new IllegalArgumentException(name + " must not be negative, but is " + amount);
        }
        if (Math.abs((long) amount.scale()) > MOST_DIGITS || amount.precision() > MOST_DIGITS) {
            throw new IllegalArgumentException(name + " must have at most " + MOST_DIGITS + " digits");
        }
        return amount;
    }

    /** Builds the cost of one call; each amount is 0 by default, and none may be negative. */
    public static final class Builder {

        private @Nullable Currency currency;
        private BigDecimal cacheHit = BigDecimal.ZERO;
        private BigDecimal cacheMiss = BigDecimal.ZERO;
        private BigDecimal output = BigDecimal.ZERO;
        private BigDecimal thought = BigDecimal.ZERO;
        private BigDecimal services = BigDecimal.ZERO;
        private long pricedCalls;
        private long unknownCalls;
        private Map<Currency, Cost> parts = Map.of();
        private final Set<String> unknown = new LinkedHashSet<>();
        private final Set<String> assumptions = new LinkedHashSet<>();
        private final Set<String> priceRows = new LinkedHashSet<>();
        private final Set<PriceBand> bands = EnumSet.noneOf(PriceBand.class);

        private Builder(@Nullable Currency currency) {
            this.currency = currency;
            this.pricedCalls = currency == null ? 0 : 1;
        }

        public Builder cacheHit(BigDecimal amount) {
            this.cacheHit = amount("cacheHit", amount);
            return this;
        }

        public Builder cacheMiss(BigDecimal amount) {
            this.cacheMiss = amount("cacheMiss", amount);
            return this;
        }

        /** All output, the thought included. */
        public Builder output(BigDecimal amount) {
            this.output = amount("output", amount);
            return this;
        }

        /** A part of the output. */
        public Builder thought(BigDecimal amount) {
            this.thought = amount("thought", amount);
            return this;
        }

        public Builder services(BigDecimal amount) {
            this.services = amount("services", amount);
            return this;
        }

        /** Something that the bill may not bear out; {@code null} adds nothing. */
        public Builder assumption(@Nullable String assumption) {
            if (assumption != null) {
                assumptions.add(assumption);
            }
            return this;
        }

        /** The row of a price list that was used. */
        public Builder priceRow(String id) {
            priceRows.add(requireNonNull(id, "priceRow"));
            return this;
        }

        public Builder band(PriceBand band) {
            bands.add(requireNonNull(band, "band"));
            return this;
        }

        public Cost build() {
            return new Cost(this);
        }
    }
}
