package io.github.deepthink4j.price;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The price list on the class path. Not kept: in a container each application has its own. */
final class FoundPricing {

    private FoundPricing() {}

    static @Nullable Pricing find() {
        List<Pricing> all = from(Pricing.class.getClassLoader());
        if (all.isEmpty()) {
            // In a container we may stand above the application that brings the prices.
            all = from(Thread.currentThread().getContextClassLoader());
        }
        if (all.size() < 2) {
            return all.isEmpty() ? null : all.get(0);
        }
        String names =
                all.stream().map(found -> found.getClass().getName()).sorted().collect(Collectors.joining(" and "));
        return call ->
                Cost.unknown("several price lists are on the class path, " + names + ": choose one with pricing(...)");
    }

    private static List<Pricing> from(@Nullable ClassLoader loader) {
        List<Pricing> found = new ArrayList<>();
        ServiceLoader.load(Pricing.class, loader).forEach(found::add);
        return found;
    }
}
