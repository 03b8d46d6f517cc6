package io.github.deepthink4j.internal.request;

import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request parameter of DeepSeek's own, beyond those of LangChain4j. All that is to be said of one is its line here: its
 * name, what it holds, how it is written, and what becomes of an earlier value. Its range is a rule in
 * {@link ParameterRules}.
 *
 * @param <T> what it holds, immutable
 */
public final class Option<T> {

    private static final List<Option<?>> ALL = new ArrayList<>();

    public static final Option<ThinkingMode> THINKING = elsewhere("thinking", ThinkingMode.class);
    public static final Option<String> REASONING_EFFORT = elsewhere("reasoningEffort", String.class);
    public static final Option<Boolean> PREFIX = elsewhere("prefix", Boolean.class);
    public static final Option<Boolean> LOGPROBS = field("logprobs", "logprobs", Boolean.class);
    public static final Option<Integer> TOP_LOGPROBS = field("topLogprobs", "top_logprobs", Integer.class);
    public static final Option<String> USER_ID = field("userId", "user_id", String.class);
    public static final Option<SafetyLevel> SAFETY_CHECK = elsewhere("safetyCheck", SafetyLevel.class);
    public static final Option<Integer> SEED = field("seed", "seed", Integer.class);

    /** An empty list says that there are none, whatever was said before. */
    public static final Option<List<ServerTool>> SERVER_TOOLS = listed(
            new Option<>("serverTools", null, List.class, tools -> List.copyOf(tools), (earlier, later) -> later));

    public static final Option<Map<String, Object>> CUSTOM_PARAMETERS =
            listed(new Option<>("customParameters", null, Map.class, Option::copyOf, Option::bothOf));

    /**
     * No parameter that anybody sets: what other vendors' parameters have said that means nothing here, by the name of their class,
     * see {@link ForeignParameters}. It goes along until somebody can be told.
     */
    static final Option<Map<String, String>> NOT_UNDERSTOOD =
            new Option<>("notUnderstood", null, Map.class, Map::copyOf, Option::bothOf);

    private final String name;
    private final @Nullable String field;
    private final Class<? super T> type;
    private final Function<T, @Nullable T> keep;
    private final BinaryOperator<T> merge;

    private Option(
            String name,
            @Nullable String field,
            Class<? super T> type,
            Function<T, @Nullable T> keep,
            BinaryOperator<T> merge) {
        this.name = name;
        this.field = field;
        this.type = type;
        this.keep = keep;
        this.merge = merge;
    }

    private static <T> Option<T> listed(Option<T> option) {
        ALL.add(option);
        return option;
    }

    /** Written as it stands, into a field of its own. */
    private static <T> Option<T> field(String name, String field, Class<T> type) {
        return listed(new Option<>(name, field, type, value -> value, (earlier, later) -> later));
    }

    /** Written by rules of its own, see {@link RequestWriter}. */
    private static <T> Option<T> elsewhere(String name, Class<T> type) {
        return listed(new Option<>(name, null, type, value -> value, (earlier, later) -> later));
    }

    /** Not {@code Map.copyOf}: a custom parameter may be {@code null}, which is written as such; its name may not. */
    private static @Nullable Map<String, Object> copyOf(Map<String, Object> fields) {
        if (fields.keySet().stream().anyMatch(name -> name == null || name.isBlank())) {
            throw new IllegalArgumentException("customParameters has a field without a name");
        }
        CustomValues.check(fields);
        return fields.isEmpty() ? null : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    private static <V> Map<String, V> bothOf(Map<String, V> earlier, Map<String, V> later) {
        Map<String, V> both = new LinkedHashMap<>(earlier);
        both.putAll(later);
        return both;
    }

    /** All there are, in the order in which they are written. */
    public static List<Option<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The name by which users know it: that of its setter. */
    public String displayName() {
        return name;
    }

    /** The field of the request body that holds it; {@code null} if rules of its own say where it goes. */
    public @Nullable String field() {
        return field;
    }

    public Class<? super T> type() {
        return type;
    }

    /** What is kept of a value; {@code null} if it says nothing. */
    @Nullable
    T keep(T value) {
        return keep.apply(value);
    }

    T merge(T earlier, T later) {
        return merge.apply(earlier, later);
    }

    @Override
    public String toString() {
        return name;
    }
}
