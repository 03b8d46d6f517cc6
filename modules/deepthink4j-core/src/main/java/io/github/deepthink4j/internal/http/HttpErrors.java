package io.github.deepthink4j.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.ContextTooLongException;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.InsufficientBalanceException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamErrorException;
import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.internal.value.PlainWords;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From what a server has refused with to the exception, the same whether the refusal is a status or stands within a 200. The
 * status decides, and not the body's {@code type} and {@code code}, which are not reliable (docs/protocol.md, section 3), but
 * for what no status says well: an empty account, an unknown model, a conversation that is too long, a content filter, a slip
 * of the model. These
 * are told by {@link HostWords}.
 */
public final class HttpErrors {

    private static final List<String> REQUEST_ID_HEADERS =
            List.of("x-request-id", "x-deepseek-request-id", "x-ds-trace-id");
    private static final Pattern LIMIT = Pattern.compile("(?i)limit of (\\d{1,9})");

    /** What a context window is in a server's words: a bound, of what, and how much; what it says of the request is none. */
    private static final Pattern WINDOW = Pattern.compile(
            "(?i)(?:maximum|max|available|exceed(?:s|ed)?|longer than|larger than|greater than|model's)\\b"
                    + "[^\\d.;]{0,60}?\\b(?:context|length|size|window|limit|max_seq_len)\\b"
                    + "[^\\d.;]{0,25}?(?<! by )(\\d[\\d,]{2,12})");

    private static final int CONFLICT = 409;

    private static final String OWN_HOST = "deepseek.com";

    private HttpErrors() {}

    /**
     * What was asked for.
     *
     * @param modelName     empty where there is none
     * @param contextWindow of the model, in tokens; {@code null} where it is not known
     * @param secrets       what no message may show
     * @param once          {@code null} where it may be tried again whatever has become of it
     */
    public record Asked(
            URI uri,
            String modelName,
            @Nullable Integer contextWindow,
            Secrets secrets,
            @Nullable OnceOnly once) {

        /** What may be tried again. */
        public Asked(URI uri, String modelName, @Nullable Integer contextWindow, Secrets secrets) {
            this(uri, modelName, contextWindow, secrets, null);
        }

        /** What to do after an error behind which it may have been done. */
        public String again(String tryAgain) {
            return once == null ? tryAgain : once.look();
        }

        /** Where to, without what is secret in it. */
        public URI shownUri() {
            return secrets.masked(uri);
        }

        /** Whether it was DeepSeek itself that was asked, and no other host of its models. */
        boolean isDeepSeek() {
            String host = uri.getHost();
            return host != null
                    && (host.equalsIgnoreCase(OWN_HOST)
                            || host.toLowerCase(Locale.ROOT).endsWith("." + OWN_HOST));
        }
    }

    /** What to do when content was refused. */
    public static String afterRefusal(ErrorDetails details) {
        return !details.hasArrived() && details.beginning() == null
                ? "Change the prompt."
                : "Withdraw what was shown of it, and change the prompt.";
    }

    /**
     * @param body what came with the status, perhaps cut
     * @param now  what a {@code Retry-After} date is compared with
     */
    public static RuntimeException of(
            int status, Map<String, List<String>> headers, byte[] body, Asked asked, Instant now) {
        return of(status, headers, body, asked, ErrorDetails.NONE, now);
    }

    /**
     * @param body  what came with the status, perhaps cut
     * @param soFar what is known beside it, such as what attempts before were billed
     * @param now   what a {@code Retry-After} date is compared with
     */
    public static RuntimeException of(
            int status, Map<String, List<String>> headers, byte[] body, Asked asked, ErrorDetails soFar, Instant now) {
        ServerWords said = ServerWords.of(body);
        Meaning meaning = HostWords.meaning(said)
                .filter(words -> words.isMoreThan(status))
                .orElse(byStatus(status, said, asked));
        ErrorDetails details = ErrorDetails.from(soFar)
                .httpStatus(status)
                .requestId(requestId(headers, asked.secrets()))
                .providerMessage(asked.secrets().shown(said.message()))
                .build();
        return new Refusal(
                        status,
                        meaning,
                        said,
                        details,
                        RetryAfter.parse(headers, now).orElse(null),
                        asked)
                .exception();
    }

    /**
     * An error that stands within a success: what the status would have been, as long as nothing of an answer has come.
     *
     * @param body  what the server said
     * @param soFar what is known beside it, such as what of the answer had arrived
     */
    public static RuntimeException within(
            String body, Map<String, List<String>> headers, Asked asked, ErrorDetails soFar, Instant now) {
        ServerWords said = ServerWords.of(body);
        Integer status = said.status();
        Meaning byStatus = status == null ? Meaning.UNKNOWN : byStatus(status, said, asked);
        Meaning first = HostWords.meaning(said)
                .filter(words -> status == null || words.isMoreThan(status))
                .orElse(byStatus);
        // In the midst of an answer it is no use to know which of the passing troubles it was: the answer is lost.
        boolean lost = soFar.hasArrived() && !first.isMoreThanStatus() && first != Meaning.KEY;
        Meaning meaning = lost ? Meaning.UNKNOWN : first;
        ErrorDetails details = ErrorDetails.from(soFar)
                .httpStatus(status)
                .providerMessage(asked.secrets().shown(said.message()))
                .build();
        return new Refusal(
                        status == null ? 0 : status,
                        meaning,
                        said,
                        details,
                        RetryAfter.parse(headers, now).orElse(null),
                        asked)
                .exception();
    }

    /** What of something that is no answer may stand in a message. */
    public static String readable(String said) {
        return ServerWords.readable(said);
    }

    /** Whether JSON that should be something else is an error. */
    public static boolean isError(JsonNode json) {
        return ServerWords.isError(json);
    }

