package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.input.PromptTemplate;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.language.StreamingLanguageModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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

    static Stream<Arguments> breaches() {
        return Stream.of(
                breach(it -> it.modelName("deepseek-reasoner"), "not supported by DeepSeek R1"),
                breach(it -> it.maxOutputTokens(4097), "at most 4096"),
                breach(it -> it.maxOutputTokens(0), "at least 1"),
                breach(it -> it.echo(true), "echo does not go with suffix"),
                breach(it -> it.logprobs(21), "logprobs must be from 0 to 20"),
                breach(it -> it.logprobs(-1), "logprobs must be from 0 to 20"),
                breach(it -> it.temperature(2.5), "temperature must be between 0"),
                breach(it -> it.topP(Double.NaN), "topP must be between 0"),
                breach(
                        it -> it.stopSequences(
                                Stream.iterate("a", a -> a + "a").limit(17).toList()),
                        "at most 16 stop"),
                breach(it -> it.customParameters(Map.of("prompt", "x")), "customParameters has prompt"),
                breach(
                        it -> it.maxOutputTokens(7).customParameters(Map.of("max_tokens", 8)),
                        "customParameters has max_tokens"));
    }

    private static Arguments breach(UnaryOperator<DeepSeekFimModel.Builder> with, String why) {
        return Arguments.of(with, why);
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void should_refuse_before_sending_what_the_server_would(UnaryOperator<DeepSeekFimModel.Builder> with, String why) {
        Throwable refused = catchThrowable(() -> with.apply(model()).build().generate(PROMPT, SUFFIX));

        assertThat(refused).hasMessageContaining(why);
        assertThat(refused.getClass())
                .isEqualTo(
                        why.contains("supported") ? UnsupportedFeatureException.class : InvalidRequestException.class);
        assertThat(deepSeek.completions()).isEmpty();
    }

    @Test
    void should_leave_out_with_a_warning_what_the_server_would_refuse() {
        deepSeek.respond(Answer.text(MIDDLE));

        model().parameterCheck(ParameterCheck.WARN)
                .echo(true)
                .logprobs(30)
                .maxOutputTokens(100_000)
                .build()
                .generate(PROMPT, SUFFIX);

        JsonNode body = deepSeek.completions().get(0).body();
        assertThat(body.has("echo")).isFalse();
        assertThat(body.has("logprobs")).isFalse();
        assertThat(body.path("max_tokens").asInt()).isEqualTo(4096);
    }

    @Test
    void should_be_refused_by_the_server_where_nobody_checks() {
        assertThatThrownBy(() -> model().parameterCheck(ParameterCheck.IGNORE)
                        .modelName("deepseek-reasoner")
                        .build()
                        .generate(PROMPT))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("deepseek-reasoner does not support completions");
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek-flash, true",
        "deepseek-v4-pro, true",
        "deepseek-chat, true",
        "deepseek-ai/DeepSeek-V3.2, true",
        "deepseek-reasoner, false",
        "deepseek-r1:8b, false",
    })
    void should_say_by_its_profile_who_can_do_it(String id, boolean can) {
        ModelProfile profile = ModelProfile.forModel(id);

        assertThat(profile.whileNotThinking().features().contains(Feature.FIM)).isEqualTo(can);
        assertThat(profile.whileThinking().features()).doesNotContain(Feature.FIM);
    }

    private static final Canned COMPLETION = new Canned(
            200,
            event(
                            "{\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"x\",\"finish_reason\":\"stop\"}]}")
                    + event("[DONE]"));

    /** Only DeepSeek has a beta root; on other hosts it is a 404. */
    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com,                  deepseek-flash,            https://api.deepseek.com/beta/completions",
        "https://api.deepseek.com/v1,               deepseek-flash,            https://api.deepseek.com/beta/completions",
        "https://API.DeepSeek.com/beta/completions, deepseek-flash,            https://API.DeepSeek.com/beta/completions",
        "https://gateway.example.com/v1,            deepseek-flash,            https://gateway.example.com/v1/completions",
        "https://x.example.com/v1/completions?a=b,  deepseek-chat,             https://x.example.com/v1/completions?a=b",
        "http://localhost:1/v1,                     deepseek-flash,            http://localhost:1/v1/completions",
        "http://localhost:1,                        deepseek-ai/DeepSeek-V3.2, http://localhost:1/completions",
        "http://localhost:1,                        deepseek-flash,            http://localhost:1/beta/completions",
    })
    void should_ask_below_the_root_that_the_host_has(String baseUrl, String id, String called) {
        AtomicReference<String> uri = new AtomicReference<>("");
        try (DeepSeekFimModel model = DeepSeekFimModel.builder()
                .baseUrl(baseUrl)
                .apiKey("key-for-tests-0123456789")
                .modelName(id)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(5))
                .requestListener(request -> uri.set(request.uri().toString()))
                .proxy(java.net.ProxySelector.of(new java.net.InetSocketAddress("localhost", 1)))
                .build()) {
            assertThat(catchThrowable(() -> model.generate(PROMPT))).isNotNull();
            assertThat(uri).hasValue(called);
        }
    }

    @Test
    void should_go_to_the_beta_root_of_a_gateway_that_is_said_to_be_deepseeks() {
        try (CannedServer server = new CannedServer(COMPLETION);
                DeepSeekFimModel model = DeepSeekFimModel.builder()
                        .baseUrl(server.url() + "/v1")
                        .dialect(ReasoningDialect.DEEPSEEK)
                        .modelName("deepseek-flash")
                        .build()) {
            assertThat(model.generate(PROMPT).content()).isEqualTo("x");
            assertThat(server.paths()).containsExactly("/beta/completions");
        }
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

    @Test
    void should_not_hold_other_hosts_to_the_limits_of_deepseeks() throws IOException {
        try (CannedServer server = new CannedServer(COMPLETION);
                DeepSeekFimModel model = DeepSeekFimModel.builder()
                        .baseUrl(server.url() + "/v1")
                        .modelName("deepseek-ai/DeepSeek-V3.2")
                        .maxOutputTokens(10_000)
                        .echo(true)
                        .build()) {
            assertThat(model.generate(PROMPT, SUFFIX).content()).isEqualTo("x");
            JsonNode body = new ObjectMapper().readTree(server.bodies().get(0));
            assertThat(body.path("max_tokens").asInt()).isEqualTo(10_000);
            assertThat(body.path("echo").asBoolean()).isTrue();
        }
    }

    @Test
    void should_need_a_model_and_a_prompt() {
        assertThatThrownBy(() -> DeepSeekFimModel.builder().apiKey("sk-x").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("modelName");
        assertThatThrownBy(() -> model().build().generate((String) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prompt");
    }

    @Test
    void should_send_whatever_text_stands_before_the_cursor() {
        deepSeek.respond(Answer.text("a"), Answer.text("b"));
        DeepSeekFimModel model = model().build();

        assertThat(model.generate("", "x").content()).isEqualTo("a");
        assertThat(model.generate("cut \ud83d", "").content()).isEqualTo("b");
        assertThat(deepSeek.completions().get(1).body().path("prompt").asText()).isEqualTo("cut \ufffd");
    }
}
