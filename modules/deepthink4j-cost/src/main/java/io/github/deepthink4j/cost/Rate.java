package io.github.deepthink4j.cost;

import io.github.deepthink4j.price.PriceBand;
import java.util.Currency;
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
}
