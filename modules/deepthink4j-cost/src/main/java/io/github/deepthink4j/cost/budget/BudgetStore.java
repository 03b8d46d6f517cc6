package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where budgets note what is spent and reserved: in memory for one process, {@link JdbcBudgetStore} for several. Thread-safe; each
 * method is atomic over all processes that share the store.
 *
 * <p>A clock may be ahead for a moment. What was noted more than five minutes later than the present of a reservation is taken for noted at that
 * present, so that it counts, and renews as anything of today does; and what still counted should not be deleted by such a clock.
 */
public interface BudgetStore {

    /**
     * What an attempt may cost, as it is reserved before it is sent.
     *
     * @param id      of its own
     * @param account whose budget it is, by the budget's name and the user, conversation or day's key
     * @param slice   the part of time where it counts, by its beginning
     * @param since   the first slice that counts now
     * @param until   when the slice no longer counts; {@code null} for never
     * @param amount  in the budget's unit
     * @param limit   of the account; {@code null} if more may be reserved than there is
     * @param now     what is not settled by {@code expires} no longer counts
     */
    record Reservation(
            String id,
            String account,
            Instant slice,
            Instant since,
            @Nullable Instant until,
            BigDecimal amount,
            @Nullable BigDecimal limit,
            Instant now,
            Instant expires) {}

    /**
     * What became of it.
     *
     * @param reserved whether it is reserved now
     * @param used     of the account, spent and reserved, without it
     * @param oldest   the first slice in which anything counts; {@code null} if nothing does
     */
    record Balance(
            boolean reserved, BigDecimal used, @Nullable Instant oldest) {}

    /**
     * Reserves if spent, reserved and the new amount together are no more than the limit. Reservations that have expired do not count.
     */
    Balance reserve(Reservation reservation);

    /**
     * The real amount comes in place of the reserved one, also if that has expired meanwhile; zero if nothing was spent. A budget settles once for
     * each reservation; the stores of this module count once what they are told twice before it has expired, so whoever has lost the answer may
     * ask again.
     */
    void settle(Reservation reservation, BigDecimal spent);

    /** Whether its methods may wait for something, such as a database: then they are called on threads that may. */
    default boolean mayBlock() {
        return true;
    }

    /** For one process; what is over is forgotten. */
    static BudgetStore inMemory() {
        return new InMemoryBudgetStore();
    }
}
