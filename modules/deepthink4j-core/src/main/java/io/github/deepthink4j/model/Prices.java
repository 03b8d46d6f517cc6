package io.github.deepthink4j.model;

import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Who prices the calls of a model, and what the time is.
 *
 * @param pricing {@code null} if nobody does: then no usage has a cost
 */
record Prices(@Nullable Pricing pricing, Clock clock, SafeLog log) {

    /** A price list that throws must not cost the answer. */
    @Nullable
    Cost of(BilledCall.Builder call) {
        if (pricing == null) {
            return null;
        }
        try {
            return pricing.price(call.build());
        } catch (Throwable e) {
            log.warn("The price list has thrown; the cost of this call is unknown", e);
            return Cost.unknown("the price list has thrown " + e.getClass().getName());
        }
    }

    /**
     * Of a service that is not billed by tokens.
     *
     * @param endpoint with or without its query
     */
    @Nullable
    Cost ofService(URI endpoint, String service, long quantity) {
        if (pricing == null) {
            return null;
        }
        try {
            return pricing.priceService(withoutQuery(endpoint), service, quantity, clock.instant());
        } catch (Throwable e) {
            log.warn("The price list has thrown; the cost of this call is unknown", e);
            return Cost.unknown("the price list has thrown " + e.getClass().getName());
        }
    }

    /** Which may hold a key. */
    private static URI withoutQuery(URI endpoint) {
        String all = endpoint.toString();
        int query = all.indexOf('?');
        return query < 0 ? endpoint : URI.create(all.substring(0, query));
    }
}
