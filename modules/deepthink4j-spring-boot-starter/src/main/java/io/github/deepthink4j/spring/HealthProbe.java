package io.github.deepthink4j.spring;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether DeepSeek can be reached, with this key. Spends no token, and asks once in a while however often somebody looks. */
final class HealthProbe {

    /**
     * What was found.
     *
     * @param details without keys
     */
    record Finding(boolean up, Map<String, Object> details) {}

    private final Supplier<Finding> question;
    private final Duration cache;
    private final Clock clock;
    private @Nullable Finding last;
    private Instant goodUntil = Instant.MIN;

    HealthProbe(Supplier<Finding> question, Duration cache, Clock clock) {
        this.question = question;
        this.cache = cache;
        this.clock = clock;
    }

    static Finding models(DeepSeekModelCatalog catalog) {
        return asked(
                () -> new Finding(true, Map.of("models", catalog.listModels().size())));
    }

    static Finding balance(DeepSeekAccount account) {
        return asked(() -> {
            DeepSeekAccount.Balance balance = account.balance();
            Map<String, Object> details = new LinkedHashMap<>();
            balance.amounts().forEach(amount -> details.put(amount.currency(), amount.total()));
            return new Finding(balance.available(), details);
        });
    }

    /** Messages of errors are kept to the log: a page of health may be open to everybody. */
    private static Finding asked(Supplier<Finding> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            return new Finding(
                    false,
                    Map.of(
                            "error",
                            e instanceof DeepSeekError known
                                    ? known.code()
                                    : e.getClass().getSimpleName()));
        }
    }

    /** One at a time: who comes meanwhile gets the same. */
    synchronized Finding find() {
        Instant now = clock.instant();
        Finding known = last;
        if (known == null || !now.isBefore(goodUntil)) {
            known = question.get();
            last = known;
            goodUntil = clock.instant().plus(cache);
        }
        return known;
    }
}
