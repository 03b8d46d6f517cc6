package io.github.deepthink4j.error;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.price.Cost;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What failures say of the bill: those of this project, those of LangChain4j's other modules, and those of anybody. */
final class BilledFailures {

    /** Of gates, which stand above this package and have no exception that is a common one. */
    private static final Set<String> OF_NOTHING_SENT =
            Set.of("budget_exceeded", "budget_store", "unknown_cost", "call_queue_full");

    /** A chain may be long, or a ring. */
    private static final int MOST = 64;

    private BilledFailures() {}

    static boolean mayBe(Throwable error) {
        if (error instanceof ConnectionFailedException failed) {
            return switch (failed.reason()) {
                case REFUSED, UNKNOWN_HOST, TLS -> false;
                default -> true;
            };
        }
        if (error instanceof DeepSeekTimeoutException timeout) {
            return switch (timeout.phase()) {
                case CONNECT, SERVER -> false;
                default -> true;
            };
        }
        // LangChain4j files these under invalid requests; and what a host could not read, whatever its status, a model
        // has written.
        if (error instanceof MalformedAnswerException
                || error instanceof ReasoningBudgetException
                || error instanceof AnswerTooLargeException) {
            return true;
        }
        Integer status = status(error);
        if (status != null) {
            return mayBeBilled(status) && !isRefusal(error);
        }
        if (error instanceof DeepSeekError own) {
            return !isRefusal(error) && !OF_NOTHING_SENT.contains(own.code());
        }
        return !isRefusal(error) && !neverArrived(error);
    }

    private static @Nullable Integer status(Throwable error) {
        if (error instanceof DeepSeekError own) {
            return own.httpStatus();
        }
        return error instanceof HttpException http ? Integer.valueOf(http.statusCode()) : null;
    }

    /** A server without capacity has not begun; what has failed, or a gateway before it, may have. */
    private static boolean mayBeBilled(int status) {
        return status < 300 || (status >= 500 && status != 503 && status != 529);
    }

    private static boolean isRefusal(Throwable error) {
        return error instanceof AuthenticationException
                || error instanceof RateLimitException
                || error instanceof ModelNotFoundException
                || error instanceof UnresolvedModelServerException
                || error instanceof UnsupportedFeatureException
                // A filter may stop the answer as well as the question.
                || (error instanceof InvalidRequestException && !(error instanceof ContentFilteredException));
    }

    /** As the clients of other vendors tell it. */
    private static boolean neverArrived(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST; depth++) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static @Nullable Cost cost(Throwable error) {
        return cost(error, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static @Nullable Cost cost(Throwable error, Set<Throwable> seen) {
        if (seen.size() == MOST || !seen.add(error)) {
            return null;
        }
        Cost sum = null;
        if (error instanceof DeepSeekError own) {
            // With all attempts at the same call, one of which may be its cause.
            sum = own.cost();
        } else if (error.getCause() != null) {
            sum = cost(error.getCause(), seen);
        }
        for (Throwable other : error.getSuppressed()) {
            Cost more = cost(other, seen);
            sum = sum == null || more == null ? (sum == null ? more : sum) : sum.add(more);
        }
        return sum;
    }
}