    /** The id under which the provider finds the request in its logs; {@code null} if the headers have none. */
    public static @Nullable String requestId(Map<String, List<String>> headers, Secrets secrets) {
        for (String name : REQUEST_ID_HEADERS) {
            String id = secrets.shown(ResponseHeaders.first(headers, name), Secrets.MAX_NAME);
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    /** What the server says that it has sent; {@code null} if it says nothing. */
    public static @Nullable String contentType(Map<String, List<String>> headers, Secrets secrets) {
        return secrets.shown(ResponseHeaders.first(headers, "content-type"), Secrets.MAX_NAME);
    }

    /** A 404 that speaks of a file is none of a model. */
    private static Meaning byStatus(int status, ServerWords said, Asked asked) {
        Meaning meaning = Meaning.ofStatus(status);
        return meaning == Meaning.MODEL && MissingFile.id(said.message()) != null ? Meaning.REJECTED : meaning;
    }

    /** What is known of one refusal. */
    private record Refusal(
            int status,
            Meaning meaning,
            ServerWords said,
            ErrorDetails details,
            @Nullable Duration retryAfter,
            Asked asked) {

        RuntimeException exception() {
            return switch (meaning) {
                case KEY ->
                    new InvalidApiKeyException(
                            message(
                                    "The API key was not accepted.",
                                    "Check the key and that it belongs to this base url."),
                            details,
                            null);
                case BALANCE ->
                    new InsufficientBalanceException(
                            message("The account has no balance left.", "Top up the account, or use another key."),
                            details,
                            null);
                case MODEL -> new UnknownModelException(unknownModel(), details, null);
                case WAITED ->
                    new DeepSeekTimeoutException(
                            message("The server gave up waiting for the request.", asked.again("Try again.")),
                            details,
                            null,
                            DeepSeekTimeoutException.Phase.SERVER);
                case RATE ->
                    new DeepSeekRateLimitException(
                            message(
                                    "Too many requests at a time.",
                                    whenToComeBack() + "Send fewer at once"
                                            + (asked.isDeepSeek()
                                                    ? "; DeepSeek's limit also shrinks with the balance."
                                                    : ".")),
                            details,
                            null,
                            limit(),
                            retryAfter);
                case OVERLOAD ->
                    new ServerOverloadedException(
                            message("The server is overloaded.", later()), details, null, retryAfter);
                case FAULT -> new ServerFaultException(message("The server has failed.", later()), details, null);
                case CONTEXT ->
                    new ContextTooLongException(
                            message(
                                    "The conversation is longer than the model's context window" + window() + ".",
                                    "Send less, for example with a chat memory that has a token limit."),
                            details,
                            null);
                case CONTENT ->
                    new ContentRefusedException(
                            message(
                                    details.hasArrived()
                                            ? "The provider's content filter stopped the answer."
                                            : "The provider's content filter refused the prompt.",
                                    afterRefusal(details)),
                            details,
                            null);
                case SLIP ->
                    new MalformedAnswerException(
                            message(
                                    "The model has written a tool call or JSON that its host could not read.",
                                    "Try again."),
                            details,
                            null);
                case REJECTED -> new RequestRejectedException(rejected(), details, null);
                case UNKNOWN ->
                    new StreamErrorException(
                            message(
                                    details.hasArrived()
                                            ? "The server reported an error in the midst of the answer."
                                            : "The server reported an error in place of an answer.",
                                    asked.again("Try again.")),
                            details,
                            null);
            };
        }

        private String unknownModel() {
            String what = asked.modelName().isEmpty()
                    ? "There is no such endpoint as " + asked.shownUri() + "."
                    : "There is no model '" + asked.modelName() + "', or no such endpoint as " + asked.shownUri() + ".";
            return message(what, "Check the model name and the base url.");
        }

        private String rejected() {
            String file = status == 404 ? MissingFile.id(said.message()) : null;
            if (file != null) {
                return message(
                        "There is no file " + file + ", or not for this key.",
                        "It may have expired or been deleted: upload it again, and use its new id.");
            }
            if (status >= 300 && status < 400) {
                return message(
                        "The server redirects elsewhere, and redirects are not followed, so that the key stays here.",
                        "Set the base url to where the API really is.");
            }
            if (status == CONFLICT) {
                return message("The server did not accept the request at this time.", asked.again("Try again."));
            }
            return message(
                    "The server did not accept the request"
                            + (status == 405 ? " to " + asked.shownUri() + ", where no chat is answered." : "."),
                    "Change the request; sent again as it is, it will be refused again.");
        }

        private String later() {
            String later = whenToComeBack() + "Try again later.";
            return OnceOnly.saysNotDone(status) ? later : asked.again(later);
        }

        private String whenToComeBack() {
            return retryAfter == null || retryAfter.isZero()
                    ? ""
                    : "The server wants to be asked again in " + PlainWords.of(retryAfter) + ". ";
        }

        /** As the server has it, for a model runs with less than it could; by the profile only where the host is its maker. */
        private String window() {
            Matcher named = said.message() == null ? null : WINDOW.matcher(said.message());
            if (named != null && named.find()) {
                return " of " + named.group(1) + " tokens";
            }
            return asked.contextWindow() == null || !asked.isDeepSeek()
                    ? ""
                    : " of " + asked.contextWindow() + " tokens";
        }

        private @Nullable Integer limit() {
            Matcher matcher = said.message() == null ? null : LIMIT.matcher(said.message());
            return matcher != null && matcher.find() ? Integer.valueOf(matcher.group(1)) : null;
        }

        private String message(String what, String whatToDo) {
            return asked.secrets().masked(details.describe(what, whatToDo));
        }
    }
}
