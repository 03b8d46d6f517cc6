package io.github.deepthink4j.guides.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import reactor.core.publisher.Flux;

/** The recipes of docs/recipes.md with a server that first refuses and then answers, or whose answer breaks off. */
@Timeout(60)
class FaultRecipesTest {

    private static final ChatRequest HI =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();
    private static final Answer TOO_MANY = Answer.error(429, "Too many").header("Retry-After", "0");
    private static final Answer FINE = Answer.thinking("So").thenText("Fine");
    private static final Answer CUT =
            Answer.thinking("So").thenText("Half of an answer").fault(Fault.CUT_IN_ANSWER);

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final DeepSeekChatModel model = DeepSeekChatModel.builder()
            .baseUrl(deepSeek.baseUrl())
            .apiKey("test")
            .modelName("deepseek-flash")
            .build();
    private final DeepSeekStreamingChatModel streaming = DeepSeekStreamingChatModel.builder()
            .baseUrl(deepSeek.baseUrl())
            .apiKey("test")
            .modelName("deepseek-flash")
            .build();

    @AfterEach
    void close() {
        model.close();
        streaming.close();
        deepSeek.close();
    }

    @Test
    void should_give_each_place_back_that_a_failed_call_has_held() throws Exception {
        TenAtATime ten = TenAtATime.of(deepSeek.baseUrl(), "test");
        deepSeek.respond(IntStream.range(0, 30).mapToObj(i -> CUT).toArray(Answer[]::new));

        try (DeepSeekChatModel limited = ten.model();
                DeepSeekStreamingChatModel other = ten.streaming()) {
            List<CompletableFuture<?>> cut = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                cut.add(limited.chatAsync(HI));
                cut.add(ReactiveDeepSeekChatModel.from(other).chat(HI).toFuture());
            }
            for (CompletableFuture<?> each : cut) {
                assertThatThrownBy(each::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(StreamCutException.class);
            }

            deepSeek.respond(TOO_MANY, FINE);
            assertThat(limited.chat("Hi")).isEqualTo("Fine");
        }
    }

    @Test
    void should_give_each_place_of_a_decorator_back() {
        AtMost one = new AtMost(1, model);
        deepSeek.respond(CUT, TOO_MANY, FINE);

        assertThatThrownBy(() -> one.chat(HI)).isInstanceOf(StreamCutException.class);
        assertThat(one.chat(HI).aiMessage().text()).isEqualTo("Fine");
    }

    @Test
    void should_end_a_flux_of_many_with_the_first_failure() {
        deepSeek.respond(TOO_MANY, FINE);
        assertThat(AtMost.all(ReactiveDeepSeekChatModel.from(streaming), Flux.just(HI))
                        .collectList()
                        .block())
                .hasSize(1);

        deepSeek.respond(CUT);
        assertThatThrownBy(() -> AtMost.all(ReactiveDeepSeekChatModel.from(streaming), Flux.just(HI))
                        .collectList()
                        .block())
                .isInstanceOf(StreamCutException.class);
    }

    @Test
    void should_not_think_in_the_second_attempt_either() {
        deepSeek.respond(TOO_MANY, Answer.text("Fine"));

        assertThat(AiServices.create(Assistant.class, model).chat("Hi", Assistant.QUICK))
                .isEqualTo("Fine");

        assertThat(deepSeek.requests())
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.body().at("/thinking/type").asText()).isEqualTo("disabled"));
    }

    @Test
    void should_tell_a_page_by_an_emitter_that_the_answer_broke_off() throws Exception {
        deepSeek.respond(TOO_MANY, FINE);
        assertThat(emitted()).contains("event:answer", "event:completed").doesNotContain("event:failed");

        deepSeek.respond(CUT);
        assertThat(emitted())
                .contains("event:thinking", "event:failed", "stream_cut")
                .doesNotContain("event:completed");
    }

    private String emitted() throws Exception {
        List<String> sent = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        RecipesTest.Emitted.connect(
                new SseEmitterController(ReactiveDeepSeekChatModel.from(streaming)).chat("Hi"), sent, ended);
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        return String.join("", sent);
    }

    @Test
    void should_tell_a_page_by_a_flux_that_the_answer_broke_off() {
        deepSeek.respond(TOO_MANY, FINE);
        assertThat(written()).contains("event:answer", "event:completed").doesNotContain("event:failed");

        deepSeek.respond(CUT);
        assertThat(written())
                .contains("event:thinking", "event:failed", "stream_cut")
                .doesNotContain("event:completed");
    }

    private String written() {
        MockServerHttpResponse response = new MockServerHttpResponse();
        new ReasoningEventWriter()
                .write(
                        ReactiveDeepSeekChatModel.from(streaming).stream(HI),
                        ResolvableType.forClass(io.github.deepthink4j.reactor.ReasoningEvent.class),
                        MediaType.TEXT_EVENT_STREAM,
                        response,
                        Map.of())
                .block();
        return response.getBodyAsString().block();
    }

    @Test
    void should_ask_a_person_once_however_the_server_fails_afterwards() {
        List<String> asked = new ArrayList<>();
        RecipesTest.Chat assistant = AiServices.builder(RecipesTest.Chat.class)
                .chatModel(model)
                .tools(new Payments(question -> asked.add(question)))
                .build();
        Answer refund = Answer.toolCall("refund", "{\"order\":\"1012\",\"amount\":20}");

        deepSeek.respond(TOO_MANY, refund, TOO_MANY, Answer.text("It was refunded."));
        assertThat(assistant.chat("Refund order 1012")).isEqualTo("It was refunded.");
        assertThat(asked).hasSize(1);

        deepSeek.respond(refund, CUT);
        assertThatThrownBy(() -> assistant.chat("Refund order 1012")).isInstanceOf(StreamCutException.class);
        assertThat(asked).hasSize(2);
    }

    @Test
    void should_show_no_half_of_an_answer_that_a_guardrail_has_not_seen() throws Exception {
        deepSeek.respond(CUT);
        assertThat(guarded()).containsExactly("thought", "error StreamCutException");

        deepSeek.respond(TOO_MANY, FINE);
        assertThat(guarded()).containsExactly("thought", "answer");
    }

    private List<String> guarded() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        CountDownLatch ended = new CountDownLatch(1);
        TokenStream stream = AiServices.builder(RecipesTest.Streamed.class)
                .streamingChatModel(streaming)
                .outputGuardrails(new NoPhoneNumbers())
                .build()
                .chat("Who helps?");
        stream.onPartialThinking(thinking -> add(seen, "thought"))
                .onPartialResponse(text -> add(seen, "answer"))
                .onCompleteResponse(response -> ended.countDown())
                .onError(error -> {
                    seen.add("error " + error.getClass().getSimpleName());
                    ended.countDown();
                })
                .start();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        return seen;
    }

    private static void add(List<String> seen, String kind) {
        if (!seen.contains(kind)) {
            seen.add(kind);
        }
    }
}
