package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;

/**
 * A model id of a generation.
 *
 * @param servedAs what the response calls it
 * @param images   whether it takes images
 */
public record ServedModel(String name, String servedAs, Thinking thinking, boolean images) {

    public enum Thinking {
        ALWAYS,
        ON,
        OFF,
        NEVER
    }

    static ServedModel of(String name, Thinking thinking) {
        return new ServedModel(name, name, thinking, false);
    }

    ServedModel servedAs(String otherName) {
        return new ServedModel(name, otherName, thinking, images);
    }

    ServedModel seeingImages() {
        return new ServedModel(name, servedAs, thinking, true);
    }

    /** Whether a request is thought over (docs/protocol.md, section 1.5). */
    public boolean thinks(JsonNode body, Generation generation) {
        return switch (thinking) {
            case ALWAYS -> true;
            case NEVER -> false;
            case ON, OFF -> {
                String type = body.path("thinking").path("type").asText("");
                boolean effortNone = generation == Generation.V4_1
                        && body.path("reasoning_effort").asText("").equals("none");
                if (type.equals("disabled") || effortNone) {
                    yield false;
                }
                yield type.equals("enabled") || thinking == Thinking.ON;
            }
        };
    }
}
