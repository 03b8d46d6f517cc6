package io.github.deepthink4j.spring;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether DeepSeek can be reached, with this key. Spends no token, and asks once in a while however often somebody looks.
 *
 * <p>A page of health is asked by threads of a web server, of which a silent host must not hold one for long: it is asked in a thread
 * of its own, once at a time, and only who has begun to ask waits for it, for some seconds.
 */
final class HealthProbe {

    private static final String UP = "UP";
    private static final String DOWN = "DOWN";
    private static final Finding NOT_YET = new Finding("UNKNOWN", Map.of("error", "no_answer_yet"));
    private static final Finding SILENT = new Finding(DOWN, Map.of("error", "timeout"));

    /**
     * What was found.
     *
     * @param status  as Boot calls it
     * @param details without keys
     */
    record Finding(String status, Map<String, Object> details) {

        Finding(boolean up, Map<String, Object> details) {
            this(up ? UP : DOWN, details);
        }

        boolean up() {
            return status.equals(UP);
        }
    }

    private final Supplier<Finding> question;
    private final Duration cache;
    private final Duration timeout;
    private final Clock clock;
    private @Nullable Asking running;
    private @Nullable Finding last;
    private Instant foundAt = Instant.MIN;

    HealthProbe(Supplier<Finding> question, Duration cache, Duration timeout, Clock clock) {
        this.question = question;
        this.cache = cache;
        this.timeout = timeout;
        this.clock = clock;
    }

    static Finding models(DeepSeekModelCatalog catalog) {
        return new Finding(true, Map.of("models", catalog.listModels().size()));
    }

    static Finding balance(DeepSeekAccount account) {
        DeepSeekAccount.Balance balance = account.balance();
        Map<String, Object> details = new LinkedHashMap<>();
        balance.amounts().forEach(amount -> details.put(amount.currency(), amount.total()));
        return new Finding(balance.available(), details);
    }

    /** Messages of errors are kept to the log: a page of health may be open to everybody. */
    private static Finding failed(Throwable error) {
        String code = error instanceof DeepSeekError known
                ? known.code()
                : error.getClass().getSimpleName();
        return new Finding(false, Map.of("error", code));
    }

    /** Who comes while it is asked gets what was found last. */
    Finding find() {
        Asking mine;
        synchronized (this) {
            Finding known = last;
            if (known != null && isFresh()) {
                return known;
            }
            if (running != null) {
                return known == null ? NOT_YET : known;
            }
            mine = new Asking();
            running = mine;
        }
        return mine.ask();
    }

    private boolean isFresh() {
        Duration age = Duration.between(foundAt, clock.instant());
        return !age.isNegative() && age.compareTo(cache) < 0;
    }

    private synchronized void found(Finding finding) {
        last = finding;
        foundAt = clock.instant();
    }

    /** An answer at the last moment counts. */
    private synchronized Finding late(Asking asking, Thread thread) {
        if (running == asking) {
            asking.isLate = true;
            found(SILENT);
            thread.interrupt();
        }
        return last == null ? SILENT : last;
    }

    private synchronized void ended(Asking asking, Finding finding) {
        running = null;
        // One that was given up ends with an error because of that.
        if (!asking.isLate || finding.up()) {
            found(finding);
        }
    }

    /** A question, in a thread that ends with it. */
    private final class Asking implements Runnable {

        private final CompletableFuture<Finding> answer = new CompletableFuture<>();
        private boolean isLate;

        Finding ask() {
            Thread thread;
            try {
                thread = new Thread(this, "deepthink4j-health");
                thread.setDaemon(true);
                thread.start();
            } catch (Throwable e) {
                Finding none = failed(e);
                ended(this, none);
                return none;
            }
            try {
                return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return late(this, thread);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return NOT_YET;
            } catch (ExecutionException e) {
                return failed(Objects.requireNonNullElse(e.getCause(), e));
            }
        }

        @Override
        public void run() {
            Finding finding;
            try {
                finding = question.get();
            } catch (Throwable e) {
                finding = failed(e);
            }
            ended(this, finding);
            answer.complete(finding);
        }
    }
}
