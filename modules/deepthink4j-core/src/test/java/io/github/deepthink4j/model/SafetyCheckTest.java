package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.SafetyLevel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A check of the whole answer, after which it may be refused although all of it has been shown (docs/protocol.md, section 2.12). */
@Timeout(60)
class SafetyCheckTest {

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekChatModel.Builder model() {
        return DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash");
    }

    /** What came in pieces, and how it ended. */
    private static final class Shown implements StreamingChatResponseHandler {

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder calls = new StringBuilder();
        private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

        @Override
        public void onPartialToolCall(PartialToolCall call) {
            calls.append(call.partialArguments());
        }

        @Override
        public void onPartialResponse(String piece) {
            text.append(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            failed.completeExceptionally(new AssertionError("complete: " + response));
        }

        @Override
        public void onError(Throwable error) {
            failed.complete(error);
        }
    }

    private static Shown stream(String baseUrl) throws Exception {
        Shown shown = new Shown();
        try (DeepSeekStreamingChatModel model = DeepSeekStreamingChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("test")
                .modelName("deepseek-flash")
                .safetyCheck(SafetyLevel.HIGH)
                .build()) {
            model.chat("Hi", shown);
            shown.failed.get(30, TimeUnit.SECONDS);
        }
        return shown;
    }

    @ParameterizedTest
    @CsvSource({"HIGH, high", "LOW, low"})
    void should_ask_for_it_and_for_nothing_where_nothing_is_said(SafetyLevel level, String word) {
        deepSeek.respond(Answer.text("Hello"));

        model().safetyCheck(level).build().chat("Hi");
        assertThat(deepSeek.lastRequest()
                        .body()
                        .path("safety_check")
                        .path("level")
                        .asText())
                .isEqualTo(word);
        model().build().chat("Hi");
        assertThat(deepSeek.lastRequest().body().has("safety_check")).isFalse();
    }

    @Test
    void should_say_that_what_was_shown_must_be_withdrawn() throws Exception {
        deepSeek.respond(
                Answer.thinking("How?").thenText("Take three of these.").refusedAfterwards());

        Shown shown = stream(deepSeek.baseUrl());

        assertThat(shown.text).hasToString("Take three of these.");
        assertThat(shown.failed.join())
                .isInstanceOfSatisfying(ContentRefusedException.class, refused -> {
                    assertThat(refused.mustWithdraw()).isTrue();
                    assertThat(refused.partialMessage().text()).isEqualTo("Take three of these.");
                    assertThat(refused.tokenUsage()).isNotNull();
                })
                .hasMessageContaining("Withdraw what was shown");
        assertThat(deepSeek.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the finish reason is held back until the audit is over
                "{'choices':[{'index':0,'delta':{'content':''},'finish_reason':'content_filter'}]}",
                // it comes behind an ordinary one
                "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n: keep-alive\n\n"
                        + "data: {'choices':[{'index':0,'delta':{},'finish_reason':'content_filter'}]}",
                // an error object in its place, or behind it
                "{'error':{'message':'Content Exists Risk','type':'invalid_request_error','param':null}}",
                "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n"
                        + "data: {'error':{'message':'Content Exists Risk','type':'invalid_request_error'}}",
                // the words of a refusal
                "{'choices':[{'index':0,'delta':{'refusal':'Not this.'},'finish_reason':'stop'}]}"
            })
    void should_know_a_refusal_in_each_form_that_it_may_have(String end) throws Exception {
        String body = event("{'choices':[{'index':0,'delta':{'role':'assistant','content':'Take three.'}}]}")
                + ": keep-alive\n\n" + event(end) + event("[DONE]");
        try (CannedServer server = new CannedServer(new Canned(200, body.replace('\'', '"')))) {
            Shown shown = stream(server.url());

            assertThat(shown.text).hasToString("Take three.");
            assertThat(shown.failed.join())
                    .isInstanceOfSatisfying(
                            ContentRefusedException.class,
                            refused -> assertThat(refused.mustWithdraw()).isTrue())
                    .hasMessageContaining("Withdraw what was shown");
            assertThat(server.paths()).hasSize(1);
        }
    }

    /** No message has the pieces, so that nobody runs them; whoever shows calls as they come has shown them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'choices':[{'index':0,'delta':{},'finish_reason':'content_filter'}]}",
                "{'error':{'message':'Content Exists Risk','type':'invalid_request_error'}}",
                "{'choices':[{'index':0,'delta':{'refusal':'Not this.'},'finish_reason':'stop'}]}"
            })
    void should_withdraw_the_pieces_of_a_call(String end) throws Exception {
        String body = event("{'choices':[{'index':0,'delta':{'tool_calls':[{'index':0,'id':'a','function':"
                        + "{'name':'order','arguments':'{\\'what\\':\\'three'}}]}}]}")
                + event(end)
                + event("[DONE]");
        try (CannedServer server = new CannedServer(new Canned(200, body.replace('\'', '"')))) {
            Shown shown = stream(server.url());

            assertThat(shown.failed.join())
                    .isInstanceOfSatisfying(ContentRefusedException.class, refused -> {
                        assertThat(refused.mustWithdraw()).isTrue();
                        assertThat(refused.details().unfinishedCall()).isTrue();
                        assertThat(refused.partialMessage()).isNull();
                    })
                    .hasMessageContaining("Withdraw what was shown");
            assertThat(shown.calls).hasToString("{\"what\":\"three");
            assertThat(server.paths()).hasSize(1);
        }
    }

    @Test
    void should_have_nothing_to_withdraw_where_the_prompt_was_refused() throws Exception {
        deepSeek.respond(Answer.error(400, "Content Exists Risk"));

        Shown shown = stream(deepSeek.baseUrl());

        assertThat(shown.failed.join())
                .isInstanceOfSatisfying(
                        ContentRefusedException.class,
                        refused -> assertThat(refused.mustWithdraw()).isFalse())
                .hasMessageContaining("Change the prompt")
                .hasMessageNotContaining("Withdraw");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_refuse_a_whole_answer_too(boolean streamOnWire) {
        deepSeek.respond(Answer.text("Take three of these.").refusedAfterwards());
        DeepSeekChatModel model = model().safetyCheck(SafetyLevel.HIGH)
                .streamOnWire(streamOnWire)
                .retryPolicy(RetryPolicy.NONE)
                .build();

        ContentRefusedException refused = catchThrowableOfType(ContentRefusedException.class, () -> model.chat("Hi"));

        assertThat(refused.mustWithdraw()).isTrue();
    }

    @Test
    void should_be_held_to_by_the_simulator() {
        deepSeek.respond(Answer.text("Hello"));
        ChatRequest forced = ChatRequest.builder()
                .messages(UserMessage.from("Hi"))
                .toolSpecifications(ToolSpecification.builder().name("f").build())
                .toolChoice(ToolChoice.REQUIRED)
                .build();
        DeepSeekChatModel.Builder unchecked = model().thinking(false).parameterCheck(ParameterCheck.IGNORE);

        assertThatThrownBy(() -> unchecked.safetyCheck(SafetyLevel.HIGH).build().chat(forced))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("safety_check does not support this tool_choice");
        unchecked.safetyCheck(SafetyLevel.LOW).build().chat(forced);
    }
}
