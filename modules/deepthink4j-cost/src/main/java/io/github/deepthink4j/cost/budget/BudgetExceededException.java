package io.github.deepthink4j.cost.budget;

import dev.langchain4j.exception.NonRetriableException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is left of a hard budget does not suffice for a call, or for a further attempt at it; that was not sent. An attempt that failed before is
 * a suppressed exception.
 */
public final class BudgetExceededException extends NonRetriableException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final String budget;
    private final @Nullable String key;
    private final BigDecimal limit;
    private final BigDecimal used;
    private final BigDecimal wanted;
    private final @Nullable Instant renewsAt;

    BudgetExceededException(String message, BudgetUse use) {
        super(message);
        this.budget = use.budget();
        this.key = use.key();
        this.limit = use.limit();
        this.used = use.used();
        this.wanted = use.wanted();
        this.renewsAt = use.renewsAt();
    }

    /** Which budget, by its name. */
    public String budget() {
        return budget;
    }

    /** Whose it is, such as a user's id; empty for a budget of all together. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
    }

    public BigDecimal limit() {
        return limit;
    }

    /** Spent already, or reserved by calls that run. */
    public BigDecimal used() {
        return used;
    }

    /** What the call would have reserved. */
    public BigDecimal wanted() {
        return wanted;
    }

    /** When there is something again: of a rolling period, when the oldest of what counts no longer does. Empty if that never comes. */
    public Optional<Instant> renewsAt() {
        return Optional.ofNullable(renewsAt);
    }

    @Override
    public String code() {
        return "budget_exceeded";
    }

    @Override
    public ErrorDetails details() {
        return ErrorDetails.NONE;
    }
}
