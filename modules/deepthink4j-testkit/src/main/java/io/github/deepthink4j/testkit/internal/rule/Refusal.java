package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error in DeepSeek's format (docs/protocol.md, section 3). */
public record Refusal(int status, String message, String type) {

    public static Refusal invalid(String message) {
        return new Refusal(400, message, "invalid_request_error");
    }

    public static Refusal unprocessable(String message) {
        return new Refusal(422, message, "invalid_request_error");
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
                });
    }

    /** The real one labels the JSON of a 400 like this (docs/protocol.md, section 3). */
    public String contentType() {
        return status == 400 ? "application/octet-stream" : "application/json";
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
