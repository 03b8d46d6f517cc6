package io.github.deepthink4j.cost.budget;

import dev.langchain4j.exception.NonRetriableException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call will cost is not known, so that no budget in money can answer for it; it was not sent. Give the budget prices that know the model, or
 * an amount to count instead ({@code Budget.Builder.unknownCostsCountAs}).
 */
public final class UnknownCostException extends NonRetriableException implements DeepSeekError {

    private static final long serialVersionUID = 1L;

    private final String budget;
    private final @Nullable String key;

    UnknownCostException(String message, Whose whose) {
        super(message);
        this.budget = whose.budget();
        this.key = whose.key();
    }

    /** Which budget, by its name. */
    public String budget() {
        return budget;
    }

    /** Whose it is, such as a user's id; empty for a budget of all together. */
    public Optional<String> key() {
        return Optional.ofNullable(key);
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
