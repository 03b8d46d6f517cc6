package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.Capability;
import io.github.deepthink4j.model.CannedServer.Canned;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setters that those who come from LangChain4j's OpenAI module look for. */
class OpenAiNamesTest {

    private static final Canned ANSWER = new Canned(
            200, "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Fine\"},\"finish_reason\":\"stop\"}]}");

    @Test
    @SuppressWarnings("deprecation")
    void should_mean_what_deepseek_calls_otherwise() {
        DeepSeekChatModel model = DeepSeekChatModel.builder()
                .apiKey("test")
                .modelName("deepseek-flash")
                .maxTokens(100)
                .stop(List.of("END"))
                .user("user-7")
                .seed(3)
                .returnThinking(true)
                .sendThinking(true)
                .sendThinking(false, "reasoning_content")
                .strictJsonSchema(false)
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .supportedCapabilities(Set.of())
                .build();

        assertThat(model.defaultRequestParameters())
                .isEqualTo(DeepSeekChatRequestParameters.builder()
                        .modelName("deepseek-flash")
                        .maxOutputTokens(100)
                        .stopSequences(List.of("END"))
                        .userId("user-7")
                        .seed(3)
                        .build());
        assertThat(model.supportedCapabilities()).containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThat(DeepSeekStreamingChatModel.builder()
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .maxCompletionTokens(7)
                        .build()
                        .defaultRequestParameters()
                        .maxOutputTokens())
                .isEqualTo(7);
    }

    @Test
    @SuppressWarnings("deprecation")
    void should_say_what_to_do_instead_of_what_there_is_not() {
        assertThatThrownBy(() -> DeepSeekChatModel.builder().returnThinking(false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Leave it out", "thinking(false)");
        assertThatThrownBy(() -> DeepSeekChatModel.builder().strictJsonSchema(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Leave it out", "ReasonThenStructure", "strictTools");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maxTokens",
                "maxCompletionTokens",
                "stop",
                "user",
                "returnThinking",
                "sendThinking",
                "strictJsonSchema",
                "supportedCapabilities"
            })
    void should_be_marked_for_the_compiler_to_tell(String setter) {
        List<Method> methods = Arrays.stream(DeepSeekChatModel.Builder.class.getMethods())
                .filter(method -> method.getName().equals(setter))
                .toList();

        assertThat(methods).isNotEmpty().allMatch(method -> method.isAnnotationPresent(Deprecated.class));
    }

    @Test
    void should_send_query_parameters_with_each_request() {
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(server.url() + "/v1?a=1")
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .customQueryParams(Map.of("api-version", "2024 10&21"))
                        .build()) {
            model.chat("Hi");

            assertThat(server.paths()).containsExactly("/v1/chat/completions?a=1&api-version=2024+10%2621");
        }
    }
}
