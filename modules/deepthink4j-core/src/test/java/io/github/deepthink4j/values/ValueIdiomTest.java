package io.github.deepthink4j.values;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.HistoryRules;
import io.github.deepthink4j.profile.LostReasoning;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ReasoningReplay;
import io.github.deepthink4j.profile.RequestParameter;
import io.github.deepthink4j.profile.ThinkingDefault;
import io.github.deepthink4j.profile.ThinkingSwitch;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that users build follow one idiom, so that each of them can get a further component and break nobody. */
class ValueIdiomTest {

    /** For each class a value, and for each of its components something else that the component can be. */
    static Stream<ValueCase> values() {
        return Stream.of(
                new ValueCase(
                        Timeouts.DEFAULT,
                        entry("connect", Duration.ofSeconds(1)),
                        entry("firstByte", Duration.ofSeconds(1)),
                        entry("idle", Duration.ofSeconds(1)),
                        entry("total", Duration.ofSeconds(1))),
                new ValueCase(
                        RetryPolicy.DEFAULT,
                        entry("maxAttempts", 9),
                        entry("baseDelay", Duration.ofMillis(1)),
                        entry("maxDelay", Duration.ofMinutes(9)),
                        entry("jitter", 0.9),
                        entry("maxRetryAfter", Duration.ofMillis(1)),
                        entry("retryTimeouts", true),
                        entry("onAttempt", (Consumer<Object>) attempt -> {})),
                new ValueCase(DecoderLimits.DEFAULT, entry("maxEventBytes", 1), entry("maxAnswerBytes", 1L)),
                new ValueCase(
                        ErrorDetails.NONE,
                        entry("httpStatus", 429),
                        entry("requestId", "id"),
                        entry("providerMessage", "busy"),
                        entry("partialMessage", AiMessage.from("so far")),
                        entry("unfinishedCall", true),
                        entry("beginning", AiMessage.from("first")),
                        entry("tokenUsage", new TokenUsage(1, 2)),
                        entry("cost", Cost.unknown("no price"))),
                new ValueCase(Efforts.UNSUPPORTED, entry("meanings", Map.of("high", "high"))),
                new ValueCase(
                        ThinkingSwitch.MODEL_ID,
                        entry("on", Map.of("think", true)),
                        entry("off", Map.of("think", false))),
                new ValueCase(LostReasoning.SPACE, entry("filler", "(lost)")),
                new ValueCase(
                        ModelProfile.R1.whileThinking(),
                        entry("features", Set.of(Feature.IMAGES)),
                        entry("ignored", Set.of(RequestParameter.TOP_K)),
                        entry("refused", Set.of(RequestParameter.TEMPERATURE)),
                        entry("maxOutputTokens", 1),
                        entry("thinkingInMaxTokens", true),
                        entry("mostThoughtTokens", 1)),
                new ValueCase(
                        HistoryRules.custom().build(),
                        entry("reasoningReplay", ReasoningReplay.WITH_TOOLS),
                        entry("lostReasoning", LostReasoning.EMPTY),
                        entry("mergeSameRole", true),
                        entry("foldSystemMessage", true),
                        entry("userFirst", true),
                        entry("leaveOutUnreadable", false)),
                new ValueCase(
                        ReasoningDialect.DEEPSEEK,
                        entry("name", "mine"),
                        entry("deepSeekApi", false),
                        entry("readFrom", List.of("thought")),
                        entry("writeBack", ReasoningDialect.WriteBack.BOTH),
                        entry("carriedFields", List.of("blocks")),
                        entry("inlineReasoning", ReasoningDialect.InlineReasoning.TAGS),
                        entry("toolCallMarkup", true),
                        entry("doneMarkerRequired", false),
                        entry("thinkingSwitch", ThinkingSwitch.GROQ),
                        entry("prefixFields", Map.of("go_on", true))),
                new ValueCase(
                        ModelProfile.R1,
                        entry("name", "mine"),
                        entry("thinkingDefault", ThinkingDefault.OFF),
                        entry("thinkingSwitch", ThinkingSwitch.GROQ),
                        entry(
                                "efforts",
                                Efforts.custom().meaning("high", "high").build()),
                        entry("whileThinking", ModeRules.custom().build()),
                        entry("whileNotThinking", ModeRules.custom().build()),
                        entry("history", HistoryRules.custom().build()),
                        entry("contextWindow", 1),
                        entry("dialect", ReasoningDialect.GROQ)));
    }

    @ParameterizedTest
    @MethodSource("values")
    void should_be_built_by_its_builder_and_in_no_other_way(ValueCase value) throws Exception {
        Class<?> type = value.type();
        Class<?> builder = value.builder();

        assertThat(type).isFinal().isNotInterface();
        assertThat(type.isRecord()).isFalse();
        assertThat(type.getDeclaredConstructors()).allMatch(ValueIdiomTest::isPrivate);
        assertThat(builder).isFinal().isPublic();
        assertThat(builder.getDeclaredConstructors()).allMatch(ValueIdiomTest::isPrivate);
        assertThat(type.getMethod("custom").getReturnType()).isEqualTo(builder);
        assertThat(type.getMethod("from", type).getReturnType()).isEqualTo(builder);
    }

    @ParameterizedTest
    @MethodSource("values")
    void should_tell_each_component_and_let_each_be_set(ValueCase value) throws Exception {
        List<String> components = Arrays.stream(value.type().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Field::getName)
                .toList();

        assertThat(value.others().keySet()).containsExactlyInAnyOrderElementsOf(components);
        for (String component : components) {
            Object changed = value.with(component);
            assertThat(value.type().getMethod(component).invoke(changed))
                    .as(component)
                    .isEqualTo(value.others().get(component));
        }
    }

    @ParameterizedTest
    @MethodSource("values")
    void should_be_equal_by_value_in_each_component(ValueCase value) throws Exception {
        Object copy = value.copy();

        assertThat(copy)
                .isNotSameAs(value.value())
                .isEqualTo(value.value())
                .hasSameHashCodeAs(value.value())
                .hasToString(value.value().toString())
                .isNotEqualTo(new Object());
        for (String component : value.others().keySet()) {
            assertThat(value.with(component)).as(component).isNotEqualTo(copy);
        }
    }

    private static boolean isPrivate(Constructor<?> constructor) {
        return Modifier.isPrivate(constructor.getModifiers());
    }

    private record ValueCase(Object value, Map<String, Object> others) {

        @SafeVarargs
        @SuppressWarnings("varargs")
        ValueCase(Object value, Map.Entry<String, ?>... others) {
            this(value, Map.ofEntries(others));
        }

        Class<?> type() {
            return value.getClass();
        }

        Class<?> builder() {
            return Arrays.stream(type().getClasses())
                    .filter(nested -> nested.getSimpleName().equals("Builder"))
                    .findFirst()
                    .orElseThrow();
        }

        Object copy() throws ReflectiveOperationException {
            return build(from());
        }

        Object with(String component) throws ReflectiveOperationException {
            Object builder = from();
            Method setter = Arrays.stream(builder().getMethods())
                    .filter(method -> method.getName().equals(component))
                    .findFirst()
                    .orElseThrow();
            setter.invoke(builder, others.get(component));
            return build(builder);
        }

        private Object from() throws ReflectiveOperationException {
            return type().getMethod("from", type()).invoke(null, value);
        }

        private Object build(Object builder) throws ReflectiveOperationException {
            return builder().getMethod("build").invoke(builder);
        }

        @Override
        public String toString() {
            return type().getSimpleName();
        }
    }
}
