package io.github.deepthink4j.testkit.rule;

import static io.github.deepthink4j.testkit.rule.RuleCase.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.Api;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Completion in the middle: docs/protocol.md, section 2.9. */
class FimRuleTest {

    /** Those that only this endpoint has. */
    static final List<Rule> RULES = List.of(Rule.FIM_ON_BETA, Rule.FIM_MODEL, Rule.FIM_PARAMETERS);

    private static final String FIB = "'model':'deepseek-flash','prompt':'def fib(a):'";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private static String message(HttpResponse<String> response) {
        return Api.json(response).path("error").path("message").asText();
    }

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(
                        Rule.FIM_MODEL,
                        "'model':'deepseek-reasoner','prompt':'x'",
                        "deepseek-reasoner does not support completions"),
                Arguments.of(Rule.FIM_PARAMETERS, FIB + ",'max_tokens':4097", "[1, 4096]"),
                Arguments.of(Rule.FIM_PARAMETERS, FIB + ",'logprobs':21", "[0, 20]"),
                Arguments.of(Rule.FIM_PARAMETERS, FIB + ",'echo':true,'suffix':'x'", "echo is not supported"),
                Arguments.of(Rule.FIM_PARAMETERS, FIB + ",'echo':true,'logprobs':1", "echo is not supported"),
                Arguments.of(Rule.KNOWN_MODEL, "'model':'deepseek-r9','prompt':'x'", "you passed deepseek-r9"),
                Arguments.of(Rule.RANGES, FIB + ",'temperature':3", "temperature"),
                Arguments.of(Rule.PARAMETER_KINDS, FIB + ",'logprobs':true", "invalid type: boolean"),
                Arguments.of(Rule.PARAMETER_KINDS, "'model':'deepseek-flash'", "missing field `prompt`"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void should_refuse_what_goes_beyond(Rule rule, String body, String words) {
        assertThat(api.post("/beta/completions", quoted(FIB)).statusCode()).isEqualTo(200);

        HttpResponse<String> refused = api.post("/beta/completions", quoted(body));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(message(refused)).contains(words);
        deepSeek.enforcing(rule, false);
        assertThat(api.post("/beta/completions", quoted(body)).body()).doesNotContain(words);
    }

    @ParameterizedTest
    @CsvSource({"/completions", "/v1/completions"})
    void should_answer_on_the_beta_root_alone(String path) {
        HttpResponse<String> refused = api.post(path, quoted(FIB));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(message(refused))
                .isEqualTo("completions api is only available when using beta api"
                        + " (set base_url=\"https://api.deepseek.com/beta\")");
        deepSeek.enforcing(Rule.FIM_ON_BETA, false);
        assertThat(api.post(path, quoted(FIB)).statusCode()).isEqualTo(200);
    }

    @Test
    void should_answer_in_the_shape_of_the_reference() {
        deepSeek.onMessage(TextMatch.containing("fib")).answer("    pass").then(Answer.text("never"));

        JsonNode whole = Api.json(api.post("/beta/completions", quoted(FIB + ",'suffix':'end','logprobs':0")));
        String stream =
                api.post("/beta/completions", quoted(FIB + ",'stream':true")).body();

        assertThat(whole.path("object").asText()).isEqualTo("text_completion");
        assertThat(whole.at("/choices/0/text").asText()).isEqualTo("    pass");
        assertThat(whole.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(whole.at("/choices/0/logprobs/token_logprobs")).isNotEmpty();
        assertThat(whole.at("/usage/prompt_tokens").asInt()).isPositive();
        assertThat(stream)
                .contains("\"text\":\"pass\"", "\"object\":\"text_completion\"")
                .endsWith("data: [DONE]\n\n");
        assertThat(deepSeek.completions()).hasSize(2);
        assertThat(deepSeek.requests()).isEmpty();
        assertThat(deepSeek.completions().get(0).lastUserText()).isEqualTo("def fib(a):");
        assertThat(deepSeek.completions().get(0).thinking()).isFalse();
    }

    @Test
    void should_count_with_the_chats_in_the_limit_on_calls_at_a_time() throws Exception {
        deepSeek.concurrencyLimit(1);
        deepSeek.respond(Answer.text("slow").delay(Duration.ofSeconds(60)));
        Thread first = new Thread(() -> api.post("/beta/completions", quoted(FIB)));
        first.setDaemon(true);
        first.setUncaughtExceptionHandler((thread, cutByTheEndOfTheTest) -> {});
        first.start();
        while (deepSeek.completions().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(api.chat("{\"model\":\"deepseek-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                        .statusCode())
                .isEqualTo(429);
    }
}
