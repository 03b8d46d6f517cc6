package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import io.github.deepthink4j.error.ReasoningBudgetException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Prefix completion, typed: docs/protocol.md, section 2.3. */
@Timeout(60)
class ContinuationTest {

    private static final ChatRequest ASKED = ChatRequest.builder()
            .messages(UserMessage.from("Write a poem."))
            .parameters(ChatRequestParameters.builder().maxOutputTokens(100).build())
            .build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<String> pieces = new ArrayList<>();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private <B extends DeepSeekModelBuilder<B>> B set(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .maxRetries(0);
    }

    private DeepSeekChatModel model() {
        return set(DeepSeekChatModel.builder()).build();
    }

    private JsonNode lastMessage() {
        return deepSeek.lastRequest().lastMessage();
    }

    private ChatResponse rest(boolean streaming, Continuation continuation) {
        if (!streaming) {
            return continuation.chat(model());
        }
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        continuation.start(set(DeepSeekStreamingChatModel.builder()).build(), new StreamingChatResponseHandler() {
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
        try {
            return end.orTimeout(30, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private StreamCutException cut(Answer answer) {
        deepSeek.respond(answer);
        return catchThrowableOfType(StreamCutException.class, () -> model().chat(ASKED));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_go_on_from_where_an_answer_broke_off(boolean streaming) {
        StreamCutException cut = cut(Answer.thinking("A poem then.")
                .thenText("Roses are red, violets are blue")
                .fault(Fault.CUT_IN_ANSWER));
        String begun = cut.partialMessage().text();
        assertThat(begun).isNotBlank().isNotEqualTo("Roses are red, violets are blue");
        deepSeek.respond(Answer.text(" and so on"));

        ChatResponse whole = rest(streaming, Continuation.of(ASKED, cut));

        assertThat(whole.aiMessage().text()).isEqualTo(begun + " and so on");
        assertThat(whole.aiMessage().thinking()).isEqualTo("A poem then.");
        assertThat(String.join("", pieces)).isEqualTo(streaming ? " and so on" : "");
        assertThat(deepSeek.lastRequest().path()).isEqualTo("/beta/chat/completions");
        assertThat(deepSeek.lastRequest().body().path("max_tokens").asInt()).isEqualTo(100);
        assertThat(lastMessage().path("role").asText()).isEqualTo("assistant");
        assertThat(lastMessage().path("prefix").asBoolean()).isTrue();
        assertThat(lastMessage().path("content").asText()).isEqualTo(begun);
        assertThat(lastMessage().path("reasoning_content").asText()).isEqualTo("A poem then.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_think_on_where_a_thought_broke_off(boolean streaming) {
        StreamCutException cut =
                cut(Answer.thinking("One two three four five six").thenText("x").fault(Fault.CUT_IN_THOUGHT));
        String begun = cut.partialMessage().thinking();
        deepSeek.respond(Answer.thinking(" seven").thenText("Eight"));

        ChatResponse whole = rest(streaming, Continuation.of(ASKED, cut));

        assertThat(whole.aiMessage().thinking()).isEqualTo(begun + " seven");
        assertThat(whole.aiMessage().text()).isEqualTo("Eight");
        assertThat(lastMessage().path("content").asText("-")).isEmpty();
        assertThat(lastMessage().path("reasoning_content").asText()).isEqualTo(begun);
    }

    @Test
    void should_ask_from_the_beginning_where_nothing_had_arrived() {
        StreamCutException cut = cut(Answer.text("x").fault(Fault.CUT_BEFORE_FIRST_PIECE));
        deepSeek.respond(Answer.text("Roses"));

        assertThat(Continuation.of(ASKED, cut).chat(model()).aiMessage().text()).isEqualTo("Roses");
        assertThat(lastMessage().path("role").asText()).isEqualTo("user");
        assertThat(deepSeek.lastRequest().path()).isEqualTo("/chat/completions");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_go_on_behind_the_limit_and_add_up_the_tokens(boolean streaming) {
        deepSeek.respond(Answer.text("a b c").finishReason("length"), Answer.text(" d e f"));
        ChatResponse cut = model().chat(ASKED);

        ChatResponse whole = rest(streaming, Continuation.of(ASKED, cut));

        assertThat(whole.aiMessage().text()).isEqualTo("a b c d e f");
        assertThat(whole.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(whole.tokenUsage()).isInstanceOf(DeepSeekTokenUsage.class);
        assertThat(whole.tokenUsage().outputTokenCount()).isEqualTo(6);
    }

    @Test
    void should_go_on_as_often_as_it_takes() {
        deepSeek.respond(
                Answer.text("a").finishReason("length"),
                Answer.text(" b").finishReason("length"),
                Answer.text(" c d e f").fault(Fault.CUT_IN_ANSWER),
                Answer.text("!"));
        ChatResponse first = model().chat(ASKED);
        ChatResponse second = Continuation.of(ASKED, first).chat(model());
        Continuation third = Continuation.of(ASKED, second);
        StreamCutException cut = catchThrowableOfType(StreamCutException.class, () -> third.chat(model()));

        ChatResponse whole = Continuation.of(third.request(), cut).chat(model());

        assertThat(second.aiMessage().text()).isEqualTo("a b");
        assertThat(whole.aiMessage().text())
                .isEqualTo("a b" + cut.partialMessage().text() + "!");
        assertThat(deepSeek.lastRequest().messages()).hasSize(2);
        assertThat(lastMessage().path("content").asText())
                .isEqualTo("a b" + cut.partialMessage().text());
    }

    @Test
    void should_think_on_where_the_thought_has_eaten_the_limit() {
        deepSeek.respond(Answer.thinking("One two").thenText("x").fault(Fault.BUDGET_EATEN), Answer.text("Three"));
        ReasoningBudgetException eaten =
                catchThrowableOfType(ReasoningBudgetException.class, () -> model().chat(ASKED));

        ChatResponse whole = Continuation.of(ASKED, eaten).chat(model());

        assertThat(whole.aiMessage().thinking()).isEqualTo("One two");
        assertThat(whole.aiMessage().text()).isEqualTo("Three");
    }

    @Test
    void should_begin_an_answer_or_a_thought_as_one_likes() {
        deepSeek.respond(
                Answer.text("print(1)\n```"), Answer.thinking(" is in Greece.").thenText("Yes."), Answer.text("!"));

        assertThat(Continuation.beginningWith(ASKED, "```python\n")
                        .chat(model())
                        .aiMessage()
                        .text())
                .isEqualTo("```python\nprint(1)\n```");
        AiMessage thought = Continuation.beginningWithThought(ASKED, "Athens", null)
                .chat(model())
                .aiMessage();
        assertThat(thought.thinking()).isEqualTo("Athens is in Greece.");
        assertThat(thought.text()).isEqualTo("Yes.");
        assertThat(Continuation.beginningWithThought(ASKED, "Hm", "Roses")
                        .withoutThought()
                        .chat(model())
                        .aiMessage()
                        .text())
                .isEqualTo("Roses!");
        assertThat(lastMessage().has("reasoning_content")).isFalse();
    }

    @Test
    void should_send_no_thought_where_nothing_is_thought_over() {
        deepSeek.respond(Answer.text("!"));

        Continuation.beginningWithThought(ASKED, "Hm", "Roses")
                .chat(set(DeepSeekChatModel.builder()).thinking(false).build());

        assertThat(lastMessage().has("reasoning_content")).isFalse();
    }

    /** In the rest alone an inner object would pass for the whole. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_put_json_together_before_it_is_read(boolean streaming) {
        ChatRequest json = ChatRequest.builder()
                .messages(UserMessage.from("As JSON, please."))
                .responseFormat(ResponseFormat.JSON)
                .build();
        deepSeek.respond(Answer.text("Here: {\"a\":[").finishReason("length"), Answer.text("{\"b\":1}]} That's all."));
        ChatResponse cut = model().chat(json);

        ChatResponse whole = rest(streaming, Continuation.of(json, cut));

        assertThat(whole.aiMessage().text()).isEqualTo("{\"a\":[{\"b\":1}]}");
    }

    @Test
    void should_leave_calls_in_the_rest_as_they_are() {
        deepSeek.respond(Answer.text(" look").andToolCall("now", "{}"));
        ChatRequest withTools = ChatRequest.builder()
                .messages(UserMessage.from("How late is it?"))
                .toolSpecifications(ToolSpecification.builder().name("now").build())
                .build();

        AiMessage whole =
                Continuation.beginningWith(withTools, "Let me").chat(model()).aiMessage();

        assertThat(whole.text()).isEqualTo("Let me look");
        assertThat(whole.toolExecutionRequests()).hasSize(1);
    }

    @Test
    void should_not_continue_what_has_no_rest() {
        deepSeek.respond(Answer.text("All."));
        ChatResponse all = model().chat(ASKED);
        assertThatThrownBy(() -> Continuation.of(ASKED, all))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("STOP");

        StreamCutException cut = cut(Answer.toolCall("a", "{}")
                .andToolCall("b", "{\"city\":\"Munich\",\"x\":1}")
                .fault(Fault.CUT_IN_TOOL_CALL, 6));
        assertThat(cut.partialMessage().hasToolExecutionRequests()).isTrue();
        assertThatThrownBy(() -> Continuation.of(ASKED, cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tool calls");
    }

    @Test
    void should_be_refused_for_models_without_it() {
        ModelProfile without =
                ModelProfile.from(ModelProfile.V4_1).forbid(Feature.PREFIX).build();
        DeepSeekChatModel model =
                set(DeepSeekChatModel.builder()).profile(without).build();

        assertThatThrownBy(() -> Continuation.beginningWith(ASKED, "Roses").chat(model))
                .isInstanceOf(UnsupportedFeatureException.class)
                .hasMessageContaining("prefix completion");
        assertThat(deepSeek.requests()).isEmpty();
    }

    /** The beginning of a thought included, of which R1 was not seen: the simulator takes it. */
    @ParameterizedTest
    @EnumSource(names = {"R1", "R1_0528", "V3_1", "V3_2", "V4_0731", "V4_1"})
    void should_go_on_on_every_generation(Generation generation) {
        String id = generation.isBefore(Generation.V4) ? "deepseek-reasoner" : "deepseek-v4-pro";
        try (DeepSeekSimulator server = DeepSeekSimulator.as(generation)) {
            server.respond(Answer.thinking("Hm").thenText("Roses are").finishReason("length"), Answer.text(" red"));
            DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(server.baseUrl())
                    .apiKey("key-for-tests-0123456789")
                    .modelName(id)
                    .build();

            ChatResponse cut = model.chat(ASKED);

            assertThat(Continuation.of(ASKED, cut).chat(model).aiMessage().text())
                    .isEqualTo("Roses are red");
        }
    }

    /** Only DeepSeek has a beta root; elsewhere it is a 404. */
    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com,      deepseek-flash,            , https://api.deepseek.com/beta/chat/completions",
        "https://api.deepseek.com/v1,   deepseek-flash,            , https://api.deepseek.com/beta/chat/completions",
        "https://api.deepseek.com/beta, deepseek-flash,            , https://api.deepseek.com/beta/chat/completions",
        "https://gateway.example.com,   deepseek-flash,            , https://gateway.example.com/chat/completions",
        "https://gateway.example.com,   deepseek-flash,    DEEPSEEK, https://gateway.example.com/beta/chat/completions",
        "http://localhost:1/v1,         deepseek-flash,            , http://localhost:1/v1/chat/completions",
        "http://localhost:1,            deepseek-ai/DeepSeek-V3.2, , http://localhost:1/chat/completions",
        "http://localhost:1,            deepseek-flash,        VLLM, http://localhost:1/chat/completions",
        "http://localhost:1,            deepseek-flash,            , http://localhost:1/beta/chat/completions",
    })
    void should_go_below_the_root_that_the_host_has(String baseUrl, String id, String dialect, String called) {
        Map<String, ReasoningDialect> dialects =
                Map.of("DEEPSEEK", ReasoningDialect.DEEPSEEK, "VLLM", ReasoningDialect.VLLM);
        ChatRequest withTools = ChatRequest.builder()
                .messages(UserMessage.from("How late is it?"))
                .toolSpecifications(ToolSpecification.builder().name("now").build())
                .build();
        AtomicReference<String> uri = new AtomicReference<>("");
        try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("key-for-tests-0123456789")
                .modelName(id)
                .dialect(dialect == null ? null : dialects.get(dialect))
                .strictTools(true)
                .maxRetries(0)
                .requestListener(request -> uri.set(request.uri().toString()))
                .proxy(ProxySelector.of(new InetSocketAddress("localhost", 1)))
                .build()) {
            catchThrowableOfType(RuntimeException.class, () -> model.chat(withTools));
            assertThat(uri).as("strict functions").hasValue(called);

            uri.set("");
            Continuation prefix = Continuation.beginningWith(ASKED, "Roses");
            catchThrowableOfType(RuntimeException.class, () -> prefix.chat(model));
            assertThat(uri).as("a prefix").hasValue(called);
        }
    }
}
