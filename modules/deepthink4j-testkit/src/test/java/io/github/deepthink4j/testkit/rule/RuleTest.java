package io.github.deepthink4j.testkit.rule;

import static io.github.deepthink4j.testkit.rule.Generation.V4_0731;
import static io.github.deepthink4j.testkit.rule.Generation.V4_1;
import static io.github.deepthink4j.testkit.rule.RuleCase.RESULT;
import static io.github.deepthink4j.testkit.rule.RuleCase.TOOL;
import static io.github.deepthink4j.testkit.rule.RuleCase.USER;
import static io.github.deepthink4j.testkit.rule.RuleCase.body;
import static io.github.deepthink4j.testkit.rule.RuleCase.call;
import static io.github.deepthink4j.testkit.rule.RuleCase.chat;
import static io.github.deepthink4j.testkit.rule.RuleCase.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.Api;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has a request that is within it and one that is not, in the words and with the status of its generation. */
class RuleTest {

    static Stream<RuleCase> rules() {
        return Stream.concat(MessageRuleCases.cases(), ParameterRuleCases.cases());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void should_accept_what_is_within_and_refuse_what_is_not(RuleCase it) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(it.generation())) {
            Api api = new Api(deepSeek);

            HttpResponse<String> accepted = api.chat(it.within());
            HttpResponse<String> refused = api.chat(it.beyond());

            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(it.status());
            assertThat(Api.json(refused).path("error").path("message").asText()).contains(it.words());
            assertThat(Api.json(refused).path("error").path("param").isNull()).isTrue();
            assertThat(refused.headers().firstValue("content-type"))
                    .hasValue(it.isOfTheParser() ? "application/json" : "application/octet-stream");

            deepSeek.enforcing(it.rule(), false);
            assertThat(Api.json(api.chat(it.beyond()))
                            .path("error")
                            .path("message")
                            .asText())
                    .as("switched off, the rule says nothing any more")
                    .isNotEqualTo(
                            Api.json(refused).path("error").path("message").asText());
        }
    }

    @Test
    void should_have_a_test_for_each_rule() {
        List<Rule> tested =
                new ArrayList<>(rules().map(RuleCase::rule).distinct().toList());
        tested.addAll(FimRuleTest.RULES);
        tested.addAll(StrictRuleTest.RULES);

        assertThat(Arrays.stream(Rule.values())
                        .filter(rule -> rule.severity() == Rule.Severity.ERROR)
                        .filter(rule -> rule != Rule.REASONING_NOT_EMPTY))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void should_insist_on_a_filler_that_is_not_empty_if_asked_to() {
        String emptyReasoning =
                quoted(body("deepseek-v4-pro", chat(USER, call(",'reasoning_content':''"), RESULT) + "," + TOOL));
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(V4_0731)) {
            Api api = new Api(deepSeek);

            assertThat(api.chat(emptyReasoning).statusCode()).isEqualTo(200);
            deepSeek.enforcing(Rule.REASONING_NOT_EMPTY, true);
            assertThat(api.chat(emptyReasoning).statusCode()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void should_refuse_a_request_without_messages(Generation generation) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(generation)) {
            Api api = new Api(deepSeek);
            for (JsonNode model : Api.json(api.get("/models")).path("data")) {
                HttpResponse<String> refused =
                        api.chat(quoted(body(model.path("id").asText(), chat())));

                assertThat(refused.body()).contains("Empty input messages");
            }
        }
    }

    @Test
    void should_not_check_reasoning_when_the_request_is_not_thought_over() {
        String off = quoted(
                body("deepseek-flash", chat(USER, call(""), RESULT) + "," + TOOL + ",'thinking':{'type':'disabled'}"));
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(V4_1)) {
            assertThat(new Api(deepSeek).chat(off).statusCode()).isEqualTo(200);
        }
    }
}
