package io.github.deepthink4j.micrometer;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What OpenTelemetry's exporter gets of a call. */
class ChatSpanTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Traces traces = new Traces();

    @AfterEach
    void close() {
        deepSeek.close();
        traces.close();
    }

    private DeepSeekChatModel model(DeepSeekObservations observations) {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("sk-0123456789abcdef0123456789abcdef")
                .modelName("deepseek-flash")
                .maxRetries(0)
                .listeners(observations.listener())
                .build();
    }

    private DeepSeekObservations observations() {
        return DeepSeekObservations.builder()
                .observations(traces.observations)
                .meters(traces.meters)
                .build();
    }

    @Test
    void should_describe_an_answer_with_attributes_of_their_own_types() {
        // Given
        deepSeek.respond(Answer.thinking("A greeting.").thenText("Hello"));
        DeepSeekChatModel model = model(observations());

        // When
        var response = model.chat(ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .parameters(DeepSeekChatRequestParameters.builder()
                        .maxOutputTokens(500)
                        .reasoningEffort("high")
                        .seed(7)
                        .stopSequences(List.of("END"))
                        .build())
                .build());

        // Then
        SpanData span = traces.span("chat deepseek-flash");
        assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        Map<String, Object> attributes = Traces.attributes(span);
        var usage = response.metadata().tokenUsage();
        assertThat(attributes)
                .contains(
                        entry("gen_ai.operation.name", "chat"),
                        entry("gen_ai.provider.name", "deepseek"),
                        entry("gen_ai.request.model", "deepseek-flash"),
                        entry("gen_ai.response.model", response.metadata().modelName()),
                        entry("gen_ai.response.id", response.metadata().id()),
                        entry("gen_ai.response.finish_reasons", List.of("stop")),
                        entry("gen_ai.request.max_tokens", 500L),
                        entry("gen_ai.request.seed", 7L),
                        entry("gen_ai.request.reasoning.level", "high"),
                        entry("gen_ai.request.stop_sequences", List.of("END")),
                        entry("gen_ai.request.stream", true),
                        entry("gen_ai.usage.input_tokens", (long) usage.inputTokenCount()),
                        entry("gen_ai.usage.output_tokens", (long) usage.outputTokenCount()),
                        entry("server.address", "127.0.0.1"),
                        entry("server.port", String.valueOf(deepSeek.port())),
                        entry("deepthink4j.outcome", "answered"),
                        entry("deepthink4j.attempts", 1L),
                        entry("deepthink4j.tool_round", 0L))
                .containsKeys(
                        "gen_ai.usage.reasoning.output_tokens",
                        "gen_ai.usage.cache_read.input_tokens",
                        "gen_ai.response.time_to_first_chunk",
                        "deepthink4j.first_thought",
                        "deepthink4j.first_word")
                .doesNotContainKey("error.type")
                .doesNotContainValue("none");
        assertThat(attributes.get("deepthink4j.first_word")).isInstanceOf(Double.class);
        assertThat(span.getEvents()).extracting("name").contains("first thought", "first word");
    }

    @Test
    void should_name_an_error_by_its_code() {
        // Given
        deepSeek.respond(Answer.error(402, "Insufficient Balance"));
        DeepSeekChatModel model = model(observations());

        // When
        assertThatThrownBy(() -> model.chat("Hi")).isInstanceOf(RuntimeException.class);

        // Then
        SpanData span = traces.span("chat deepseek-flash");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(Traces.attributes(span))
                .contains(
                        entry("error.type", "insufficient_balance"),
                        entry("http.response.status_code", 402L),
                        entry("deepthink4j.outcome", "failed"))
                .doesNotContainValue("none");
    }

    @Test
    void should_show_neither_what_is_said_nor_the_key_unless_asked_to() {
        // Given
        deepSeek.respond(Answer.thinking("My secret thought.").thenText("My secret answer"));
        DeepSeekChatModel model = model(observations());

        // When
        model.chat("My secret question");

        // Then
        assertThat(traces.spans().toString()).doesNotContain("secret").doesNotContain("0123456789abcdef");
        assertThat(traces.meters.getMetersAsString()).doesNotContain("secret").doesNotContain("0123456789abcdef");
    }

    @Test
    void should_show_what_is_said_redacted_where_that_is_asked_for() {
        // Given
        deepSeek.respond(Answer.thinking("Anna wants her name.").thenText("You are Anna."));
        DeepSeekChatModel model = model(DeepSeekObservations.builder()
                .observations(traces.observations)
                .content(true)
                .redaction(text -> text.replace("Anna", "<name>"))
                .build());

        // When
        model.chat("I am Anna. Who am I?");

        // Then
        assertThat(Traces.attributes(traces.span("chat deepseek-flash")))
                .contains(
                        entry(
                                "gen_ai.input.messages",
                                "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"I am <name>. Who am I?\"}]}]"),
                        entry(
                                "gen_ai.output.messages",
                                "[{\"role\":\"assistant\",\"parts\":[{\"type\":\"reasoning\",\"content\":\"<name> wants her name.\"},"
                                        + "{\"type\":\"text\",\"content\":\"You are <name>.\"}],\"finish_reason\":\"stop\"}]"));
        assertThat(traces.spans().toString()).doesNotContain("Anna");
    }

    @Test
    void should_show_nothing_where_the_redaction_fails() {
        // Given
        deepSeek.respond(Answer.text("Hello"));
        DeepSeekChatModel model = model(DeepSeekObservations.builder()
                .observations(traces.observations)
                .content(true)
                .redaction(text -> {
                    throw new IllegalStateException("broken");
                })
                .build());

        // When
        String answer = model.chat("Hi");

        // Then
        assertThat(answer).isEqualTo("Hello");
        assertThat(Traces.attributes(traces.span("chat deepseek-flash")).get("gen_ai.output.messages"))
                .asString()
                .contains("***")
                .doesNotContain("Hello");
    }
}
