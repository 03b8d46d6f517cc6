package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.deepthink4j.testkit.internal.shape.Misfit;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;

/**
 * An error in DeepSeek's format (docs/protocol.md, section 3).
 *
 * @param contentType of the response
 */
public record Refusal(int status, String message, String type, String contentType) {

    private static final String JSON = "application/json";

    /** The real one labels the JSON of a broken rule like this (docs/protocol.md, section 3). */
    private static final String RULE = "application/octet-stream";

    public static Refusal invalid(String message) {
        return of(400, message);
    }

    static Refusal unprocessable(String message) {
        return of(422, message);
    }

    /** A body that is no JSON. */
    public static Refusal unreadable(String words) {
        return new Refusal(400, words, "invalid_request_error", JSON);
    }

    /**
     * A body that the parser does not take: a 422 in 2025, up to V3.1, and a 400 from V3.2 on, as was seen. That {@code thinking}
     * is no object was a 422 in September 2026, too (docs/protocol.md, sections 1.5 and 12).
     */
    static Refusal of(Misfit misfit, Generation generation) {
        boolean of2025 = generation.isBefore(Generation.V3_2) || misfit.rule() == Rule.THINKING_IS_OBJECT;
        return new Refusal(of2025 ? 422 : 400, misfit.words(), "invalid_request_error", JSON);
    }

    public static Refusal of(int status, String message) {
        return new Refusal(
                status,
                message,
                switch (status) {
                    case 401 -> "authentication_error";
                    case 402 -> "unknown_error";
                    case 429 -> "rate_limit_error";
                    default -> status >= 500 ? "internal_server_error" : "invalid_request_error";
                },
                status == 400 ? RULE : JSON);
    }

    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode error = json.putObject("error");
        error.put("message", message);
        error.put("type", type);
        error.putNull("param");
        error.put("code", "invalid_request_error");
        return json;
    }
}
