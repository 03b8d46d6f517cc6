package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ParameterCheck;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;

/** What a completion in the middle asks for, and where: docs/protocol.md, section 2.9. */
@Timeout(60)
class FimRequestTest {

    private static final String PROMPT = "def fib(a):\n";
    private static final String SUFFIX = "    return fib(a-1) + fib(a-2)";
    private static final String MIDDLE = "    if a < 2:\n        return a\n";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private DeepSeekFimModel.Builder model() {
        return DeepSeekFimModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("key-for-tests-0123456789")
                .modelName("deepseek-flash");
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
                breach(
                        it -> it.customParameters(Map.of("prompt", "x")),
                        "customParameters has prompt, of which the request says something else already. It is said by the first argument of generate"),
                breach(
                        it -> it.customParameters(Map.of("suffix", "x")),
                        "said by the second argument of generate. Where parameterCheck lets it pass, that of customParameters is sent"),
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

    /** What is written without its quotes is read as it stands, and what can't be a text makes no answer with a hole in it. */
    @ParameterizedTest
    @CsvSource({
        "42,          a = 42;",
        "4.20,        a = 4.20;",
        "true,        a = true;",
        "null,        a = ;",
        "{'x':1},     ",
        "['x'],       ",
    })
    void should_lose_no_piece_that_is_no_string(String piece, @Nullable String whole) throws Exception {
        String choice = "{\"choices\":[{\"text\":%s,\"index\":0,\"finish_reason\":%s}]}";
        Canned answer = new Canned(
                200,
                event(choice.formatted("\"a = \"", "null"))
                        + event(choice.formatted(piece.replace('\'', '"'), "null"))
                        + event(choice.formatted("\";\"", "\"stop\""))
                        + event("[DONE]"));
        try (CannedServer server = new CannedServer(answer);
                DeepSeekFimModel model = DeepSeekFimModel.builder()
                        .baseUrl(server.url() + "/v1")
                        .apiKey("key-for-tests-0123456789")
                        .modelName("deepseek-flash")
                        .maxRetries(0)
                        .build()) {
            if (whole == null) {
                assertThatThrownBy(() -> model.generate(PROMPT)).isInstanceOf(MalformedAnswerException.class);
            } else {
                assertThat(model.generate(PROMPT).content()).isEqualTo(whole);
            }
        }
    }

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

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com,       deepseek-chat,  1",
        "https://api.deepseek.com/beta,  DeepSeek-Chat,  1",
        "https://api.deepseek.com,       deepseek-flash, 0",
        "https://gateway.example.com/v1, deepseek-chat,  0",
    })
    void should_say_once_that_an_id_is_retired_where_it_goes_to_deepseek(String baseUrl, String id, int times) {
        Logger logger = mock(Logger.class);
        try (DeepSeekFimModel model = DeepSeekFimModel.builder()
                .baseUrl(baseUrl)
                .apiKey("key-for-tests-0123456789")
                .modelName(id)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(5))
                .logger(logger)
                .proxy(java.net.ProxySelector.of(new java.net.InetSocketAddress("localhost", 1)))
                .build()) {
            for (int call = 0; call < 2; call++) {
                assertThat(catchThrowable(() -> model.generate(PROMPT))).isNotNull();
            }
        }

        verify(logger, times(times)).warn(contains("retired"));
        verify(logger, never()).warn(contains("thinking("));
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
