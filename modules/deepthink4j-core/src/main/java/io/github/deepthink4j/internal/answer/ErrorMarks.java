package io.github.deepthink4j.internal.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;
import java.util.Set;

/**
 * Whether a payload is an error and no chunk, by the fields beside {@code choices}: hosts send errors bare, with {@code code} and
 * {@code message} at the root, and each under names of its own.
 */
final class ErrorMarks {

    private static final Set<String> CODES =
            Set.of("code", "status", "status_code", "statusCode", "error_code", "errorCode", "errcode", "http_status");
    private static final Set<String> WORDS = Set.of(
            "message", "msg", "detail", "error_msg", "errmsg", "error_message", "errorMessage", "status_msg", "title");
    private static final Set<String> WRAPPED = Set.of("errors", "Error", "base_resp", "Response", "ResponseMetadata");
    private static final Set<String> FINE =
            Set.of("0", "200", "0.0", "200.0", "ok", "success", "succeeded", "completed", "true", "", "null");

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

    private boolean error;
    private boolean named;
    private boolean coded;
    private boolean worded;
    private boolean goesOn;

    /** Takes a field in that a chunk has no use for. */
    void field(String name, JsonNode value) {
        if (name.equals("error")) {
            error |= says(value);
        } else if (CODES.contains(name)) {
            named |= isErrorStatus(value);
            String code = value.asText().toLowerCase(Locale.ROOT);
            goesOn |= GOES_ON.contains(code);
            coded |= value.isValueNode() && !FINE.contains(code) && !GOES_ON.contains(code);
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

    /** What some hosts have in each chunk, empty, is no error. */
    static boolean says(JsonNode error) {
        if (error.isContainerNode()) {
            return !error.isEmpty();
        }
        if (error.isBoolean()) {
            return error.asBoolean();
        }
        return !error.isNull()
                && !FINE.contains(error.asText().toLowerCase(Locale.ROOT))
                && !error.asText().equals("false");
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
        boolean bare = named || (coded && worded) || (payload == Payload.WHOLE && worded);
        return error || (!answers && payload != Payload.NAMED && bare);
    }

    /** Whether it is an error if nothing else comes: words that may be about something else. */
    boolean mayBeOfAnError(boolean answers) {
        return worded && !answers && !goesOn;
    }

    /** For JSON that was not read as a chunk. */
    static boolean areIn(JsonNode json, Payload payload) {
        JsonNode first = json.isArray() ? json.path(0) : json;
        ErrorMarks marks = new ErrorMarks();
        first.properties().forEach(field -> marks.field(field.getKey(), field.getValue()));
        JsonNode choices = first.isObject() ? first.path("choices") : MissingNode.getInstance();
        return marks.areOfAnError(choices.isArray() && !choices.isEmpty(), payload);
    }
}
