package io.github.deepthink4j.agent.failover;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.UnresolvedModelServerException;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.InsufficientBalanceException;
import java.io.CharConversionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UnsupportedEncodingException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * After which failures another part is asked: overload, rate limit, timeout, lost or impossible connection, an answer that was
 * cut, empty or no answer at all; of DeepSeek's errors and, by LangChain4j's types and the JDK's, of every vendor's. Never after a
 * bad request or a bad key: the next part would get the same request, and a bad key is for a person to put right. Nor after an
 * interrupt or a cancel, since nobody waits.
 *
 * <p>Vendors' modules wrap what their HTTP client throws in whatever they like, such as a {@code CompletionException} or a bare
 * {@code LangChain4jException}: the outermost exception that says what kind of failure it is decides.
 *
 * @param onEmptyBalance whether an account without money (HTTP 402) is a reason too
 */
record FailoverPolicy(boolean onEmptyBalance) {

    private static final int PAYMENT_REQUIRED = 402;
    private static final Set<Integer> WORTH_ANOTHER_PART = Set.of(408, 425, 429);

    /** As deep as anybody wraps; causes may form a ring. */
    private static final int MOST_CAUSES = 32;

    /** Of the HTTP clients of the JDK, OkHttp, Apache, Netty and Reactor, where a module has kept the words alone. */
    private static final Pattern CONNECTION_WORDS = Pattern.compile(
            "(?:^(?:java\\.\\S+: |.*: )?(?:closed|(?:stream|socket|channel|connection)(?: was| is)? closed)\\b)"
                    + "|connection (?:was )?(?:reset|refused|aborted|timed out|prematurely closed|shut ?down|attempt failed)"
                    + "|(?:failed|unable|could not|cannot|can't) to (?:connect|reach)|failed to respond|no route to host"
                    + "|broken pipe|unknown host|unexpected end of (?:stream|file)|premature (?:end|close)|\\beof\\b"
                    + "|received no bytes|\\bgoaway\\b|rst_stream|stream was reset|(?:request|read|connect\\w*|call) timed out"
                    + "|handshake (?:failed|timed out)");

    boolean failsOver(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            Boolean decided = decide(cause);
            if (decided != null) {
                return decided;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** {@code null} where this one says nothing, so that its cause may. */
    private @Nullable Boolean decide(Throwable error) {
        if (error instanceof InsufficientBalanceException) {
            return onEmptyBalance;
        }
        if (error instanceof ConnectionFailedException failed) {
            // That our own executor has no room is not the part's fault, and holds for all of them.
            return failed.reason() != ConnectionFailedException.Reason.EXECUTOR;
        }
        if (nobodyWaits(error)) {
            return false;
        }
        Integer status = httpStatus(error);
        if (status != null && status == PAYMENT_REQUIRED) {
            return onEmptyBalance;
        }
        if (error instanceof RetriableException
                || error instanceof UnresolvedModelServerException
                || (status != null && (status >= 500 || WORTH_ANOTHER_PART.contains(status)))) {
            return true;
        }
        if (error instanceof NonRetriableException || error instanceof HttpException) {
            return false;
        }
        if (error instanceof IOException io) {
            return !isLocal(io);
        }
        boolean byItself = error instanceof UnresolvedAddressException
                || error.getClass().getSimpleName().endsWith("TimeoutException")
                || (error.getCause() == null && isBare(error) && tellsOfAConnection(error.getMessage()));
        return byItself ? true : null;
    }

    /** LangChain4j's types for a status have the HTTP exception as their cause; 402 has no type of its own. */
    private static @Nullable Integer httpStatus(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof HttpException http) {
                return http.statusCode();
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static boolean nobodyWaits(Throwable error) {
        return error instanceof InterruptedException
                || error instanceof CancellationException
                || error instanceof CallInterruptedException
                || error instanceof ClosedByInterruptException
                || (error instanceof InterruptedIOException
                        && !(error instanceof SocketTimeoutException)
                        && !tellsOfAConnection(error.getMessage())
                        && !"timeout".equals(error.getMessage()));
    }

    /** Of a file or a text on this side; the next part would get it too. */
    private static boolean isLocal(IOException error) {
        return error instanceof FileSystemException
                || error instanceof FileNotFoundException
                || error instanceof CharacterCodingException
                || error instanceof CharConversionException
                || error instanceof UnsupportedEncodingException;
    }

    /** A type that says nothing, so that its words have to; what the JDK has more exact types for is something else. */
    private static boolean isBare(Throwable error) {
        return error.getClass() == RuntimeException.class
                || (error instanceof RuntimeException
                        && !error.getClass().getName().startsWith("java."));
    }

    private static boolean tellsOfAConnection(@Nullable String message) {
        return message != null
                && CONNECTION_WORDS.matcher(message.toLowerCase(Locale.ROOT)).find();
    }
}
