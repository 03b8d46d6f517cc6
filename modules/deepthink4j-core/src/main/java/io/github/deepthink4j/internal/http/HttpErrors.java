package io.github.deepthink4j.internal.http;

import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.ContextTooLongException;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.UnknownModelException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From an HTTP status and what came with it to the exception. The status decides and not the body's {@code type} and
 * {@code code}, which are not reliable (docs/protocol.md, section 3); only a 400 is told apart by its words.
 */
public final class HttpErrors {

    private static final List<String> REQUEST_ID_HEADERS =
            List.of("x-request-id", "x-deepseek-request-id", "x-ds-trace-id");
    private static final Pattern LIMIT = Pattern.compile("(?i)limit of (\\d{1,9})");

    private HttpErrors() {}

    /**
     * @param body          what came with the status, perhaps cut
     * @param modelName     for messages; empty where there is none
     * @param contextWindow of the model, in tokens; {@code null} where it is not known
     * @param now           what a {@code Retry-After} date is compared with
     */
    public static RuntimeException of(
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            String modelName,
            @Nullable Integer contextWindow,
            Instant now) {
        String said = ErrorText.of(body);
        ErrorDetails details = ErrorDetails.custom()
                .httpStatus(status)
                .requestId(requestId(headers))
                .providerMessage(Secrets.shortened(said))
                .build();
        Duration retryAfter = RetryAfter.parse(headers, now).orElse(null);
        return switch (status) {
            case 401, 403 ->
                new InvalidApiKeyException(
                        details.describe(
                                "The API key was not accepted.", "Check the key and that it belongs to this base url."),
                        details,
                        null);
            case 402 ->
                new InsufficientBalanceException(
                        details.describe("The account has no balance left.", "Top up the account, or use another key."),
                        details,
                        null);
            case 404 -> unknownModel(details, modelName);
            case 408 ->
                new DeepSeekTimeoutException(
                        details.describe("The server gave up waiting for the request.", "Try again."),
                        details,
                        null,
                        DeepSeekTimeoutException.Phase.SERVER);
            case 429 ->
                new DeepSeekRateLimitException(
                        details.describe(
                                "Too many requests at a time.",
                                "Send fewer at once; DeepSeek's limit also shrinks with the balance."),
                        details,
                        null,
                        limit(said),
                        retryAfter);
            case 503 ->
                new ServerOverloadedException(
                        details.describe("The server is overloaded.", "Try again later."), details, null, retryAfter);
            default ->
                status >= 500
                        ? new ServerFaultException(
                                details.describe("The server has failed.", "Try again later."), details, null)
                        : rejected(status, details, said, modelName, contextWindow);
        };
    }

    /** The id under which the provider finds the request in its logs; {@code null} if the headers have none. */
    public static @Nullable String requestId(Map<String, List<String>> headers) {
        for (String name : REQUEST_ID_HEADERS) {
            String id = RetryAfter.header(headers, name);
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private static RuntimeException rejected(
            int status,
            ErrorDetails details,
            @Nullable String said,
            String modelName,
            @Nullable Integer contextWindow) {
        String words = said == null ? "" : said.toLowerCase(Locale.ROOT);
        if (words.contains("model not exist") || words.contains("model does not exist")) {
            return unknownModel(details, modelName);
        }
        if (words.contains("maximum context length") || words.contains("context length exceeded")) {
            return new ContextTooLongException(
                    details.describe(
                            "The conversation is longer than the model's context window"
                                    + (contextWindow == null ? "." : " of " + contextWindow + " tokens."),
                            "Send less, for example with a chat memory that has a token limit."),
                    details,
                    null);
        }
        if (words.contains("content exists risk") || words.contains("content filter")) {
            return new ContentRefusedException(
                    details.describe("The provider's content filter refused the prompt.", "Change the prompt."),
                    details,
                    null);
        }
        if (status >= 300 && status < 400) {
            return new RequestRejectedException(
                    details.describe(
                            "The server redirects elsewhere, and redirects are not followed, so that the key stays here.",
                            "Set the base url to where the API really is."),
                    details,
                    null);
        }
        return new RequestRejectedException(
                details.describe(
                        "The server did not accept the request.",
                        "Change the request; sent again as it is, it will be refused again."),
                details,
                null);
    }

    private static UnknownModelException unknownModel(ErrorDetails details, String modelName) {
        String what = modelName.isEmpty()
                ? "There is no such endpoint."
                : "There is no model '" + modelName + "', or no such endpoint.";
        return new UnknownModelException(
                details.describe(what, "Check the model name and the base url."), details, null);
    }

    private static @Nullable Integer limit(@Nullable String said) {
        Matcher matcher = said == null ? null : LIMIT.matcher(said);
        return matcher != null && matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
    }
}
