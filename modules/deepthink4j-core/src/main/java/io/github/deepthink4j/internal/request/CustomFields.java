package io.github.deepthink4j.internal.request;

import io.github.deepthink4j.internal.value.JsonTrees;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that users add to a request body, put together with those that it has. No name is written twice: objects are
 * merged field by field, to a list is added what it does not hold, and the same value is the same. What can't both hold is a
 * contradiction, which is for somebody else to judge.
 *
 * @param all            the fields of the body; where there is a contradiction the user's, but for the model, the messages and the stream
 * @param contradictions what is wrong and what to do, one sentence each
 */
record CustomFields(Map<String, Object> all, List<String> contradictions) {

    /** Who answers, what is asked, and how the answer is read: another value would have it read wrongly. */
    private static final Set<String> OURS = Set.of("model", "messages", "stream");

    /** What is asked where there are no messages. */
    private static final String PROMPT = "prompt";

    private static final String THINKING = "thinking";

    private static final Map<String, String> SETTERS = Map.ofEntries(
            Map.entry("model", "modelName"),
            Map.entry("messages", "the messages of the request"),
            Map.entry(
                    "stream",
                    "the kind of model: DeepSeekStreamingChatModel streams, and streamOnWire is the blocking model's"),
            Map.entry("max_tokens", "maxOutputTokens"),
            Map.entry("temperature", "temperature"),
            Map.entry("top_p", "topP"),
            Map.entry("top_k", "topK"),
            Map.entry("frequency_penalty", "frequencyPenalty"),
            Map.entry("presence_penalty", "presencePenalty"),
            Map.entry("stop", "stopSequences"),
            Map.entry("logprobs", "logprobs"),
            Map.entry("top_logprobs", "topLogprobs"),
            Map.entry("user_id", "userId"),
            Map.entry("seed", "seed"),
            Map.entry("safety_check", "safetyCheck"),
            Map.entry("tools", "toolSpecifications"),
            Map.entry("tool_choice", "toolChoice"),
            Map.entry("response_format", "responseFormat"),
            Map.entry("thinking", THINKING),
            Map.entry("enable_thinking", THINKING),
            Map.entry("reasoning", "thinking and reasoningEffort, in this host's form"),
            Map.entry("chat_template_kwargs", THINKING + ", in this host's form"),
            Map.entry("prompt", "the first argument of generate"),
            Map.entry("suffix", "the second argument of generate"),
            Map.entry("reasoning_effort", "reasoningEffort"));

    /**
     * @param model  the model id of the request
     * @param fields all others that it has
     * @param custom the user's own
     */
    static CustomFields beside(String model, Map<String, Object> fields, Map<String, Object> custom) {
        if (custom.isEmpty()) {
            return new CustomFields(fields, List.of());
        }
        // Once more: what was right when it was set may have been changed since.
        CustomValues.check(custom);
        Merge merge = new Merge();
        Map<String, Object> all = new LinkedHashMap<>(fields);
        custom.forEach((name, value) -> {
            if (OURS.contains(name) || (name.equals(PROMPT) && fields.containsKey(PROMPT))) {
                boolean isSaid = switch (name) {
                    case "model" -> model.equals(value);
                    case "stream" -> fields.getOrDefault(name, false).equals(value);
                    default -> false;
                };
                if (!isSaid) {
                    merge.contradict(name, name, false);
                }
            } else {
                all.put(name, all.containsKey(name) ? merge.both(name, name, all.get(name), value) : value);
            }
        });
        return new CustomFields(all, List.copyOf(merge.contradictions));
    }

    private static final class Merge {

        private final List<String> contradictions = new ArrayList<>();

        /**
         * @param path where it stands, for messages
         */
        @Nullable
        Object both(String name, String path, @Nullable Object ours, @Nullable Object users) {
            Object said = plain(ours);
            Object wanted = plain(users);
            if (said instanceof Map<?, ?> one && wanted instanceof Map<?, ?> other) {
                Map<Object, Object> merged = new LinkedHashMap<>(one);
                other.forEach((key, value) -> merged.put(
                        key, one.containsKey(key) ? both(name, path + "." + key, one.get(key), value) : value));
                return merged;
            }
            if (said instanceof List<?> one && wanted instanceof List<?> other) {
                return added(name, path, one, other);
            }
            if (same(said, wanted)) {
                return ours;
            }
            contradict(name, path, true);
            return wanted;
        }

        private List<Object> added(String name, String path, List<?> ours, List<?> users) {
            List<Object> all = new ArrayList<>(ours);
            for (Object item : users) {
                if (ours.stream().anyMatch(one -> same(one, item))) {
                    continue;
                }
                Optional<Object> function = functionName(item);
                List<?> namesakes = function.isEmpty()
                        ? List.of()
                        : all.stream()
                                .filter(one -> functionName(one).equals(function))
                                .toList();
                if (!namesakes.isEmpty()) {
                    // Two functions of one name are refused by the server.
                    contradict(name, path + "[" + function.get() + "]", true);
                    all.removeAll(namesakes);
                }
                all.add(item);
            }
            return all;
        }

        /**
         * @param usersIsSent whether the user's value is sent where a contradiction is let pass
         */
        void contradict(String name, String path, boolean usersIsSent) {
            String setter = SETTERS.get(name);
            contradictions.add("customParameters has " + path + ", of which the request says something else already."
                    + (setter == null ? " Say it in one place" : " It is said by " + setter)
                    + ". Where parameterCheck lets it pass, "
                    + (usersIsSent ? "that of customParameters is sent" : "the request's own is sent"));
        }
    }

    private static Optional<Object> functionName(@Nullable Object tool) {
        return tool instanceof Map<?, ?> map && map.get("function") instanceof Map<?, ?> function
                ? Optional.ofNullable(function.get("name"))
                : Optional.empty();
    }

    /** By what would be written: 1 and 1.0 are one number, and an array is a list. */
    private static boolean same(@Nullable Object one, @Nullable Object other) {
        BigDecimal number = number(one);
        BigDecimal otherNumber = number(other);
        if (number != null && otherNumber != null) {
            return number.compareTo(otherNumber) == 0;
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!same(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(one, other);
    }

    /** {@code null} for what is none, and for what JSON has no number for. */
    private static @Nullable BigDecimal number(@Nullable Object value) {
        boolean finite =
                value instanceof Number number && (!(value instanceof Double) || Double.isFinite(number.doubleValue()));
        return finite ? new BigDecimal(String.valueOf(value)) : null;
    }

    /** Maps by text, lists, texts, numbers and truth values: what the JSON of a value is. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            Map<Object, Object> plain = new LinkedHashMap<>();
            map.forEach((key, each) -> plain.put(key, plain(each)));
            return plain;
        }
        if (value instanceof Collection<?> values) {
            List<Object> plain = new ArrayList<>(values.size());
            values.forEach(each -> plain.add(plain(each)));
            return plain;
        }
        if (value instanceof Object[] array) {
            List<Object> plain = new ArrayList<>(array.length);
            for (int i = 0; i < array.length; i++) {
                plain.add(plain(Array.get(array, i)));
            }
            return plain;
        }
        return value instanceof Integer || value instanceof Long || value instanceof Double
                ? value
                : JsonTrees.plain(value);
    }
}
