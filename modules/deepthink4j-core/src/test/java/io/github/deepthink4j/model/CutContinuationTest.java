package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of an answer that was cut more than once, or in an awkward place, or refused in its rest. */
@Timeout(60)
class CutContinuationTest {

    private static final ChatRequest ASKED =
            ChatRequest.builder().messages(UserMessage.from("Write a poem.")).build();

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final List<String> pieces = new ArrayList<>();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static <B extends DeepSeekModelBuilder<B>> B set(B builder, String baseUrl) {
        return builder.baseUrl(baseUrl)
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .maxRetries(0);
    }

    private static DeepSeekChatModel model(String baseUrl) {
        return set(DeepSeekChatModel.builder(), baseUrl).build();
    }

    private DeepSeekChatModel model() {
        return model(deepSeek.baseUrl());
    }

    private ChatResponse rest(boolean streaming, String baseUrl, Continuation continuation) {
        if (!streaming) {
            return continuation.chat(model(baseUrl));
        }
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        continuation.start(
                set(DeepSeekStreamingChatModel.builder(), baseUrl).build(), new StreamingChatResponseHandler() {
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

    private static String chunk(String delta, String finish) {
        return event("{\"choices\":[{\"index\":0,\"delta\":" + delta.replace('\'', '"') + ",\"finish_reason\":" + finish
                + "}]}");
    }

    private static Canned stream(String delta, String finish) {
        return new Canned(200, chunk(delta, "null") + chunk("{}", '"' + finish + '"') + event("[DONE]"));
    }

    private static Canned cut(String delta) {
        return new Canned(200, chunk(delta, "null"));
    }

    private static Continuation continued(CannedServer server) {
        try {
            return Continuation.of(ASKED, model(server.url()).chat(ASKED));
        } catch (RuntimeException cut) {
            return Continuation.of(ASKED, (DeepSeekError) cut);
        }
    }

    /** JSON writes an emoji as two halves, and a limit or a cut may stand between them. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "false, false", "true, false"})
    void should_put_the_halves_of_a_character_together(boolean streaming, boolean limit) {
        String first = "{'content':'Roses \\ud83c'}";
        try (CannedServer server = new CannedServer(
                limit ? stream(first, "length") : cut(first), stream("{'content':'\\udf39 are red'}", "stop"))) {
            Continuation continuation = continued(server);

            ChatResponse whole = rest(streaming, server.url(), continuation);

            assertThat(whole.aiMessage().text()).isEqualTo("Roses \ud83c\udf39 are red");
            assertThat(String.join("", pieces)).isEqualTo(streaming ? "\ud83c\udf39 are red" : "");
            assertThat(server.bodies().get(1))
                    .contains("\"content\":\"Roses \"")
                    .doesNotContain("half", "\ufffd");
            assertThat(whole.aiMessage().attributes()).isEmpty();
        }
    }

    @Test
    void should_put_the_halves_of_a_character_in_a_thought_together() {
        try (CannedServer server = new CannedServer(
                cut("{'reasoning_content':'Roses \\ud83c'}"),
                cut("{'reasoning_content':'\\udf39 \\ud83c'}"),
                stream("{'reasoning_content':'\\udf3a.','content':'Red'}", "stop"))) {
            Continuation twice = continued(server);
            DeepSeekError cut = (DeepSeekError)
                    catchThrowableOfType(StreamCutException.class, () -> twice.chat(model(server.url())));

            ChatResponse whole = Continuation.of(ASKED, cut).chat(model(server.url()));

            assertThat(whole.aiMessage().thinking()).isEqualTo("Roses \ud83c\udf39 \ud83c\udf3a.");
            assertThat(whole.aiMessage().text()).isEqualTo("Red");
        }
    }

    /** A server that goes on from the text alone writes the character anew. */
    @ParameterizedTest
    @ValueSource(strings = {"{'content':'\\ud83c\\udf39 are'}", "{'content':'are'}", "{'content':''}"})
    void should_forget_half_a_character_that_does_not_go_on(String rest) {
        try (CannedServer server =
                new CannedServer(stream("{'content':'Roses \\ud83c'}", "length"), stream(rest, "stop"))) {
            ChatResponse whole = continued(server).chat(model(server.url()));

            assertThat(whole.aiMessage().text()).startsWith("Roses ").doesNotContain("\ufffd");
        }
    }

    /** What was stored in between is gone on with all the same. */
    @Test
    void should_keep_half_a_character_in_a_memory() {
        try (CannedServer server = new CannedServer(
                stream("{'content':'Roses \\ud83c'}", "length"), stream("{'content':'\\udf39'}", "stop"))) {
            ChatResponse cut = model(server.url()).chat(ASKED);
            AiMessage stored = (AiMessage)
                    ChatMessageDeserializer.messageFromJson(ChatMessageSerializer.messageToJson(cut.aiMessage()));

            ChatResponse again = ChatResponse.builder()
                    .aiMessage(stored)
                    .metadata(cut.metadata())
                    .build();

            assertThat(Continuation.of(ASKED, again)
                            .chat(model(server.url()))
                            .aiMessage()
                            .text())
                    .isEqualTo("Roses \ud83c\udf39");
        }
    }

    /** Elsewhere half a character is replaced, as no encoding has a place for it. */
    @Test
    void should_replace_half_a_character_of_an_answer_that_has_ended() {
        try (CannedServer server = new CannedServer(stream("{'content':'Roses \\ud83c'}", "stop"))) {
            AiMessage message = model(server.url()).chat(ASKED).aiMessage();

            assertThat(message.text()).isEqualTo("Roses \ufffd");
            assertThat(message.attributes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_be_whole_where_there_is_nothing_more_to_say(boolean streaming) {
        try (CannedServer server = new CannedServer(stream("{'content':''}", "stop"))) {
            ChatResponse whole = rest(streaming, server.url(), Continuation.beginningWith(ASKED, "Roses are red."));

            assertThat(whole.aiMessage().text()).isEqualTo("Roses are red.");
            assertThat(whole.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }

    @Test
    void should_be_no_answer_where_only_a_thought_was_begun() {
        try (CannedServer server = new CannedServer(stream("{'content':''}", "stop"))) {
            Continuation thought = Continuation.beginningWithThought(ASKED, "Hm", null);

            assertThat(catchThrowableOfType(EmptyAnswerException.class, () -> thought.chat(model(server.url()))))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, true", "true, true", "false, false", "true, false"})
    void should_say_that_a_beginning_must_be_withdrawn_too(boolean streaming, boolean withPrompt) {
        deepSeek.respond(
                Answer.text("Take three of these").finishReason("length"),
                withPrompt
                        ? Answer.error(400, "Content Exists Risk")
                        : Answer.text("").finishReason("content_filter"));
        Continuation continuation = Continuation.of(ASKED, model().chat(ASKED));

        ContentRefusedException refused = catchThrowableOfType(
                ContentRefusedException.class, () -> rest(streaming, deepSeek.baseUrl(), continuation));

        assertThat(refused.mustWithdraw()).isTrue();
        assertThat(refused).hasMessageContaining("Withdraw what was shown");
        assertThat(refused.details().beginning().text()).isEqualTo("Take three of these");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_neither_double_nor_lose_what_had_come_before(boolean ofItsRequest) {
        deepSeek.respond(
                Answer.text("ha").finishReason("length"),
                // The rest may begin as the beginning does.
                Answer.text("ha ho").finishReason("length"),
                Answer.text(" hi hu he").fault(Fault.CUT_IN_ANSWER),
                Answer.error(503, "busy"),
                Answer.text("!"));
        Continuation first = Continuation.of(ASKED, model().chat(ASKED));
        ChatResponse whole = first.chat(model());
        Continuation second = Continuation.of(ofItsRequest ? first.request() : ASKED, whole);
        StreamCutException cut = catchThrowableOfType(StreamCutException.class, () -> second.chat(model()));
        Continuation third = Continuation.of(ofItsRequest ? second.request() : ASKED, cut);
        ServerOverloadedException busy =
                catchThrowableOfType(ServerOverloadedException.class, () -> third.chat(model()));
        Continuation fourth = Continuation.of(ofItsRequest ? third.request() : ASKED, busy);

        String all = fourth.chat(model()).aiMessage().text();

        assertThat(whole.aiMessage().text()).isEqualTo("haha ho");
        assertThat(cut.partialMessage().text()).isNotBlank();
        assertThat(all).isEqualTo("haha ho" + cut.partialMessage().text() + "!");
        assertThat(deepSeek.lastRequest().messages()).hasSize(2);
    }

    /** Of a request that was sent by hand it is but the rest. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void should_put_the_beginning_before_a_rest_that_came_alone(boolean ofItsRequest) {
        deepSeek.respond(Answer.text(" are").finishReason("length"), Answer.text(" red"));
        Continuation begun = Continuation.beginningWith(ASKED, "Roses");
        ChatResponse rest = model().chat(begun.request());

        ChatResponse whole =
                Continuation.of(ofItsRequest ? begun.request() : ASKED, rest).chat(model());

        assertThat(rest.aiMessage().text()).isEqualTo(" are");
        assertThat(((DeepSeekChatResponseMetadata) rest.metadata()).beginning().text())
                .isEqualTo("Roses");
        assertThat(((DeepSeekChatResponseMetadata) whole.metadata()).beginning())
                .isNull();
        assertThat(whole.aiMessage().text()).isEqualTo("Roses are red");
    }

    @Test
    void should_keep_what_server_tools_have_left_in_both_parts() {
        AiMessage one = AiMessage.builder()
                .text("a")
                .attributes(Map.of(ReasoningDialect.CARRIED_ATTRIBUTE, "{\"blocks\":[1.0],\"x\":1}"))
                .build();
        AiMessage other = AiMessage.builder()
                .text("b")
                .attributes(Map.of(ReasoningDialect.CARRIED_ATTRIBUTE, "{\"blocks\":[2.50],\"x\":2}"))
                .build();
        ChatResponse cut = ChatResponse.builder()
                .aiMessage(one)
                .finishReason(FinishReason.LENGTH)
                .build();
        Continuation continuation = Continuation.of(ASKED, cut);

        AiMessage whole = continuation
                .whole(ChatResponse.builder().aiMessage(other).build())
                .aiMessage();

        assertThat(whole.attributes())
                .containsEntry(ReasoningDialect.CARRIED_ATTRIBUTE, "{\"blocks\":[1.0,2.50],\"x\":2}");
        assertThat(((AiMessage) continuation.request().messages().get(1)).attributes())
                .isEqualTo(one.attributes());
    }

    @Test
    void should_not_put_the_beginning_before_a_whole() {
        deepSeek.start().onAnyMessage().answer("world");
        Continuation continuation = Continuation.beginningWith(ASKED, "Hello ");
        try (DeepSeekChatModel model = model()) {
            ChatResponse once = continuation.whole(model.chat(continuation.request()));

            assertThat(once.aiMessage().text()).startsWith("Hello ").doesNotContain("Hello Hello");
            assertThat(continuation.whole(once)).isEqualTo(once);
        }
    }

    @Test
    void should_add_up_the_usage_of_all_parts() {
        TokenUsage one = new TokenUsage(10, 1);
        Continuation continuation = Continuation.of(ASKED, cut("A", one)).after(cut("B", new TokenUsage(20, 2)));
        Continuation unknown = Continuation.of(ASKED, cut("A", one)).after(cut("B", null));
        ChatResponse rest = ChatResponse.builder()
                .metadata(DeepSeekChatResponseMetadata.builder()
                        .tokenUsage(new TokenUsage(30, 3))
                        .finishReason(FinishReason.STOP)
                        .beginning(AiMessage.from("AB"))
                        .build())
                .aiMessage(AiMessage.from("C"))
                .build();

        assertThat(continuation.whole(rest).aiMessage().text()).isEqualTo("ABC");
        assertThat(continuation.whole(rest).tokenUsage().totalTokenCount()).isEqualTo(66);
        assertThat(unknown.whole(rest).tokenUsage().totalTokenCount()).isEqualTo(44);
    }

    private static StreamCutException cut(String arrived, @Nullable TokenUsage usage) {
        return new StreamCutException(
                "cut",
                ErrorDetails.custom()
                        .partialMessage(AiMessage.from(arrived))
                        .tokenUsage(usage)
                        .build(),
                null);
    }
}
