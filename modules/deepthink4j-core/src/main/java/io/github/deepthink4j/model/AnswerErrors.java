package io.github.deepthink4j.model;

import io.github.deepthink4j.error.AnswerTooLargeException;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.internal.answer.AssembledAnswer;
import io.github.deepthink4j.internal.answer.Ending;
import io.github.deepthink4j.internal.http.HttpErrors;
import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.profile.ModelProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From a bad ending of an answer to the exception, with what had arrived by then. */
final class AnswerErrors {

    private static final String TRY_AGAIN = "Try again.";

    private final PreparedRequest request;
    private final AssembledAnswer answer;
    private final Map<String, List<String>> headers;
    private final Secrets secrets;
    private final ErrorDetails details;

    /**
     * @param headers of the response
     */
    private AnswerErrors(
            PreparedRequest request, AssembledAnswer answer, Map<String, List<String>> headers, ErrorDetails details) {
        this.request = request;
        this.answer = answer;
        this.headers = headers;
        this.secrets = request.secrets();
        this.details = details;
    }

    /** For an answer that has ended, but not as it should. */
    static RuntimeException of(
            PreparedRequest request,
            AssembledAnswer answer,
            Map<String, List<String>> headers,
            Billing billing,
            Instant now) {
        return billing.failure(
                details(request, answer, headers, billing),
                answer,
                details -> new AnswerErrors(request, answer, headers, details).exception(answer.ending(), now));
    }

    private RuntimeException exception(Ending ending, Instant now) {
        String detail = secrets.shown(ending.detail(), Secrets.MAX_NAME);
        return switch (ending.kind()) {
            case COMPLETE -> throw new IllegalArgumentException("a complete answer is no error");
            case CUT ->
                new StreamCutException(message("The answer broke off (" + detail + ").", TRY_AGAIN), details, null);
            case ABORTED -> new StreamCutException(message("The server aborted the answer.", TRY_AGAIN), details, null);
            case EMPTY ->
                new EmptyAnswerException(
                        message("The model ended its answer without saying anything.", TRY_AGAIN), details, null);
            case BUDGET_EATEN ->
                new ReasoningBudgetException(
                        message(
                                "The limit on output tokens was reached "
                                        + Objects.requireNonNullElse(detail, "before there was an answer") + ".",
                                whatToDoAboutTheBudget()),
                        details,
                        null);
            case REFUSED -> {
                Ending trouble = ending.trouble();
                yield refused(ending.detail(), trouble == null ? null : exception(trouble, now));
            }
            case OVERLOADED ->
                new ServerOverloadedException(
                        message("The server ran out of capacity.", "Try again later."), details, null, null);
            case UNKNOWN_FINISH ->
                new MalformedAnswerException(
                        message(
                                "The answer ended with the unknown finish reason '" + detail + "'.",
                                "It may not be complete."),
                        details,
                        null);
            case BAD_CALL ->
                new MalformedAnswerException(
                        message("A tool call of the answer can't be run (" + detail + ").", TRY_AGAIN), details, null);
            case CONTRADICTORY ->
                new MalformedAnswerException(
                        message("The answer as a whole, at its end, is another one than its pieces.", TRY_AGAIN),
                        details,
                        null);
            case ERROR_IN_STREAM ->
                HttpErrors.within(
                        Objects.requireNonNullElse(ending.detail(), ""), headers, request.asked(), details, now);
            case MALFORMED -> {
                ErrorDetails said = said(ending.detail() == null ? null : HttpErrors.readable(ending.detail()));
                yield new MalformedAnswerException(
                        secrets.masked(said.describe(
                                "What came from " + request.asked().shownUri() + contentType()
                                        + " is not an answer of a chat API.",
                                "Check the base url, and what stands between you and the server.")),
                        said,
                        null);
            }
            case TOO_LARGE ->
                new AnswerTooLargeException(
                        message(
                                "The answer is larger than the limits allow (" + detail + ").",
                                "Raise the limits of the model's builder if that was meant."),
                        details,
                        null);
        };
    }

    /**
     * For an answer whose connection was lost.
     *
     * @param answer as far as it had come; if it was refused by then, that is what there is to tell
     * @param lost   what has become of the connection
     */
    static RuntimeException of(
            PreparedRequest request,
            AssembledAnswer answer,
            Map<String, List<String>> headers,
            Billing billing,
            Function<ErrorDetails, RuntimeException> lost) {
        return billing.failure(details(request, answer, headers, billing), answer, details -> {
            RuntimeException error = lost.apply(details);
            return answer.ending().kind() == Ending.Kind.REFUSED
                    ? new AnswerErrors(request, answer, headers, details)
                            .refused(answer.ending().detail(), error)
                    : error;
        });
    }

    /**
     * @param words   the model's own, where it was the model that has declined
     * @param trouble what came behind the refusal; {@code null} if nothing
     */
    private RuntimeException refused(@Nullable String words, @Nullable RuntimeException trouble) {
        if (trouble instanceof ContentRefusedException) {
            return trouble;
        }
        if (words == null) {
            return new ContentRefusedException(
                    message("The provider's content filter stopped the answer.", HttpErrors.afterRefusal(details)),
                    details,
                    trouble);
        }
        ErrorDetails said = said(words);
        return new ContentRefusedException(
                secrets.masked(said.describe("The model declined to answer.", HttpErrors.afterRefusal(said))),
                said,
                trouble);
    }

    /** What {@code max_tokens} counts, and whether there are efforts to lower, differs from model to model. */
    private String whatToDoAboutTheBudget() {
        if (answer.thinking() == null) {
            return "Raise maxOutputTokens.";
        }
        ModelProfile profile = request.profile();
        if (!profile.whileThinking().thinkingInMaxTokens()) {
            return "maxOutputTokens does not count the thought of " + profile.name() + ": ask for less at a time.";
        }
        return "Raise maxOutputTokens, which counts the thought of " + profile.name()
                + (profile.efforts().meanings().isEmpty() ? "." : ", or ask for less reasoning effort.");
    }

    /** What had arrived, and under which id. */
    static ErrorDetails details(
            PreparedRequest request, AssembledAnswer answer, Map<String, List<String>> headers, Billing billing) {
        boolean nothing = answer.thinking() == null
                && answer.text() == null
                && answer.toolCalls().isEmpty();
        return ErrorDetails.custom()
                .requestId(HttpErrors.requestId(headers, request.secrets()))
                .partialMessage(nothing ? null : ResponseMapper.message(request, answer))
                .unfinishedCall(answer.unfinishedCall())
                .beginning(request.beginning())
                .tokenUsage(billing.usage(answer))
                .cost(billing.costOfFailed(answer))
                .build();
    }

    private String contentType() {
        String type = HttpErrors.contentType(headers, secrets);
        return type == null ? "" : " as " + type;
    }

    private ErrorDetails said(@Nullable String words) {
        return ErrorDetails.from(details).providerMessage(secrets.shown(words)).build();
    }

    private String message(String what, String whatToDo) {
        return secrets.masked(details.describe(what, whatToDo));
    }
}
