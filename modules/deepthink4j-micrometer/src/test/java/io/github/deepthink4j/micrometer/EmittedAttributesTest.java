package io.github.deepthink4j.micrometer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ResponseFormat;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.profile.ThinkingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each attribute of a span has its own value, and no other one's. */
class EmittedAttributesTest extends ToldCalls {

    private Map<String, Object> attributesOf(String span) {
        return Traces.attributes(traces.span(span));
    }

    @Test
    void should_give_each_attribute_of_a_span_its_own_value() {
        // When
        answered(begun(messages(), parameters().build()), estimate());

        // Then
        String noon =
                "{\"role\":\"tool\",\"parts\":[{\"type\":\"tool_call_response\",\"id\":\"%s\",\"response\":\"noon\"}]}";
        String call = "{\"role\":\"assistant\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"%s\",\"name\":\"clock\","
                + "\"arguments\":\"{}\"}]}";
        String said = "{\"role\":\"%s\",\"parts\":[{\"type\":\"text\",\"content\":\"%s\"}]}";
        String conversation = String.join(
                ",",
                said.formatted("user", "Hi"),
                call.formatted("call-0"),
                noon.formatted("call-0"),
                said.formatted("assistant", "Hello"),
                said.formatted("user", "What time is it?"),
                call.formatted("call-1"),
                noon.formatted("call-1"),
                call.formatted("call-2"),
                noon.formatted("call-2"));
        assertThat(attributesOf("chat deepseek-flash"))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                entry("gen_ai.operation.name", "chat"),
                                entry("gen_ai.provider.name", "deepseek"),
                                entry("gen_ai.request.model", "deepseek-flash"),
                                entry("gen_ai.response.model", "deepseek-flash-0731"),
                                entry("server.address", "api.deepseek.com"),
                                entry("server.port", "443"),
                                entry("deepthink4j.outcome", "answered"),
                                entry("gen_ai.request.stream", true),
                                entry("gen_ai.request.temperature", 0.5),
                                entry("gen_ai.request.top_p", 0.9),
                                entry("gen_ai.request.top_k", 40L),
                                entry("gen_ai.request.max_tokens", 100L),
                                entry("gen_ai.request.frequency_penalty", 0.1),
                                entry("gen_ai.request.presence_penalty", 0.2),
                                entry("gen_ai.request.stop_sequences", List.of("END", "STOP")),
                                entry("gen_ai.request.seed", 7L),
                                entry("gen_ai.request.reasoning.level", "high"),
                                entry("gen_ai.output.type", "json"),
                                entry("deepthink4j.thinking", "on"),
                                entry("deepthink4j.tool_round", 2L),
                                entry("gen_ai.response.id", "answer-1"),
                                entry("gen_ai.response.finish_reasons", List.of("length")),
                                entry("deepthink4j.request.id", "request-1"),
                                entry("deepthink4j.response.system_fingerprint", "fp-1"),
                                entry("gen_ai.usage.input_tokens", 300L),
                                entry("gen_ai.usage.output_tokens", 70L),
                                entry("gen_ai.usage.reasoning.output_tokens", 45L),
                                entry("gen_ai.usage.cache_read.input_tokens", 110L),
                                entry("deepthink4j.cost.amount", 0.0025),
                                entry("deepthink4j.cost.currency", "CNY"),
                                entry("deepthink4j.cost.estimate", true),
                                entry("gen_ai.response.time_to_first_chunk", 1.5),
                                entry("deepthink4j.first_thought", 1.5),
                                entry("deepthink4j.first_word", 4.0),
                                entry("deepthink4j.attempts", 2L),
                                entry("gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"Be brief.\"}]"),
                                entry("gen_ai.input.messages", "[" + conversation + "]"),
                                entry(
                                        "gen_ai.output.messages",
                                        "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"Noon.\"},"
                                                + "{\"type\":\"text\",\"content\":\"It is noon.\"}],\"finish_reason\":\"length\"}]")));
    }

    @Test
    void should_say_the_opposite_where_the_opposite_was_asked_and_answered() {
        // Given
        ChatModelRequestContext call = begun(
                List.of(UserMessage.from("Hi")),
                DeepSeekChatRequestParameters.builder()
                        .modelName("deepseek-flash")
                        .responseFormat(ResponseFormat.TEXT)
                        .thinking(ThinkingMode.OFF)
                        .build());

        // When
        sent(call, 1, false);
        answer(call, yuan().build());

        // Then
        assertThat(attributesOf("chat deepseek-flash"))
                .contains(
                        entry("gen_ai.request.stream", false),
                        entry("gen_ai.output.type", "text"),
                        entry("deepthink4j.thinking", "off"),
                        entry("deepthink4j.tool_round", 0L),
                        entry("deepthink4j.cost.estimate", false),
                        entry("deepthink4j.attempts", 1L))
                .doesNotContainKeys(
                        "gen_ai.system_instructions",
                        "gen_ai.request.top_k",
                        "gen_ai.response.time_to_first_chunk",
                        "deepthink4j.first_thought",
                        "deepthink4j.first_word");
    }

    @Test
    void should_give_each_attribute_of_a_failure_a_step_and_a_tool_its_own_value() {
        // Given
        ChatModelRequestContext call = begun(
                List.of(UserMessage.from("Hi")),
                DeepSeekChatRequestParameters.builder()
                        .modelName("deepseek-flash")
                        .thinking(ThinkingMode.MODEL_DEFAULT)
                        .build());

        // When
        sent(call, 1, true);
        failed(call);
        stepAround(() -> toolAround(() -> {}));

        // Then
        assertThat(attributesOf("chat deepseek-flash"))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("gen_ai.operation.name", "chat"),
                        entry("gen_ai.provider.name", "deepseek"),
                        entry("gen_ai.request.model", "deepseek-flash"),
                        entry("server.address", "api.deepseek.com"),
                        entry("server.port", "443"),
                        entry("error.type", "insufficient_balance"),
                        entry("deepthink4j.outcome", "failed"),
                        entry("gen_ai.request.stream", true),
                        entry("deepthink4j.thinking", "model_default"),
                        entry("deepthink4j.tool_round", 0L),
                        entry("http.response.status_code", 402L),
                        entry("deepthink4j.request.id", "request-2"),
                        entry("deepthink4j.attempts", 1L),
                        entry(
                                "gen_ai.input.messages",
                                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"Hi\"}]}]")));
        assertThat(attributesOf("step plan reasoner"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "deepthink4j.step.kind", "plan",
                        "deepthink4j.step.part", "reasoner",
                        "gen_ai.request.model", "deepseek-v4-pro",
                        "deepthink4j.outcome", "answered"));
        assertThat(attributesOf("execute_tool clock"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "gen_ai.operation.name", "execute_tool",
                        "gen_ai.tool.name", "clock",
                        "gen_ai.tool.call.id", "call-9",
                        "deepthink4j.outcome", "answered"));
    }
}
