package io.github.deepthink4j.internal.refusal;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.TurnTooLongException;
import java.util.Set;

/** Which failures say that the request itself is not acceptable, so that it would be refused again. */
final class Refusals {

    /** Others, such as a redirect or 405, are about the address. */
    private static final Set<Integer> OF_WHAT_WAS_ASKED = Set.of(400, 413, 422, 451);

    private Refusals() {}

    /**
     * LangChain4j files under invalid requests, its content filter included, whatever a repetition can't cure; some of that is no
     * fault of what was asked.
     */
    static boolean include(Throwable error) {
        if (error instanceof UnsupportedFeatureException) {
            return true;
        }
        if (error instanceof RequestRejectedException rejected) {
            Integer status = rejected.details().httpStatus();
            return status == null || OF_WHAT_WAS_ASKED.contains(status);
        }
        return error instanceof InvalidRequestException
                && !(error instanceof InsufficientBalanceException
                        || error instanceof ReasoningBudgetException
                        || error instanceof AnswerTooLargeException
                        || error instanceof TurnTooLongException);
    }
}
