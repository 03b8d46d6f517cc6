package io.github.deepthink4j.testkit.internal.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import java.util.List;

/**
 * A model id of a generation.
 *
 * @param servedAs what the response calls it
 * @param listed   whether {@code GET /models} names it
 */
public record ServedModel(String name, String servedAs, Thinking thinking, Images images, boolean listed) {

    public enum Thinking {
        ALWAYS,
        ON,
        OFF,
        NEVER
    }

    /** What becomes of images. */
    public enum Images {
        REFUSED,
        /** Taken, not seen, and answered with an invention: V4-Pro (docs/protocol.md, section 2.10). */
        TAKEN,
        SEEN
    }

    static ServedModel listed(String name, Thinking thinking) {
        return new ServedModel(name, name, thinking, Images.REFUSED, true);
    }

    /** A name that is served and not listed. */
    static ServedModel alias(String name, Thinking thinking, String servedAs) {
        return new ServedModel(name, servedAs, thinking, Images.REFUSED, false);
    }

    ServedModel seeingImages() {
        return new ServedModel(name, servedAs, thinking, Images.SEEN, listed);
    }

    ServedModel takingImages() {
        return new ServedModel(name, servedAs, thinking, Images.TAKEN, listed);
    }

    /** V4-Pro, whose rules differ from Flash's. */
    boolean isPro() {
        return name.equals("deepseek-v4-pro");
    }

    /** The efforts that it has, from the least on; others are served as one of these (docs/protocol.md, section 1.5). */
    public List<String> efforts(Generation generation) {
        return generation == Generation.V4 || isPro() ? List.of("high", "max") : List.of("low", "high", "max");
    }

    /** Whether a request is thought over (docs/protocol.md, section 1.5). */
    public boolean thinks(JsonNode body, Generation generation) {
        return switch (thinking) {
            case ALWAYS -> !isLeftToChat(body, generation);
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

    /**
     * Whether {@code deepseek-chat} answers instead: V3.1 to V3.2-Exp, where a request that shall be thought over has tools
     * (docs/protocol.md, section 1.2 d).
     */
    boolean isLeftToChat(JsonNode body, Generation generation) {
        return generation == Generation.V3_1
                && thinking == Thinking.ALWAYS
                && !body.path("tools").isEmpty();
    }
}
