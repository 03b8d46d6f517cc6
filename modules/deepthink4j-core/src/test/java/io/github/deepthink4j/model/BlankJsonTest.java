package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no JSON comes as spaces in JSON mode: docs/protocol.md, section 5. */
@Timeout(60)
class BlankJsonTest {

    private static final String JSON = "{\"city\": \"Oslo\"}";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<String> pieces = new ArrayList<>();

    enum Way {
        WHOLE,
        BLOCKING,
        STREAMING
    }

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private <B extends DeepSeekModelBuilder<B>> B set(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(3)
                        .baseDelay(Duration.ofMillis(1))
                        .build());
    }

    private static ChatRequest asking(ResponseFormat format, ToolSpecification... tools) {
        return ChatRequest.builder()
                .messages(UserMessage.from("Where, as JSON?"))
                .parameters(ChatRequestParameters.builder()
                        .responseFormat(format)
                        .toolSpecifications(tools)
                        .build())
                .build();
    }

    private ChatResponse answer(Way way, ChatRequest request) {
        if (way != Way.STREAMING) {
            try (DeepSeekChatModel model = set(DeepSeekChatModel.builder())
                    .streamOnWire(way == Way.BLOCKING)
                    .build()) {
                return model.chat(request);
            }
        }
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        try (DeepSeekStreamingChatModel model =
                set(DeepSeekStreamingChatModel.builder()).build()) {
            model.chat(request, new StreamingChatResponseHandler() {
                @Override
                public void onPartialThinking(PartialThinking thinking) {
                    pieces.add("(" + thinking.text() + ")");
                }

                @Override
                public void onPartialResponse(String piece) {
                    pieces.add(piece);
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    end.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    end.completeExceptionally(error);
                }
            });
            return end.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (RuntimeException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void should_ask_again_where_the_answer_is_blank(Way way) {
        deepSeek.respond(Answer.text("      "), Answer.text(" \n\t \r\n"), Answer.text(JSON));

        ChatResponse response = answer(way, asking(ResponseFormat.JSON));

        assertThat(response.aiMessage().text()).isEqualTo(JSON);
        assertThat(String.join("", pieces)).isEqualTo(way == Way.STREAMING ? JSON : "");
        assertThat(deepSeek.requests()).hasSize(3);
    }

    /** To Java these are no white space, and to whoever reads them they are. */
    @ParameterizedTest
    @EnumSource
    void should_know_blanks_of_all_kinds(Way way) {
        deepSeek.respond(
                Answer.text("\u00a0\u200b\ufeff\u3000").pieces(1),
                Answer.text("\u3000"),
                Answer.text("\ufeff\u00a0" + JSON).pieces(1));

        ChatResponse response = answer(way, asking(ResponseFormat.JSON));

        assertThat(response.aiMessage().text()).endsWith(JSON);
        assertThat(String.join("", pieces)).isEqualTo(way == Way.STREAMING ? "\ufeff\u00a0" + JSON : "");
        assertThat(deepSeek.requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void should_say_so_where_it_stays_blank_and_show_nothing_of_it(Way way) {
        deepSeek.respond(Answer.text("   "), Answer.text("   "), Answer.text("   "));

        assertThat(catchThrowable(() -> answer(way, asking(ResponseFormat.JSON))))
                .isInstanceOf(EmptyAnswerException.class);
        assertThat(pieces).isEmpty();
        assertThat(deepSeek.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void should_pass_on_the_blanks_before_the_json_with_its_first_piece(int charactersPerPiece) {
        deepSeek.respond(Answer.text(" \n  " + JSON + "\n ").pieces(charactersPerPiece));

        ChatResponse response = answer(Way.STREAMING, asking(ResponseFormat.JSON));

        assertThat(pieces.get(0)).startsWith(" \n  {");
        assertThat(String.join("", pieces))
                .isEqualTo(" \n  " + JSON + "\n ")
                .isEqualTo(response.aiMessage().text());
    }

    @ParameterizedTest
    @EnumSource
    void should_ask_again_also_where_a_field_of_ones_own_asks_for_json(Way way) {
        deepSeek.respond(Answer.text("   "), Answer.text(JSON));
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Where, as JSON?"))
                .parameters(DeepSeekChatRequestParameters.builder()
                        .customParameters(Map.of("response_format", Map.of("type", "json_object")))
                        .build())
                .build();

        assertThat(answer(way, request).aiMessage().text()).isEqualTo(JSON);
        assertThat(deepSeek.requests()).hasSize(2);
    }

    /** It was shown, and another attempt would show another one. */
    @Test
    void should_not_ask_again_behind_a_thought_that_was_shown() {
        deepSeek.respond(Answer.thinking("Hm").thenText("    "));

        assertThat(catchThrowable(() -> answer(Way.STREAMING, asking(ResponseFormat.JSON))))
                .isInstanceOfSatisfying(
                        EmptyAnswerException.class,
                        e -> assertThat(e.details().partialMessage().thinking()).isEqualTo("Hm"));
        assertThat(pieces).containsExactly("(Hm)");
    }

    @ParameterizedTest
    @EnumSource
    void should_know_a_limit_from_a_blank_answer(Way way) {
        deepSeek.respond(Answer.text("    ").finishReason("length"));

        assertThat(catchThrowable(() -> answer(way, asking(ResponseFormat.JSON))))
                .isInstanceOf(ReasoningBudgetException.class);
        assertThat(pieces).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void should_run_a_call_with_blanks_before_it(Way way) {
        ToolSpecification now = ToolSpecification.builder().name("now").build();
        deepSeek.respond(Answer.text("\n\n").andToolCall("now", "{}"));

        ChatResponse response = answer(way, asking(ResponseFormat.JSON, now));

        assertThat(response.aiMessage().toolExecutionRequests())
                .singleElement()
                .satisfies(call -> assertThat(call.name()).isEqualTo("now"));
        assertThat(pieces).isEmpty();
    }

    @Test
    void should_pass_blanks_on_at_once_where_no_json_was_asked_for() {
        deepSeek.respond(Answer.text("\n Oslo").pieces(1));

        answer(Way.STREAMING, asking(ResponseFormat.TEXT));

        assertThat(pieces).startsWith("\n");
    }
}
