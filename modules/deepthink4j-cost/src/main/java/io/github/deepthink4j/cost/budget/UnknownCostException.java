package io.github.deepthink4j.cost.budget;

import dev.langchain4j.exception.NonRetriableException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;

/**
 * What a call will cost is not known, so that no budget in money can answer for it; it was not sent. Give the budget prices that know the model, or
 * an amount to count instead ({@code Budget.Builder.unknownCostsCountAs}).
 */
public final class UnknownCostException extends NonRetriableException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    UnknownCostException(String message) {
        super(message);
    }

    @Override
    public String code() {
        return "unknown_cost";
    }

    @Override
    public ErrorDetails details() {
        return ErrorDetails.NONE;
    }
}
