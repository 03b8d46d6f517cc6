package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;

import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

/** The key is in no log, no message and no toString, also with all logging on. */
class SecrecyTest {

    private static final String KEY = "sk-0123456789abcdef";
    private static final String GATEWAY_TOKEN = "token-of-a-gateway";

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final Logger logger = mock();

    @BeforeEach
    void listen() {
        // Every method that takes a text and arguments: what is logged is all of them.
        doAnswer(call -> logged.add(Arrays.deepToString(call.getArguments())))
                .when(logger)
                .info(anyString(), any(Object[].class));
        doAnswer(call -> logged.add(Arrays.deepToString(call.getArguments())))
                .when(logger)
                .info(anyString(), any(), any());
        doAnswer(call -> logged.add(Arrays.deepToString(call.getArguments())))
                .when(logger)
                .info(anyString(), any(Object.class));
        doAnswer(call -> logged.add(Arrays.deepToString(call.getArguments())))
                .when(logger)
                .warn(anyString());
    }

    @Test
    void should_show_the_key_nowhere() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.thinking("So").thenText("Your key " + KEY + " works"),
                    Answer.error(401, "Your api key: " + KEY + " is invalid"),
                    Answer.text("").fault(Fault.RESET));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey(KEY)
                    .modelName("deepseek-flash")
                    .customHeaders(Map.of("X-Gateway-Token", GATEWAY_TOKEN))
                    .retryPolicy(RetryPolicy.NONE)
                    .logRequests(true)
                    .logResponses(true)
                    .logger(logger)
                    .build();

            model.chat("Hi");
            Throwable refused = catchThrowable(() -> model.chat("My key is " + KEY));
            Throwable reset = catchThrowable(() -> model.chat("Hi"));

            assertThat(logged).hasSize(6).noneMatch(line -> line.contains(KEY));
            assertThat(logged).noneMatch(line -> line.contains(GATEWAY_TOKEN));
            assertThat(logged).anyMatch(line -> line.contains("Authorization=***"));
            assertThat(refused).hasMessageNotContaining(KEY);
            assertThat(reset).hasMessageNotContaining(KEY);
            assertThat(model.toString() + model.defaultRequestParameters()).doesNotContain(KEY);
        }
    }

    @Test
    void should_log_an_emoji_as_a_person_reads_it_and_the_text_of_an_escape_as_it_is() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("Hi"));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(deepSeek.baseUrl())
                    .apiKey(KEY)
                    .modelName("deepseek-flash")
                    .logRequests(true)
                    .logger(logger)
                    .build();

            model.chat("\uD83D\uDE00\uD83D\uDC69\u200D\uD83D\uDCBB or \\ud83d\\ude00 or \\\uD83D\uDE00");

            assertThat(logged)
                    .anyMatch(line -> line.contains(
                            "\uD83D\uDE00\uD83D\uDC69\u200D\uD83D\uDCBB or \\\\ud83d\\\\ude00 or \\\\\uD83D\uDE00"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"first\nsecond", "\u201cquoted\u201d", "invisible\u200bspace", "first\r\nX-Other: second"})
    void should_refuse_a_pasted_key_that_cannot_be_sent_without_showing_it(String key) {
        DeepSeekChatModel.Builder byKey =
                DeepSeekChatModel.builder().apiKey(key).modelName("deepseek-flash");
        DeepSeekChatModel.Builder byHeader =
                DeepSeekChatModel.builder().customHeaders(Map.of("X-Key", key)).modelName("deepseek-flash");

        for (DeepSeekChatModel.Builder builder : List.of(byKey, byHeader)) {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("can't be sent")
                    .hasMessageNotContainingAny("first", "second", "quoted", "invisible\u200b")
                    .hasNoCause();
        }
    }

    /** The JDK's client would refuse them with each request, as a failed connection. */
    @ParameterizedTest
    @ValueSource(strings = {"Host", "host", "Connection", "Content-Length", "EXPECT", "Upgrade", "Transfer-Encoding"})
    void should_refuse_headers_of_the_connection_when_the_model_is_built(String name) {
        DeepSeekChatModel.Builder builder =
                DeepSeekChatModel.builder().customHeaders(Map.of(name, KEY)).modelName("deepseek-flash");

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(name, "Take it out of customHeaders")
                .hasMessageNotContaining(KEY)
                .hasNoCause();
    }

    @Test
    void should_refuse_headers_without_a_name_or_value_when_the_model_is_built() {
        Map<String, String> nameless = new HashMap<>();
        nameless.put(null, KEY);
        Map<String, String> empty = new HashMap<>();
        empty.put("X-Tenant", null);

        assertThatThrownBy(() -> DeepSeekStreamingChatModel.builder()
                        .customHeaders(nameless)
                        .modelName("deepseek-flash")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("without a name", "leave it out")
                .hasMessageNotContaining(KEY);
        assertThatThrownBy(() -> DeepSeekChatModel.builder()
                        .customHeaders(empty)
                        .modelName("deepseek-flash")
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("X-Tenant", "leave it out");
    }

    @Test
    void should_take_blanks_around_a_pasted_key_off() {
        assertThat(DeepSeekChatModel.builder()
                        .apiKey(" test\n")
                        .modelName("deepseek-flash")
                        .build())
                .isNotNull();
    }
}
