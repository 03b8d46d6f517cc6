package io.github.deepthink4j.error;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a failure; {@code null} for each thing that is not.
 *
 * @param httpStatus      the status of the response
 * @param requestId       under which the provider finds the request in its logs
 * @param providerMessage what the server said, shortened, secrets masked
 * @param partialMessage  what of the answer had arrived
 * @param tokenUsage      what it has cost
 */
public record ErrorDetails(
        @Nullable Integer httpStatus,
        @Nullable String requestId,
        @Nullable String providerMessage,
        @Nullable AiMessage partialMessage,
        @Nullable TokenUsage tokenUsage) {

    /** Nothing known. */
    public static final ErrorDetails NONE = new ErrorDetails(null, null, null, null, null);

    /** A copy with this HTTP status. */
    public ErrorDetails withHttpStatus(@Nullable Integer status) {
        return new ErrorDetails(status, requestId, providerMessage, partialMessage, tokenUsage);
    }

    /** A copy with this request id. */
    public ErrorDetails withRequestId(@Nullable String id) {
        return new ErrorDetails(httpStatus, id, providerMessage, partialMessage, tokenUsage);
    }

    /** A copy with what the server said; whoever passes it on has shortened it and masked its secrets. */
    public ErrorDetails withProviderMessage(@Nullable String message) {
        return new ErrorDetails(httpStatus, requestId, message, partialMessage, tokenUsage);
    }

    /** A copy with what had arrived of the answer. */
    public ErrorDetails withPartial(@Nullable AiMessage message, @Nullable TokenUsage usage) {
        return new ErrorDetails(httpStatus, requestId, providerMessage, message, usage);
    }

    /** What happened, what the server said, status and request id, and what to do: the message of an exception. */
    public String describe(String whatHappened, String whatToDo) {
        StringBuilder text = new StringBuilder(whatHappened);
        if (providerMessage != null) {
            text.append(" The server said: ").append(providerMessage);
            if (!providerMessage.endsWith(".")) {
                text.append('.');
            }
        }
        if (!whatToDo.isEmpty()) {
            text.append(' ').append(whatToDo);
        }
        if (httpStatus != null || requestId != null) {
            text.append(" (");
            if (httpStatus != null) {
                text.append("HTTP ").append(httpStatus);
            }
            if (requestId != null) {
                text.append(httpStatus == null ? "" : ", ").append("request ").append(requestId);
            }
            text.append(')');
        }
        return text.toString();
    }
}
