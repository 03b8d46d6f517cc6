package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;

/** Parameters that a program has made for the model before: understood, or left out with a word. */
class ForeignParametersTest {

    private static final OpenAiChatRequestParameters OPENAI = OpenAiChatRequestParameters.builder()
            .modelName("deepseek-flash")
            .temperature(0.5)
            .reasoningEffort("high")
            .maxCompletionTokens(1234)
            .user("user-7")
            .seed(42)
            .logprobs(true)
            .topLogprobs(3)
            .parallelToolCalls(false)
            .logitBias(Map.of("50256", -100))
            .customParameters(Map.of("my_field", List.of(1, 2), "store", true))
            .store(false)
            .metadata(Map.of("team", "search"))
            .serviceTier("flex")
            .build();

    private final Logger logger = mock();

    /** A vendor that nobody knows, whose class is not open to others. */
    private static class OtherParameters extends DefaultChatRequestParameters {

        private final Boolean cacheTools;
        private final String toolName;

        OtherParameters(Boolean cacheTools, String toolName) {
            super(DefaultChatRequestParameters.builder().modelName("deepseek-flash"));
            this.cacheTools = cacheTools;
            this.toolName = toolName;
        }

        public Boolean cacheTools() {
            return cacheTools;
        }

        public Optional<String> getToolName() {
            return Optional.ofNullable(toolName);
        }

        public Boolean think() {
            return false;
        }

        public Integer getRandomSeed() {
            return 7;
        }

        public Boolean returnThinking() {
            return true;
        }

        public String failing() {
            throw new IllegalStateException("not now");
        }
    }

    /** The body of what goes out for these parameters. */
    private JsonNode sent(ChatRequestParameters parameters, ParameterCheck check, boolean byDefault) throws Exception {
        when(logger.isWarnEnabled()).thenReturn(true);
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .defaultRequestParameters(byDefault ? parameters : null)
                        .parameterCheck(check)
                        .logger(logger)
                        .build()) {
            ChatRequest.Builder request = ChatRequest.builder().messages(UserMessage.from("Hi"));
            ChatRequest asked =
                    byDefault ? request.build() : request.parameters(parameters).build();
            model.chat(asked);
            model.chat(asked);
            // As decorators do, who leave the defaults out.
            model.doChat(ChatRequest.builder()
                    .messages(UserMessage.from("Hi"))
                    .parameters(
                            parameters.modelName() != null
                                    ? parameters
                                    : parameters.overrideWith(ChatRequestParameters.builder()
                                            .modelName("deepseek-flash")
                                            .build()))
                    .build());
            List<JsonNode> bodies = deepSeek.requests().stream()
                    .map(request1 -> read(request1.body()))
                    .toList();
            assertThat(bodies).hasSize(3).allMatch(body -> body.equals(bodies.get(0)));
            return bodies.get(0);
        }
    }

    private static JsonNode read(Object body) {
        return body instanceof JsonNode json ? json : new ObjectMapper().valueToTree(body);
    }

    @ParameterizedTest
    @EnumSource(ParameterCheck.class)
    void should_send_what_parameters_of_openai_say(ParameterCheck check) throws Exception {
        for (boolean byDefault : List.of(true, false)) {
            JsonNode body = sent(OPENAI, check, byDefault);

            assertThat(body.path("reasoning_effort").asText()).isEqualTo("high");
            assertThat(body.path("max_tokens").asInt()).isEqualTo(1234);
            assertThat(body.path("user_id").asText()).isEqualTo("user-7");
            assertThat(body.path("seed").asInt()).isEqualTo(42);
            assertThat(body.path("logprobs").asBoolean()).isTrue();
            assertThat(body.path("top_logprobs").asInt()).isEqualTo(3);
            assertThat(body.path("parallel_tool_calls")).isEqualTo(read(false));
            assertThat(body.path("logit_bias").path("50256").asInt()).isEqualTo(-100);
            assertThat(body.path("my_field").toString()).isEqualTo("[1,2]");
            assertThat(body.path("store").asBoolean()).isTrue();
            assertThat(body.path("metadata").path("team").asText()).isEqualTo("search");
            assertThat(body.path("service_tier").asText()).isEqualTo("flex");
        }
        verify(logger, never()).warn(contains("left out"));
    }

    /** A field that a newer version of that module has fails here first. */
    @Test
    void should_say_all_that_parameters_of_openai_can() throws Exception {
        for (Method getter : OpenAiChatRequestParameters.class.getDeclaredMethods()) {
            if (Modifier.isPublic(getter.getModifiers())
                    && getter.getParameterCount() == 0
                    && !List.of("hashCode", "toString", "builder").contains(getter.getName())) {
                assertThat(getter.invoke(OPENAI)).as(getter.getName()).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ParameterCheck.class)
    void should_say_once_which_parameters_of_another_vendor_mean_nothing_here(ParameterCheck check) throws Exception {
        JsonNode body = sent(new OtherParameters(true, "search"), check, true);

        assertThat(body.path("thinking").path("type").asText()).isEqualTo("disabled");
        assertThat(body.path("seed").asInt()).isEqualTo(7);
        verify(logger, times(1)).warn(contains("OtherParameters, cacheTools, failing, toolName means nothing"));
    }

    @Test
    void should_be_silent_about_what_was_not_said() throws Exception {
        sent(OpenAiChatRequestParameters.EMPTY, ParameterCheck.FAIL, false);
        sent(ChatRequestParameters.builder().maxOutputTokens(1000).build(), ParameterCheck.FAIL, false);

        verify(logger, never()).warn(anyString());
        verify(logger, never()).warn(anyString(), any(Object.class));
    }

    @Test
    void should_be_told_by_a_request_that_deepseek_cannot_take() {
        OpenAiChatRequestParameters tooLong =
                OpenAiChatRequestParameters.builder().user("a".repeat(513)).build();

        assertThatThrownBy(() -> sent(tooLong, ParameterCheck.FAIL, false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("userId");
    }

    @Test
    void should_let_what_comes_later_win() {
        DeepSeekChatRequestParameters own = DeepSeekChatRequestParameters.builder()
                .reasoningEffort("max")
                .maxOutputTokens(5)
                .thinking(true)
                .build();

        DeepSeekChatRequestParameters later = own.overrideWith(OPENAI);
        DeepSeekChatRequestParameters earlier = own.defaultedBy(OPENAI);

        assertThat(later.reasoningEffort()).isEqualTo("high");
        assertThat(later.maxOutputTokens()).isEqualTo(1234);
        assertThat(later.thinking()).isEqualTo(ThinkingMode.ON);
        assertThat(earlier.reasoningEffort()).isEqualTo("max");
        assertThat(earlier.maxOutputTokens()).isEqualTo(5);
        assertThat(earlier.seed()).isEqualTo(42);
    }

    @Test
    void should_say_once_that_a_seed_has_no_effect_on_deepseek_itself() throws Exception {
        sent(OPENAI, ParameterCheck.FAIL, false);

        verify(logger, times(1)).warn(contains("seed has no effect on DeepSeek's own API"));
    }

    @Test
    void should_say_nothing_of_a_seed_on_a_host_that_heeds_it() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(deepSeek.baseUrl())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .dialect(ReasoningDialect.VLLM)
                        .seed(1)
                        .logger(logger)
                        .build()) {
            model.chat("Hi");
        }

        verify(logger, never()).warn(anyString());
    }
}
