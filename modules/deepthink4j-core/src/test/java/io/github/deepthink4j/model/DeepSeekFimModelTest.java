package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.language.StreamingLanguageModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Completion in the middle: docs/protocol.md, section 2.9. */
@Timeout(60)
class DeepSeekFimModelTest {

    private static final String PROMPT = "def fib(a):\n";
    private static final String SUFFIX = "    return fib(a-1) + fib(a-2)";
    private static final String MIDDLE = "    if a < 2:\n        return a\n";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private <B extends DeepSeekFimModelBuilder<B>> B set(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(3)
                        .baseDelay(Duration.ofMillis(1))
                        .build());
    }

    private DeepSeekFimModel.Builder model() {
        return set(DeepSeekFimModel.builder());
    }

    private static final class Heard implements StreamingResponseHandler<String> {

        private final List<String> pieces = new ArrayList<>();
        private final CompletableFuture<Response<String>> end = new CompletableFuture<>();

        @Override
        public void onNext(String token) {
            pieces.add(token);
        }

        @Override
        public void onComplete(Response<String> response) {
            end.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            end.completeExceptionally(error);
        }

        private Response<String> response() {
            return end.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_put_in_what_belongs_between(boolean streamOnWire) {
        deepSeek.respond(Answer.text(MIDDLE));

        try (DeepSeekFimModel model = model().streamOnWire(streamOnWire)
                .maxOutputTokens(128)
                .temperature(0.5)
                .stopSequences(List.of("\n\n"))
                .build()) {
            Response<String> response = model.generate(PROMPT, SUFFIX);

            assertThat(response.content()).isEqualTo(MIDDLE);
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(response.tokenUsage()).isInstanceOf(DeepSeekTokenUsage.class);
            assertThat(response.tokenUsage().inputTokenCount()).isPositive();
            assertThat(response.tokenUsage().outputTokenCount()).isPositive();
            assertThat(response.metadata())
                    .containsEntry("modelName", "deepseek-flash")
                    .containsKeys("id", "requestId");
        }
        SimulatedRequest request = deepSeek.completions().get(0);
        assertThat(request.path()).isEqualTo("/beta/completions");
        assertThat(request.body().toString())
                .isEqualTo("{\"model\":\"deepseek-flash\",\"prompt\":\"def fib(a):\\n\",\"suffix\":\"" + SUFFIX
                        + "\",\"max_tokens\":128,\"temperature\":0.5,\"stop\":[\"\\n\\n\"]"
                        + (streamOnWire ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "") + "}");
        assertThat(deepSeek.requests()).as("it is no chat").isEmpty();
    }

    @Test
    void should_be_a_language_model_of_langchain4j() {
        deepSeek.onMessage(TextMatch.containing("fib")).answer(MIDDLE);
        Heard heard = new Heard();

        LanguageModel model = model().build();
        StreamingLanguageModel streaming =
                set(DeepSeekStreamingFimModel.builder()).build();
        streaming.generate(PromptTemplate.from("def {{name}}(a):").apply(Map.of("name", "fib")), heard);

        assertThat(model.generate(PROMPT).content()).isEqualTo(MIDDLE);
        assertThat(heard.response().content()).isEqualTo(MIDDLE);
        assertThat(deepSeek.completions()).noneMatch(request -> request.body().has("suffix"));
    }

    @Test
    void should_stream_piece_by_piece() {
        deepSeek.respond(Answer.text(MIDDLE).pieces(3));
        Heard heard = new Heard();

        try (DeepSeekStreamingFimModel model =
                set(DeepSeekStreamingFimModel.builder()).build()) {
            model.generate(PROMPT, SUFFIX, heard);

            assertThat(heard.response().content()).isEqualTo(MIDDLE);
            assertThat(heard.response().finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(heard.pieces).hasSizeGreaterThan(5);
            assertThat(String.join("", heard.pieces)).isEqualTo(MIDDLE);
        }
    }

    @Test
    void should_stop_when_the_user_types_on() {
        deepSeek.respond(Answer.text("x ".repeat(1000)).pause(Duration.ofMillis(20)));
        CountDownLatch begun = new CountDownLatch(1);
        Heard heard = new Heard();
        StreamingResponseHandler<String> handler = new StreamingResponseHandler<>() {
            @Override
            public void onNext(String token) {
                begun.countDown();
            }

            @Override
            public void onComplete(Response<String> response) {
                heard.onComplete(response);
            }

            @Override
            public void onError(Throwable error) {
                heard.onError(error);
            }
        };
        try (DeepSeekStreamingFimModel model =
                set(DeepSeekStreamingFimModel.builder()).build()) {
            StreamingHandle handle = model.start(PROMPT, null, handler);
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

            handle.cancel();

            assertThat(handle.isCancelled()).isTrue();
            assertThat(deepSeek.completions().get(0).awaitEnd(Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(deepSeek.completions().get(0).cancelled()).isTrue();
            assertThat(heard.end).isNotDone();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_tell_an_answer_that_was_cut_by_the_limit() {
        deepSeek.respond(Answer.text("a b c d e f"));

        Response<String> response = model().maxOutputTokens(3).build().generate(PROMPT);

        assertThat(response.content()).isEqualTo("a b c");
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void should_echo_the_prompt_and_tell_how_likely_tokens_were() {
        deepSeek.respond(Answer.text("x"), Answer.text("x y"));

        assertThat(model().echo(true).build().generate(PROMPT).content()).isEqualTo(PROMPT + "x");
        JsonNode logprobs = (JsonNode)
                model().logprobs(1).build().generate(PROMPT).metadata().get("logprobs");
        assertThat(logprobs.path("tokens").toString()).isEqualTo("[\"x\",\" y\"]");
        assertThat(logprobs.path("text_offset").toString()).isEqualTo("[0,1]");
        assertThat(logprobs.path("token_logprobs")).hasSize(2);
    }

    /** An indentation is a completion, and in a chat it would be an answer without a word. */
    @ParameterizedTest
    @CsvSource({"stop, STOP", "length, LENGTH"})
    void should_take_white_space_for_an_answer(String said, FinishReason meant) {
        deepSeek.respond(Answer.text("    ").finishReason(said));

        Response<String> response = model().build().generate(PROMPT, SUFFIX);

        assertThat(response.content()).isEqualTo("    ");
        assertThat(response.finishReason()).isEqualTo(meant);
        assertThat(deepSeek.completions()).hasSize(1);
    }

    @Test
    void should_take_nothing_for_an_answer_only_where_that_is_meant() {
        deepSeek.respond(Answer.text(""), Answer.text(""), Answer.text(""), Answer.text(""));

        assertThatThrownBy(() -> model().build().generate(PROMPT, SUFFIX)).isInstanceOf(EmptyAnswerException.class);
        assertThat(deepSeek.completions()).hasSize(3);
        assertThat(model().emptyAnswers(true).build().generate(PROMPT, SUFFIX).content())
                .isEmpty();
        assertThat(deepSeek.completions()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a <think>b</think> c", "<\uff5ctool\u2581calls\u2581begin\uff5c> x", "<think>", "</think> y"})
    void should_leave_what_looks_like_a_tag_in_the_text(String text) {
        deepSeek.respond(Answer.text(text));

        assertThat(model().build().generate(PROMPT).content()).isEqualTo(text);
    }

    @Test
    void should_try_again_before_the_first_piece_and_not_after_it() {
        deepSeek.respond(Answer.error(503, "busy"), Answer.error(429, "slow down"), Answer.text(MIDDLE));
        assertThat(model().build().generate(PROMPT).content()).isEqualTo(MIDDLE);
        assertThat(deepSeek.completions()).hasSize(3);

        deepSeek.respond(Answer.text(MIDDLE).fault(Fault.CUT_IN_ANSWER));
        assertThatThrownBy(() -> model().build().generate(PROMPT))
                .isInstanceOfSatisfying(
                        StreamCutException.class,
                        e -> assertThat(MIDDLE)
                                .startsWith(e.details().partialMessage().text()));
        assertThat(deepSeek.completions()).hasSize(4);
    }

    @Test
    void should_pass_the_gates_as_chats_do() {
        deepSeek.concurrencyLimit(1);
        deepSeek.onRequest(request -> true).answer(MIDDLE).every(Duration.ofMillis(1));
        CallLimit limit = CallLimit.atMost(1);
        try (DeepSeekStreamingFimModel model = set(DeepSeekStreamingFimModel.builder())
                .maxRetries(0)
                .gates(limit)
                .build()) {
            List<Heard> all = Stream.generate(Heard::new).limit(5).toList();
            all.forEach(heard -> model.generate(PROMPT, heard));

            assertThat(all)
                    .allSatisfy(heard -> assertThat(heard.response().content()).isEqualTo(MIDDLE));
        }
    }

    private static final class Told implements ChatModelListener {

        private final List<String> all = new ArrayList<>();

        @Override
        public synchronized void onRequest(ChatModelRequestContext context) {
            all.add("asked " + context.chatRequest().modelName() + " "
                    + ((UserMessage) context.chatRequest().messages().get(0)).singleText());
        }

        @Override
        public synchronized void onResponse(ChatModelResponseContext context) {
            all.add("answered " + context.chatResponse().aiMessage().text());
        }

        @Override
        public synchronized void onError(ChatModelErrorContext context) {
            all.add("failed " + context.error().getClass().getSimpleName());
        }

        private synchronized List<String> all() {
            return List.copyOf(all);
        }
    }

    @Test
    void should_tell_listeners_of_one_request_and_one_end() {
        Told told = new Told();
        deepSeek.respond(
                Answer.text("x"), Answer.text("y"), Answer.error(402, "no money"), Answer.error(402, "no money"));
        DeepSeekFimModel model = model().listeners(told).build();
        DeepSeekStreamingFimModel streaming =
                set(DeepSeekStreamingFimModel.builder()).listeners(told).build();
        Heard heard = new Heard();
        Heard failed = new Heard();

        model.generate("a", "b");
        streaming.generate("c", heard);
        assertThat(heard.response().content()).isEqualTo("y");
        assertThat(catchThrowable(() -> model.generate("d"))).isNotNull();
        streaming.generate("e", failed);
        assertThat(catchThrowable(failed::response)).isNotNull();
        assertThat(catchThrowable(
                        () -> model().listeners(told).maxOutputTokens(0).build().generate("f")))
                .isInstanceOf(InvalidRequestException.class);

        assertThat(told.all())
                .containsExactly(
                        "asked deepseek-flash ab",
                        "answered x",
                        "asked deepseek-flash c",
                        "answered y",
                        "asked deepseek-flash d",
                        "failed InsufficientBalanceException",
                        "asked deepseek-flash e",
                        "failed InsufficientBalanceException",
                        "asked deepseek-flash f",
                        "failed InvalidRequestException");
    }

    @Test
    @SuppressWarnings("deprecation") // what is tested
    void should_know_the_names_of_langchain4js_mistral_module() {
        deepSeek.respond(Answer.text("a b c; d"));

        assertThat(model().maxTokens(30)
                        .stop(List.of(";"))
                        .build()
                        .generate(PROMPT)
                        .content())
                .isEqualTo("a b c");
        assertThat(deepSeek.completions().get(0).body().path("max_tokens").asInt())
                .isEqualTo(30);
    }
}
