package io.github.deepthink4j.price;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What calls cost: a price list. {@code PriceList} of {@code deepthink4j-cost} is one, and a model finds it by itself where that
 * module is on the class path, as a {@link java.util.ServiceLoader} service of this type; a builder's {@code pricing} takes any
 * other. Implementations are called by many threads at once, on those that bring the answers, and should return soon.
 */
@FunctionalInterface
public interface Pricing {

    /** Prices nothing: each cost is unknown. */
    Pricing NONE = call -> Cost.unknown("no price list is set");

    /** What the call cost; {@link Cost#unknown} where the host, the model or the moment has no price here. */
    Cost price(BilledCall call);

    /**
     * What was used of a service that is not billed by tokens, such as a search. {@link Cost#unknown} by default.
     *
     * @param endpoint where the request went, without its query
     * @param service  such as {@code search} or {@code ocr}
     * @param quantity how many of its units, such as successful searches or pages; 0 is free, and not unknown
     */
    default Cost priceService(URI endpoint, String service, long quantity, Instant moment) {
        return Cost.unknown("the price list has no services");
    }

    /**
     * The one that the class path brings; {@code null} if it brings none. Where it brings several, which of them to take is for
     * the builder to say, and until then each cost is unknown.
     */
    static @Nullable Pricing found() {
        return FoundPricing.find();
    }
}
