package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a payload is an error and no chunk, by the fields beside {@code choices}: hosts send errors bare, with {@code code} and
 * {@code message} at the root, and each under names of its own.
 */
public final class ErrorMarks {

    private static final Set<String> CODES =
            Set.of("code", "status", "status_code", "statusCode", "error_code", "errorCode", "errcode", "http_status");
    private static final Set<String> WORDS = Set.of(
            "message", "msg", "detail", "error_msg", "errmsg", "error_message", "errorMessage", "status_msg", "title");
    private static final Set<String> WRAPPED = Set.of("errors", "Error", "base_resp", "Response", "ResponseMetadata");
    private static final Set<String> FINE = Set.of(
            "0", "200", "0.0", "200.0", "ok", "success", "succeeded", "completed", "true", "false", "none", "", "null");

    /** A notice on the way to an answer. */
    private static final Set<String> GOES_ON = Set.of("queued", "processing", "pending", "running", "in_progress");

    /** What a JSON object has come as. */
    enum Payload {
        /** All that has come. */
        WHOLE,
        EVENT,
        /** An event with a name of its own. */
        NAMED
    }

    private static final Set<String> FAILED = Set.of("error", "failed", "failure");

    private boolean error;

    /** By a word that means nothing else. */
    private boolean named;

    /** By a status of HTTP, or a code that is called one of an error. */
    private boolean numbered;

    private boolean coded;
    private boolean worded;
    private boolean goesOn;

    /** Takes a field in that a chunk has no use for. */
    void field(String name, JsonNode value) {
        if (name.equals("error")) {
            error |= says(value);
        } else if (CODES.contains(name)) {
            String code = value.asText().toLowerCase(Locale.ROOT);
            goesOn |= GOES_ON.contains(code);
            coded |= value.isValueNode() && !FINE.contains(code) && !GOES_ON.contains(code);
            numbered |= isErrorStatus(value) || name.startsWith("err") && says(value);
            named |= FAILED.contains(code);
        } else if (WORDS.contains(name)) {
            worded |= value.isTextual() ? !value.asText().isBlank() : value.isContainerNode() && !isMessage(value);
        } else if (name.equals("object") || name.equals("type")) {
            named |= value.asText().equals("error");
        } else if (name.equals("success") || name.equals("ok")) {
            named |= value.asText().equalsIgnoreCase("false");
        } else if (WRAPPED.contains(name)) {
            error |= wraps(name, value);
        }
    }

    /** What some hosts have in each chunk, empty or with nothing but empty members, is no error. */
    static boolean says(JsonNode error) {
        if (error.isContainerNode()) {
            for (JsonNode member : error) {
                if (says(member)) {
                    return true;
                }
            }
            return false;
        }
        if (error.isBoolean()) {
            return error.asBoolean();
        }
        return !error.isNull() && !FINE.contains(error.asText().strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isErrorStatus(JsonNode value) {
        return value.isValueNode() && value.asText().matches("[45]\\d\\d(\\.0+)?");
    }

    /** Ollama's own protocol has it at the root: a message of the model, and no words about one. */
    private static boolean isMessage(JsonNode value) {
        return value.has("content") || value.has("role");
    }

    private static boolean wraps(String name, JsonNode value) {
        return switch (name) {
            case "base_resp" -> value.path("status_code").asInt() != 0;
            case "Response", "ResponseMetadata" -> says(value.path("Error"));
            default -> says(value);
        };
    }

    /**
     * @param answers whether there are choices in it
     * @param payload some of the events of a stream may be about something else, and those with a name mostly are
     */
    boolean areOfAnError(boolean answers, Payload payload) {
        boolean besideAnAnswer = named || (numbered && worded);
        boolean bare = besideAnAnswer || numbered || (coded && worded) || (payload == Payload.WHOLE && worded);
        return error || (answers ? besideAnAnswer : payload != Payload.NAMED && bare);
    }

    /** Whether it is an error if nothing else comes: words that may be about something else. */
    boolean mayBeOfAnError(boolean answers) {
        return worded && !answers && !goesOn;
    }

    /** Whether what is an answer of its kind, such as a list of models, has an error beside it all the same. */
    public static boolean areBeside(JsonNode answer) {
        return of(answer).areOfAnError(true, Payload.WHOLE);
    }

    private static ErrorMarks of(JsonNode json) {
        ErrorMarks marks = new ErrorMarks();
        json.properties().forEach(field -> marks.field(field.getKey(), field.getValue()));
        return marks;
    }

    /** For JSON that was not read as a chunk. */
    static boolean areIn(JsonNode json, Payload payload) {
        JsonNode first = json.isArray() ? json.path(0) : json;
        JsonNode choices = first.isObject() ? first.path("choices") : MissingNode.getInstance();
        return of(first).areOfAnError(choices.isArray() && !choices.isEmpty(), payload);
    }
}
