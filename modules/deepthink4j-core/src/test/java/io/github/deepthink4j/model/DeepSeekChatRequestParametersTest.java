package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.internal.request.Option;
import io.github.deepthink4j.internal.request.RequestDraft;
import io.github.deepthink4j.internal.request.RequestWriter;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.profile.ServerTool;
import io.github.deepthink4j.profile.ThinkingMode;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each of DeepSeek's own parameters: a new one is tested as soon as it is in the list. */
class DeepSeekChatRequestParametersTest {

    private static final List<ChatMessage> MESSAGES = List.of(UserMessage.from("Hi"));

    /** Two values of a type and what the second makes of the first. */
    private record Values(Object first, Object second, Object both) {

        static Values of(Object first, Object second) {
            return new Values(first, second, second);
        }
    }

    private static final Map<Class<?>, Values> VALUES = Map.of(
            Boolean.class,
            Values.of(true, false),
            Integer.class,
            Values.of(1, 0),
            String.class,
            Values.of("low", "high"),
            ThinkingMode.class,
            Values.of(ThinkingMode.ON, ThinkingMode.MODEL_DEFAULT),
            SafetyLevel.class,
            Values.of(SafetyLevel.LOW, SafetyLevel.HIGH),
            List.class,
            Values.of(List.of(ServerTool.WEB_SEARCH, ServerTool.READ_URL), List.of()),
            Map.class,
            new Values(Map.of("a", 1, "b", 1), Map.of("b", 2), Map.of("a", 1, "b", 2)));

    static Stream<Option<?>> options() {
        return Option.all().stream();
    }

    static Stream<Option<?>> fields() {
        return options().filter(option -> option.field() != null);
    }

    private static Values valuesOf(Option<?> option) {
        assertThat(VALUES).as("two values for a test of %s", option).containsKey(option.type());
        return VALUES.get(option.type());
    }

    /** By the setter that users call. */
    private static DeepSeekChatRequestParameters with(Option<?> option, Object value) throws Exception {
        DeepSeekChatRequestParameters.Builder builder = DeepSeekChatRequestParameters.builder();
        builder.getClass().getMethod(option.displayName(), option.type()).invoke(builder, value);
        return builder.build();
    }

    /** By the getter that users call. */
    private static Object valueIn(ChatRequestParameters parameters, Option<?> option) throws Exception {
        return DeepSeekChatRequestParameters.class
                .getMethod(option.displayName())
                .invoke(parameters);
    }

    private static JsonNode bodyOf(DeepSeekChatRequestParameters parameters) throws Exception {
        RequestDraft draft =
                new RequestDraft(MESSAGES, parameters.overrideWith(modelName()), parameters.options(), false);
        return new ObjectMapper()
                .readTree(RequestWriter.write(ModelProfile.V4_1, draft, MESSAGES, true, false)
                        .body());
    }

    private static ChatRequestParameters modelName() {
        return ChatRequestParameters.builder().modelName("deepseek-flash").build();
    }

    @ParameterizedTest
    @MethodSource("options")
    void should_return_what_was_set(Option<?> option) throws Exception {
        Values values = valuesOf(option);

        assertThat(valueIn(with(option, values.first()), option)).isEqualTo(values.first());
        assertThat(valueIn(DeepSeekChatRequestParameters.EMPTY, option)).isIn(null, Map.of());
    }

    @ParameterizedTest
    @MethodSource("options")
    void should_let_the_request_win_over_the_default(Option<?> option) throws Exception {
        Values values = valuesOf(option);
        DeepSeekChatRequestParameters byDefault = with(option, values.first());
        DeepSeekChatRequestParameters requested = with(option, values.second());

        assertThat(valueIn(byDefault.overrideWith(requested), option)).isEqualTo(values.both());
        assertThat(valueIn(requested.defaultedBy(byDefault), option)).isEqualTo(values.both());
    }

    @ParameterizedTest
    @MethodSource("options")
    void should_keep_the_default_of_what_the_request_does_not_say(Option<?> option) throws Exception {
        DeepSeekChatRequestParameters byDefault = with(option, valuesOf(option).first());

        for (ChatRequestParameters silent : List.of(DeepSeekChatRequestParameters.EMPTY, modelName())) {
            assertThat(valueIn(byDefault.overrideWith(silent), option))
                    .isEqualTo(valuesOf(option).first());
        }
        assertThat(valueIn(DeepSeekChatRequestParameters.EMPTY.defaultedBy(byDefault), option))
                .isEqualTo(valuesOf(option).first());
    }

    @ParameterizedTest
    @MethodSource("options")
    void should_be_equal_by_value_and_say_it(Option<?> option) throws Exception {
        Values values = valuesOf(option);
        DeepSeekChatRequestParameters parameters = with(option, values.first());

        assertThat(parameters)
                .isEqualTo(with(option, values.first()))
                .hasSameHashCodeAs(with(option, values.first()))
                .isNotEqualTo(with(option, values.second()))
                .isNotEqualTo(DeepSeekChatRequestParameters.EMPTY);
        assertThat(parameters.toString()).contains(option.displayName() + "=" + values.first());
    }

    @ParameterizedTest
    @MethodSource("options")
    void should_take_back_what_was_set(Option<?> option) throws Exception {
        DeepSeekChatRequestParameters.Builder builder = DeepSeekChatRequestParameters.builder()
                .overrideWith(with(option, valuesOf(option).first()));
        Object nothing = option.type() == Map.class ? Map.of() : null;

        builder.getClass().getMethod(option.displayName(), option.type()).invoke(builder, nothing);

        assertThat(builder.build()).isEqualTo(DeepSeekChatRequestParameters.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void should_write_plain_fields_under_the_name_of_the_protocol(Option<?> option) throws Exception {
        Object value = valuesOf(option).first();

        assertThat(option.field())
                .isEqualTo(option.displayName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        assertThat(bodyOf(with(option, value)).get(option.field())).isEqualTo(new ObjectMapper().valueToTree(value));
        assertThat(bodyOf(DeepSeekChatRequestParameters.EMPTY).has(option.field()))
                .isFalse();
    }

    @Test
    void should_list_each_parameter_that_users_can_set() {
        assertThat(Stream.of(DeepSeekChatRequestParameters.class.getDeclaredMethods())
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(method -> method.getParameterCount() == 0)
                        .map(Method::getName)
                        .filter(name ->
                                !List.of("builder", "toString", "hashCode").contains(name)))
                .containsExactlyInAnyOrderElementsOf(
                        Option.all().stream().map(Option::displayName).toList());
    }
}
