package io.github.deepthink4j.model;

import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.error.StreamErrorException;
import io.github.deepthink4j.internal.answer.AssembledAnswer;
import io.github.deepthink4j.internal.answer.Ending;
import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.profile.ModelProfile;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** From a bad ending, or a failed connection, to the exception, with what had arrived by then. */
final class AnswerErrors {

    private static final String TRY_AGAIN = "Try again.";

    private AnswerErrors() {}

    /** For an answer that has ended, but not as it should. */
    static RuntimeException of(PreparedRequest request, AssembledAnswer answer, @Nullable String requestId) {
        Ending ending = answer.ending();
        ErrorDetails details = details(request, answer, requestId);
        return switch (ending.kind()) {
            case COMPLETE -> throw new IllegalArgumentException("a complete answer is no error");
            case CUT ->
                new StreamCutException(
                        message("The answer broke off (" + ending.detail() + ").", TRY_AGAIN, details), details, null);
            case ABORTED ->
                new StreamCutException(message("The server aborted the answer.", TRY_AGAIN, details), details, null);
            case EMPTY ->
                new EmptyAnswerException(
                        message("The model ended its answer without saying anything.", TRY_AGAIN, details),
                        details,
                        null);
            case BUDGET_EATEN ->
                new ReasoningBudgetException(
                        message(
                                "The limit on output tokens was reached "
                                        + (ending.detail() == null ? "before there was an answer" : ending.detail())
                                        + ".",
                                whatToDoAboutTheBudget(request.profile(), answer),
                                details),
                        details,
                        null);
            case REFUSED ->
                new ContentRefusedException(
                        message("The provider's content filter stopped the answer.", "Change the prompt.", details),
                        details,
                        null);
            case OVERLOADED ->
                new ServerOverloadedException(
                        message("The server ran out of capacity.", "Try again later.", details), details, null, null);
            case UNKNOWN_FINISH ->
                new MalformedAnswerException(
                        message(
                                "The answer ended with the unknown finish reason '" + ending.detail() + "'.",
                                "It may not be complete.",
                                details),
                        details,
                        null);
            case BAD_CALL ->
                new MalformedAnswerException(
                        message(
                                "A tool call of the answer can't be run (" + ending.detail() + ").",
                                TRY_AGAIN,
                                details),
                        details,
                        null);
            case ERROR_IN_STREAM -> {
                ErrorDetails said = said(details, ending);
                yield new StreamErrorException(
                        message("The server reported an error in the midst of the answer.", TRY_AGAIN, said),
                        said,
                        null);
            }
            case MALFORMED -> {
                ErrorDetails said = said(details, ending);
                yield new MalformedAnswerException(
                        message(
                                "What came from " + request.uri() + " is not an answer of a chat API.",
                                "Check the base url, and what stands between you and the server.",
                                said),
                        said,
                        null);
            }
            case TOO_LARGE ->
                new AnswerTooLargeException(
                        message(
                                "The answer is larger than the limits allow (" + ending.detail() + ").",
                                "Raise the limits of the model's builder if that was meant.",
                                details),
                        details,
                        null);
        };
    }

    /** What {@code max_tokens} counts, and whether there are efforts to lower, differs from model to model. */
    private static String whatToDoAboutTheBudget(ModelProfile profile, AssembledAnswer answer) {
        if (answer.thinking() == null) {
            return "Raise maxOutputTokens.";
        }
        if (!profile.whileThinking().thinkingInMaxTokens()) {
            return "maxOutputTokens does not count the thought of " + profile.name() + ": ask for less at a time.";
        }
        return "Raise maxOutputTokens, which counts the thought of " + profile.name()
                + (profile.efforts().meanings().isEmpty() ? "." : ", or ask for less reasoning effort.");
    }

    /** For an answer that the connection did not bring to its end. */
    static RuntimeException of(
            TransportFailure failure, PreparedRequest request, AssembledAnswer partial, @Nullable String requestId) {
        return of(failure, request.uri(), details(request, partial, requestId));
    }

    /** For a call whose model has been closed meanwhile. */
    static RuntimeException closed(ErrorDetails details) {
        return failed(
                "The model was closed while this call ran.",
                "Close a model when its last call has ended.",
                details,
                null,
                Reason.CLOSED);
    }

    static RuntimeException of(TransportFailure failure, URI uri, ErrorDetails details) {
        String host = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        Throwable cause = failure.cause();
        return switch (failure.kind()) {
            case CLOSED -> closed(details);
            case REFUSED ->
                failed("Nothing listens at " + host + ".", "Check the base url.", details, cause, Reason.REFUSED);
            case UNKNOWN_HOST ->
                failed(
                        "There is no host " + uri.getHost() + ".",
                        "Check the base url and the network.",
                        details,
                        cause,
                        Reason.UNKNOWN_HOST);
            case TLS ->
                failed(
                        "No secure connection to " + host + " came about.",
                        "Check the base url, the certificate and any proxy.",
                        details,
                        cause,
                        Reason.TLS);
            case RESET -> failed(host + " hung up before it answered.", TRY_AGAIN, details, cause, Reason.RESET);
            case REJECTED ->
                failed(
                        "The executor refused to run the callbacks.",
                        "Give the model an executor that is running and has room.",
                        details,
                        cause,
                        Reason.EXECUTOR);
            case OTHER ->
                failed(
                        "The request to " + host + " has failed"
                                + (cause == null ? "." : ": " + cause.getClass().getSimpleName() + "."),
                        "See the cause.",
                        details,
                        cause,
                        Reason.OTHER);
            case CUT ->
                new StreamCutException(
                        message("The connection was lost in the midst of the answer.", TRY_AGAIN, details),
                        details,
                        cause);
            case CONNECT_TIMEOUT -> timeout("No connection to " + host, Phase.CONNECT, "connect", failure, details);
            case FIRST_BYTE_TIMEOUT ->
                timeout("No first byte from " + host, Phase.FIRST_BYTE, "firstByte", failure, details);
            case IDLE_TIMEOUT -> timeout("Not a further byte from " + host, Phase.IDLE, "idle", failure, details);
            case TOTAL_TIMEOUT -> timeout("No complete answer from " + host, Phase.TOTAL, "total", failure, details);
        };
    }

    private static ConnectionFailedException failed(
            String what, String whatToDo, ErrorDetails details, @Nullable Throwable cause, Reason reason) {
        return new ConnectionFailedException(message(what, whatToDo, details), details, cause, reason);
    }

    private static DeepSeekTimeoutException timeout(
            String what, Phase phase, String setting, TransportFailure failure, ErrorDetails details) {
        return new DeepSeekTimeoutException(
                message(
                        what + " within " + failure.limit() + ".",
                        "Try again, or allow more time (Timeouts." + setting + ").",
                        details),
                details,
                failure.cause(),
                phase);
    }

    private static ErrorDetails details(PreparedRequest request, AssembledAnswer answer, @Nullable String requestId) {
        boolean nothing = answer.thinking() == null
                && answer.text() == null
                && answer.toolCalls().isEmpty();
        return ErrorDetails.custom()
                .requestId(requestId)
                .partialMessage(nothing ? null : ResponseMapper.message(request, answer))
                .tokenUsage(ResponseMapper.usage(answer.usage()))
                .build();
    }

    private static ErrorDetails said(ErrorDetails details, Ending ending) {
        return ErrorDetails.from(details)
                .providerMessage(Secrets.shortened(ending.detail()))
                .build();
    }

    private static String message(String what, String whatToDo, ErrorDetails details) {
        return details.describe(what, whatToDo);
    }
}
