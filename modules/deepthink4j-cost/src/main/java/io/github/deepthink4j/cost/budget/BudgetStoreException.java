package io.github.deepthink4j.cost.budget;

/** A store of budgets could not be read or written. A call that wanted to reserve was not sent. */
public final class BudgetStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BudgetStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
