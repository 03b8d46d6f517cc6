package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SseEventTest {

    private static final ToolExecutionRequest CALL = ToolExecutionRequest.builder()
            .id("call_0")
            .name("weather")
            .arguments("{\"city\":\"Oslo\"}")
            .build();

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(new ReasoningEvent.Thinking("so\n\"it\" is"), "thinking", """
                        {"text":"so\\n\\"it\\" is"}"""),
                Arguments.of(new ReasoningEvent.Answer("Grüße \uD83D\uDE00"), "answer", """
                        {"text":"Grüße \uD83D\uDE00"}"""),
                Arguments.of(new ReasoningEvent.ToolCallPiece(0, "call_0", "weather", "{\"ci"), "tool_call_piece", """
                        {"index":0,"id":"call_0","name":"weather","arguments":"{\\"ci"}"""),
                Arguments.of(new ReasoningEvent.ToolCall(1, CALL), "tool_call", """
                        {"index":1,"id":"call_0","name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}"}"""),
                Arguments.of(
                        new ReasoningEvent.ToolExecuted(
                                CALL, ToolExecutionResultMessage.from("call_0", "weather", "sunny")),
                        "tool_executed",
                        """
                        {"id":"call_0","name":"weather","arguments":"{\\"city\\":\\"Oslo\\"}","result":"sunny","failed":false}"""),
                Arguments.of(
                        new ReasoningEvent.Completed(ChatResponse.builder()
                                .aiMessage(AiMessage.builder()
                                        .text("Yes.")
                                        .thinking("not told again")
                                        .build())
                                .metadata(DeepSeekChatResponseMetadata.builder()
                                        .id("id-1")
                                        .modelName("deepseek-flash")
                                        .finishReason(FinishReason.STOP)
                                        .tokenUsage(DeepSeekTokenUsage.builder()
                                                .inputTokenCount(5)
                                                .outputTokenCount(7)
                                                .totalTokenCount(12)
                                                .reasoningTokenCount(4)
                                                .cacheHitTokenCount(2)
                                                .cacheMissTokenCount(3)
                                                .build())
                                        .build())
                                .build()),
                        "completed",
                        """
                        {"id":"id-1","model":"deepseek-flash","text":"Yes.","finishReason":"STOP","usage":{"inputTokens":5,\
                        "outputTokens":7,"totalTokens":12,"reasoningTokens":4,"cacheHitTokens":2,"cacheMissTokens":3}}"""),
                Arguments.of(
                        new ReasoningEvent.Completed(ChatResponse.builder()
                                .aiMessage(AiMessage.from(CALL))
                                .build()),
                        "completed",
                        "{}"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void should_name_and_describe(ReasoningEvent event, String name, String json) {
        SseEvent sse = SseEvent.of(event);

        assertThat(sse.event()).isEqualTo(name);
        assertThat(sse.data()).isEqualTo(json);
        assertThat(sse.toText()).isEqualTo("event: " + name + "\ndata: " + json + "\n\n");
    }

    @Test
    void should_tell_what_an_answer_rests_on() {
        AiMessage answer = AiMessage.builder()
                .text("Yes.")
                .attributes(
                        Map.of(
                                ReasoningDialect.CARRIED_ATTRIBUTE,
                                "{\"blocks\":[{\"url\":\"https://a.example\",\"title\":\"A\",\"snippet\":\"long\"},{\"url\":\"https://b.example\"}]}"))
                .build();

        assertThat(SseEvent.of(new ReasoningEvent.Completed(
                                ChatResponse.builder().aiMessage(answer).build()))
                        .data())
                .isEqualTo("""
                        {"text":"Yes.","citations":[{"url":"https://a.example","title":"A"},{"url":"https://b.example"}]}""");
    }

    @Test
    void should_tell_errors_of_its_own() {
        assertThat(SseEvent.failed(new ServerOverloadedException("Try again.", ErrorDetails.NONE, null, null)))
                .isEqualTo(new SseEvent("failed", """
                        {"code":"server_overloaded","message":"Try again."}"""));
    }

    @Test
    void should_tell_a_page_to_take_back_what_it_has_shown_of_a_refused_answer() {
        ErrorDetails shown =
                ErrorDetails.custom().partialMessage(AiMessage.from("Take")).build();

        assertThat(SseEvent.failed(new ContentRefusedException("No.", shown, null)))
                .isEqualTo(new SseEvent("failed", """
                        {"code":"content_refused","message":"No.","withdraw":true}"""));
        assertThat(SseEvent.failed(new ContentRefusedException("No.", ErrorDetails.NONE, null)))
                .isEqualTo(new SseEvent("failed", """
                        {"code":"content_refused","message":"No."}"""));
    }

    @Test
    void should_tell_nothing_of_other_errors() {
        assertThat(SseEvent.failed(new IllegalStateException("jdbc:postgresql://secret")))
                .isEqualTo(new SseEvent("failed", """
                        {"code":"internal_error","message":"The answer could not be completed."}"""));
    }
}
