package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.AiMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who made a message of a model that is made of several. It stands in the message's attributes under {@link #ATTRIBUTE}, as a
 * map of strings, so that it survives LangChain4j's serialization of messages; it is never sent.
 *
 * @param part      the name of the part that spoke
 * @param modelName the model id of that part; {@code null} where it names none
 * @param plan      the plan that the message's tool calls carry out; {@code null} for none
 */
public record Provenance(
        String part, @Nullable String modelName, @Nullable String plan) {

    /** The key in {@code AiMessage.attributes()}. */
    public static final String ATTRIBUTE = "deepthink4j.made_by";

    private static final String PART = "part";
    private static final String MODEL = "model";
    private static final String PLAN = "plan";

    public Provenance {
        requireNonNull(part, "part");
    }

    /** Who made this message; empty if it does not say. */
    public static Optional<Provenance> of(AiMessage message) {
        if (message.attributes().get(ATTRIBUTE) instanceof Map<?, ?> map && map.get(PART) instanceof String part) {
            return Optional.of(new Provenance(part, text(map.get(MODEL)), text(map.get(PLAN))));
        }
        return Optional.empty();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    /** The message with this provenance; its other attributes stay. */
    public AiMessage on(AiMessage message) {
        Map<String, Object> attributes = new LinkedHashMap<>(message.attributes());
        attributes.put(ATTRIBUTE, asMap());
        return message.toBuilder().attributes(attributes).build();
    }

    private Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        map.put(PART, part);
        if (modelName != null) {
            map.put(MODEL, modelName);
        }
        if (plan != null) {
            map.put(PLAN, plan);
        }
        return map;
    }
}
