package io.github.deepthink4j.cost.budget;

import dev.langchain4j.exception.LangChain4jException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;

/** A store of budgets could not be read or written. A call that wanted to reserve was not sent. */
public final class BudgetStoreException extends LangChain4jException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    BudgetStoreException(String message, Throwable cause) {
        super(message, cause);
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
