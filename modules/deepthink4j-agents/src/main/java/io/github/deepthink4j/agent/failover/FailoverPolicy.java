package io.github.deepthink4j.agent.failover;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.InsufficientBalanceException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * After which failures another part is asked: overload, rate limit, timeout, lost or impossible connection, an answer that was
 * cut, empty or no answer at all; of DeepSeek's errors and, by LangChain4j's types, of every vendor's. Never after a bad request or
 * a bad key: the next part would get the same request, and a bad key is for a person to put right.
 *
 * @param onEmptyBalance whether an account without money (HTTP 402) is a reason too
 */
record FailoverPolicy(boolean onEmptyBalance) {

    private static final int PAYMENT_REQUIRED = 402;
    private static final Set<Integer> WORTH_ANOTHER_PART = Set.of(408, 425, 429);

    boolean failsOver(Throwable error) {
        if (error instanceof InsufficientBalanceException || httpStatus(error) == PAYMENT_REQUIRED) {
            return onEmptyBalance;
        }
        if (error instanceof ConnectionFailedException failed) {
            // That our own executor has no room is not the part's fault, and holds for all of them.
            return failed.reason() != ConnectionFailedException.Reason.EXECUTOR;
        }
        if (error instanceof RetriableException || error instanceof UnresolvedModelServerException) {
            return true;
        }
        int status = httpStatus(error);
        return status >= 500 || WORTH_ANOTHER_PART.contains(status) || isIo(error);
    }

    /** Some vendors' modules let the HTTP client's exceptions through, or keep them as the cause. */
    private static int httpStatus(Throwable error) {
        for (Throwable cause = error; cause != null; cause = next(cause)) {
            if (cause instanceof HttpException http) {
                return http.statusCode();
            }
        }
        return 0;
    }

    private static boolean isIo(Throwable error) {
        return error.getClass() == RuntimeException.class && error.getCause() instanceof IOException;
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}
