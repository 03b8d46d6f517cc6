package io.github.deepthink4j.cost.budget;

import dev.langchain4j.exception.NonRetriableException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.http.OnwardFailure;
import org.jspecify.annotations.Nullable;

/**
 * A store of budgets could not be read or written. A call that wanted to reserve was not sent; it is not tried again by itself, and no other model is
 * asked instead, as after a failure of a server.
 */
public final class BudgetStoreException extends NonRetriableException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    BudgetStoreException(String message, @Nullable Throwable cause) {
        super(message, cause == null ? null : OnwardFailure.of(cause));
    }

    @Override
    public String code() {
        return "budget_store";
    }

    @Override
    public ErrorDetails details() {
        return ErrorDetails.NONE;
    }
}
