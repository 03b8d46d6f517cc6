package io.github.deepthink4j.cost.budget;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a store that may wait has yet to note, by account. Whoever has heard of the end of an attempt may make the next one, and that
 * must find what the first one has given back.
 */
final class Unsettled {

    private final Map<String, CompletableFuture<Void>> open = new ConcurrentHashMap<>();

    /**
     * A settlement is about to be made.
     *
     * @return to be completed when it has been, or has failed
     */
    CompletableFuture<Void> begin(String account) {
        CompletableFuture<Void> one = new CompletableFuture<>();
        CompletableFuture<Void> all = open.merge(account, one, (before, now) -> CompletableFuture.allOf(before, now));
        all.whenComplete((nothing, error) -> open.remove(account, all));
        return one;
    }

    /** All that are open now; {@code null} if none is. */
    @Nullable
    CompletableFuture<Void> of(String account) {
        return open.get(account);
    }

    /** How many accounts have some. */
    int size() {
        return open.size();
    }
}
