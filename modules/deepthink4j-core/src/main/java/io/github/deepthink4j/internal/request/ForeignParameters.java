package io.github.deepthink4j.internal.request;

import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What another vendor's request parameters mean here. A program that has changed its model still makes the parameters of the one
 * before, and nothing of them may be lost without a word.
 *
 * @param options         what is understood, and under {@link Option#NOT_UNDERSTOOD} the names of what is not
 * @param maxOutputTokens under its name of OpenAI's, {@code maxCompletionTokens}; {@code null} if it was not said
 */
public record ForeignParameters(Options options, @Nullable Integer maxOutputTokens) {

    private static final String OPENAI = "dev.langchain4j.model.openai";

    /** Fields of OpenAI's request that have no name here. They are sent as LangChain4j's OpenAI module does: other hosts heed some. */
    private static final Map<String, String> OPENAI_FIELDS = Map.of(
            "logitBias", "logit_bias",
            "parallelToolCalls", "parallel_tool_calls",
            "store", "store",
            "metadata", "metadata",
            "serviceTier", "service_tier");

    /** Nothing that LangChain4j's own parameters do not say. */
    public static final ForeignParameters NONE = new ForeignParameters(Options.NONE, null);

    /** Of any class but {@code DeepSeekChatRequestParameters}. */
    public static ForeignParameters of(ChatRequestParameters parameters) {
        Map<String, Object> said = ForeignGetters.said(parameters);
        return said.isEmpty() ? NONE : new Reader(parameters.getClass()).read(said);
    }

    private static final class Reader {

        private final Class<?> type;
        private final boolean openAi;
        private final Map<String, Object> fields = new LinkedHashMap<>();
        private final Set<String> lost = new TreeSet<>();
        private Options options = Options.NONE;
        private @Nullable Integer maxOutputTokens;

        Reader(Class<?> type) {
            this.type = type;
            this.openAi = isOpenAi(type);
        }

        private static boolean isOpenAi(@Nullable Class<?> type) {
            return type != null && (type.getName().startsWith(OPENAI) || isOpenAi(type.getSuperclass()));
        }

        ForeignParameters read(Map<String, Object> said) {
            Map<String, Object> custom = new LinkedHashMap<>();
            said.forEach((name, value) -> {
                if (name.equals("customParameters") && value instanceof Map<?, ?> map) {
                    map.forEach((field, of) -> custom.put(String.valueOf(field), of));
                } else if (!understands(name, value)) {
                    lost.add(name);
                }
            });
            // What the user has named by the field's own name wins.
            fields.putAll(custom);
            Options all = fields.isEmpty() ? options : options.with(Option.CUSTOM_PARAMETERS, fields);
            return new ForeignParameters(
                    lost.isEmpty() ? all : all.with(Option.NOT_UNDERSTOOD, Map.of(type.getSimpleName(), words(lost))),
                    maxOutputTokens);
        }

        private static String words(Set<String> names) {
            return names.stream().collect(Collectors.joining(", "));
        }

        private boolean understands(String name, Object value) {
            return switch (name) {
                case "reasoningEffort" -> effort(value);
                case "user", "userId" -> option(Option.USER_ID, String.class, value);
                case "seed", "randomSeed" -> option(Option.SEED, Integer.class, value);
                case "logprobs" -> option(Option.LOGPROBS, Boolean.class, value);
                case "topLogprobs" -> option(Option.TOP_LOGPROBS, Integer.class, value);
                case "think", "thinking", "enableThinking" -> thinking(value);
                case "maxCompletionTokens" -> maxCompletionTokens(value);
                // The thought always comes, apart from the answer.
                case "returnThinking" -> Boolean.TRUE.equals(value);
                default -> openAiField(name, value);
            };
        }

        private <T> boolean option(Option<T> option, Class<T> of, Object value) {
            if (!of.isInstance(value)) {
                return false;
            }
            options = options.with(option, of.cast(value));
            return true;
        }

        private boolean effort(Object value) {
            return option(
                    Option.REASONING_EFFORT,
                    String.class,
                    value instanceof Enum<?> effort ? effort.name().toLowerCase(Locale.ROOT) : value);
        }

        private boolean thinking(Object value) {
            return value instanceof Boolean on
                    && option(Option.THINKING, ThinkingMode.class, on ? ThinkingMode.ON : ThinkingMode.OFF);
        }

        private boolean maxCompletionTokens(Object value) {
            if (value instanceof Integer tokens) {
                maxOutputTokens = tokens;
                return true;
            }
            return false;
        }

        private boolean openAiField(String name, Object value) {
            String field = openAi ? OPENAI_FIELDS.get(name) : null;
            if (field == null || !(value instanceof Map || value instanceof Boolean || value instanceof String)) {
                return false;
            }
            fields.put(field, value);
            return true;
        }
    }
}
