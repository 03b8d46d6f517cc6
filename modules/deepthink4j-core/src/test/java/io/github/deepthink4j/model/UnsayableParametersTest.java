package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** What no request can say is refused with the name of its parameter, when it is set or at the latest before anything is sent. */
class UnsayableParametersTest {

    private static final List<String> STOPS = Arrays.asList("END", null);

    static Stream<Arguments> unsayable() {
        Map<String, Object> ring = new HashMap<>();
        ring.put("inner", new ArrayList<>(List.of(ring)));
        Object deep = "end";
        for (int i = 0; i < 10_000; i++) {
            deep = List.of(deep);
        }
        Map<Object, Object> nameless = new HashMap<>();
        nameless.put(null, 1);
        return Stream.of(
                Arguments.of(
                        Instant.EPOCH,
                        "customParameters: mine is of java.time.Instant, which can't be written as JSON"),
                Arguments.of(
                        Map.of("a", List.of(1, Map.of("since", Optional.of(Instant.EPOCH)))),
                        "customParameters: mine.a[1].since is of java.util.Optional"),
                Arguments.of(new Object(), "customParameters: mine is of java.lang.Object"),
                Arguments.of(Named.of("a ring", ring), "customParameters: mine.inner[0] contains itself"),
                Arguments.of(new Knot(), "customParameters: mine is of io.github.deepthink4j.model"),
                Arguments.of(Named.of("a deep list", deep), "is nested more than 200 deep"),
                Arguments.of(nameless, "customParameters: mine has a field without a name"));
    }

    /** Of a bean that contains itself. */
    public static final class Knot {

        public Knot getKnot() {
            return this;
        }
    }

    @ParameterizedTest
    @MethodSource("unsayable")
    void should_name_a_custom_parameter_that_is_no_json_when_it_is_set(Object value, String message) {
        Map<String, Object> custom = Map.of("mine", value);

        assertThatThrownBy(() -> DeepSeekChatModel.builder().customParameters(custom))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> DeepSeekChatRequestParameters.builder().customParameters(custom))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void should_send_what_is_json_and_name_what_has_become_none() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("Hi"));
            Map<String, Object> changing = new HashMap<>(Map.of("at", "now"));
            List<Integer> shared = List.of(1);
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("any")
                    .modelName("deepseek-flash")
                    .customParameters(Map.of(
                            "changing",
                            changing,
                            "one",
                            shared,
                            "two",
                            shared,
                            "three",
                            new int[] {2},
                            "four",
                            Thread.State.NEW))
                    .build();

            model.chat("Hi");
            changing.put("at", Instant.EPOCH);

            assertThat(deepSeek.lastRequest().body().path("two").toString()).isEqualTo("[1]");
            assertThat(deepSeek.lastRequest().body().path("four").asText()).isEqualTo("NEW");
            assertThatThrownBy(() -> model.chat("Hi"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("customParameters: changing.at is of java.time.Instant");
        }
    }

    @Test
    void should_name_the_stop_sequences_that_have_a_null() {
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .parameters(ChatRequestParameters.builder().stopSequences(STOPS).build())
                .build();
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .apiKey("any")
                .modelName("deepseek-flash")
                .build();

        assertThatThrownBy(() -> DeepSeekChatModel.builder().stopSequences(STOPS))
                .hasMessageContaining("stopSequences has");
        assertThatThrownBy(() -> DeepSeekFimModel.builder().stopSequences(STOPS))
                .hasMessageContaining("stopSequences has");
        assertThatThrownBy(() -> model.chat(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stopSequences has an entry that is null, in [END, null]");
    }

    @Test
    void should_tell_once_that_no_effort_is_sent_where_thinking_is_turned_off() {
        Logger logger = mock();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("1"), Answer.text("2"));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("any")
                    .modelName("deepseek-flash")
                    .thinking(false)
                    .reasoningEffort("high")
                    .logger(logger)
                    .build();

            model.chat("Hi");
            model.chat("Hi");

            assertThat(deepSeek.lastRequest().body().has("reasoning_effort")).isFalse();
            verify(logger, times(1)).warn(contains("reasoningEffort 'high' is not sent"));
        }
    }

    @Test
    void should_let_a_request_turn_thinking_off_without_a_word() {
        Logger logger = mock();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("1"));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey("any")
                    .modelName("deepseek-flash")
                    .reasoningEffort("high")
                    .logger(logger)
                    .build();

            model.chat(ChatRequest.builder()
                    .messages(UserMessage.from("Hi"))
                    .parameters(DeepSeekChatRequestParameters.builder()
                            .thinking(false)
                            .build())
                    .build());

            assertThat(deepSeek.lastRequest().body().has("reasoning_effort")).isFalse();
            verify(logger, never()).warn(anyString());
        }
    }
}
