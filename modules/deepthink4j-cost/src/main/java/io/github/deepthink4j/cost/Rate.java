package io.github.deepthink4j.cost;

import io.github.deepthink4j.price.PriceBand;
import java.util.Currency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The price of a model at a moment.
 *
 * @param row        of the price list
 * @param band       whether it is that of peak hours
 * @param currency   of the prices
 * @param prices     for a million tokens
 * @param assumption what is not sure about the hour; {@code null} if nothing is
 */
public record Rate(
        PriceRow row,
        PriceBand band,
        Currency currency,
        TokenPrices prices,
        @Nullable String assumption) {

    /** Whether it is the dearer one of the day. */
    public boolean isPeak() {
        return band == PriceBand.PEAK;
    }

    /** Such as {@code 0.003 / 0.15 / 0.60 USD, off-peak, flash-2026-09-10}: cache hits, misses, output, each a million tokens. */
    @Override
    public String toString() {
        String hours = band == PriceBand.STANDARD
                ? ""
                : ", " + band.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return prices + " " + currency.getCurrencyCode() + hours + ", " + row.id()
                + (assumption == null ? "" : " (" + assumption + ")");
    }
}
