package io.github.deepthink4j.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is billed by another measure than tokens, such as searches and pages.
 *
 * @param name       such as {@code search}
 * @param unit       what is counted, such as {@code successful searches}
 * @param per        how many of them the price is for; 1, 10, 100 and so on, so that all amounts are exact
 * @param from       in the price list's time zone
 * @param prices     by currency
 * @param assumption what is not sure of it; {@code null} if nothing is
 */
public record ServicePrice(
        String name,
        String unit,
        long per,
        LocalDateTime from,
        Map<Currency, BigDecimal> prices,
        @Nullable String assumption) {

    public ServicePrice {
        requireNonNull(name, "name");
        requireNonNull(unit, "unit");
        requireNonNull(from, "from");
        prices = Map.copyOf(prices);
        prices.forEach((currency, price) -> Amounts.checked("the price in " + currency.getCurrencyCode(), price));
        if (per < 1
                || !BigDecimal.valueOf(per).stripTrailingZeros().unscaledValue().equals(BigInteger.ONE)) {
            throw new IllegalArgumentException("per must be 1, 10, 100 and so on, but is " + per);
        }
    }

    ServicePrice times(BigDecimal factor) {
        Amounts.checked("the factor", factor);
        Map<Currency, BigDecimal> multiplied = new HashMap<>();
        prices.forEach((currency, price) -> multiplied.put(currency, price.multiply(factor)));
        return new ServicePrice(name, unit, per, from, multiplied, assumption);
    }

    /** Exact, since it divides by a power of ten. */
    BigDecimal amount(BigDecimal price, long quantity) {
        return price.multiply(BigDecimal.valueOf(quantity)).divide(BigDecimal.valueOf(per));
    }
}
