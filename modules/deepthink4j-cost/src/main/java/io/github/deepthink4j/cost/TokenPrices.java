package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a million tokens cost, each sort of them, in a currency that the price list says. */
public final class TokenPrices {

    private static final int MILLION = 6;

    private final BigDecimal cacheHit;
    private final BigDecimal cacheMiss;
    private final BigDecimal output;
    private final @Nullable String assumption;

    private TokenPrices(BigDecimal cacheHit, BigDecimal cacheMiss, BigDecimal output, @Nullable String assumption) {
        this.cacheHit = Amounts.checked("cacheHit", cacheHit);
        this.cacheMiss = Amounts.checked("cacheMiss", cacheMiss);
        this.output = Amounts.checked("output", output);
        this.assumption = assumption;
    }

    /**
     * Prices for a million tokens.
     *
     * @param cacheHit  of input from the context cache; that of a miss, where the host has no cache
     * @param cacheMiss of other input
     * @param output    of output, the thought included
     * @throws IllegalArgumentException if one is negative, or has more than 30 digits before or behind the point
     */
    public static TokenPrices of(BigDecimal cacheHit, BigDecimal cacheMiss, BigDecimal output) {
        return new TokenPrices(cacheHit, cacheMiss, output, null);
    }

    /**
     * As {@link #of(BigDecimal, BigDecimal, BigDecimal)}.
     *
     * @throws NumberFormatException if one is no decimal number
     */
    public static TokenPrices of(String cacheHit, String cacheMiss, String output) {
        return of(new BigDecimal(cacheHit), new BigDecimal(cacheMiss), new BigDecimal(output));
    }

    /** The same prices, of which something is not sure: each cost by them is an estimate, and says this. */
    public TokenPrices assuming(String assumption) {
        return new TokenPrices(cacheHit, cacheMiss, output, requireNonNull(assumption, "assumption"));
    }

    /**
     * Each of them times a factor, such as 0.9 for a rebate of a tenth.
     *
     * @throws IllegalArgumentException as for a price, if the factor or what comes of it is none
     */
    public TokenPrices times(BigDecimal factor) {
        Amounts.checked("the factor", factor);
        return new TokenPrices(
                cacheHit.multiply(factor), cacheMiss.multiply(factor), output.multiply(factor), assumption);
    }

    /** Of a million tokens of input from the context cache. */
    public BigDecimal cacheHit() {
        return cacheHit;
    }

    /** Of a million tokens of other input. */
    public BigDecimal cacheMiss() {
        return cacheMiss;
    }

    /** Of a million tokens of output, the thought included. */
    public BigDecimal output() {
        return output;
    }

    /** What is not sure of them; {@code null} if nothing is. */
    public @Nullable String assumption() {
        return assumption;
    }

    /** Where the host did not say what was cached, the dearer price holds for all input. */
    Cost.Builder cost(Cost.Builder cost, BilledCall call) {
        Long hits = call.cacheHitTokens();
        long cached = hits == null ? 0 : hits;
        boolean cacheMatters = hits == null && call.inputTokens() > 0 && cacheHit.compareTo(cacheMiss) != 0;
        return cost.cacheHit(of(cacheHit, cached))
                .cacheMiss(of(cacheMiss, call.inputTokens() - cached))
                .output(of(output, call.outputTokens()))
                .thought(of(output, call.reasoningTokens()))
                .assumption(assumption)
                .assumption(call.assumption())
                .assumption(cacheMatters ? "none of the input was cached, of which the server said nothing" : null);
    }

    /** Exact: as many decimals as the price has, and six more. */
    private static BigDecimal of(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION);
    }

    /** Equal amounts are equal, however many zeros they end in. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenPrices that
                && cacheHit.compareTo(that.cacheHit) == 0
                && cacheMiss.compareTo(that.cacheMiss) == 0
                && output.compareTo(that.output) == 0
                && Objects.equals(assumption, that.assumption);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                cacheHit.stripTrailingZeros(), cacheMiss.stripTrailingZeros(), output.stripTrailingZeros(), assumption);
    }

    /** Such as {@code 0.003 / 0.15 / 0.60}. */
    @Override
    public String toString() {
        return cacheHit.toPlainString() + " / " + cacheMiss.toPlainString() + " / " + output.toPlainString();
    }
}
