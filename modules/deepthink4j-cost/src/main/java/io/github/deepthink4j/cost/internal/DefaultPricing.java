package io.github.deepthink4j.cost.internal;

import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Pricing;
import java.net.URI;
import java.time.Instant;

/** What a model finds on the class path: DeepSeek's own prices in dollars. */
public final class DefaultPricing implements Pricing {

    @Override
    public Cost price(BilledCall call) {
        return PriceList.deepSeek().price(call);
    }

    @Override
    public Cost priceService(URI endpoint, String service, long quantity, Instant moment) {
        return PriceList.deepSeek().priceService(endpoint, service, quantity, moment);
    }
}
