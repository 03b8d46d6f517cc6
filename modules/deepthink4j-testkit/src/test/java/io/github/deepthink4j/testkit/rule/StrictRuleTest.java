package io.github.deepthink4j.testkit.rule;

import static io.github.deepthink4j.testkit.rule.RuleCase.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.Api;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strict functions: docs/protocol.md, section 2.4. */
class StrictRuleTest {

    static final List<Rule> RULES = List.of(Rule.STRICT_SCHEMA);

    private static final String CLOSED =
            "'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false";

    private static String body(String... functions) {
        return quoted("'model':'deepseek-flash','messages':[{'role':'user','content':'Hi'}],'tools':["
                + String.join(",", functions) + "]");
    }

    private static String strict(String name, String parameters) {
        return "{'type':'function','function':{'name':'" + name + "','strict':true,'parameters':{" + parameters + "}}}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'object','properties':{} | parameters: additionalProperties must be false",
                "'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false | and a is not",
                "'type':'object','properties':{'a':{'type':'object'}},'required':['a'],'additionalProperties':false | properties.a: additionalProperties",
                "'type':'object','properties':{'a':{'type':'array','items':{'type':'object'}}},'required':['a'],'additionalProperties':false | properties.a.items:",
                "'type':'object','properties':{'a':{'anyOf':[{'type':['object','null']}]}},'required':['a'],'additionalProperties':false | properties.a.anyOf:",
                "'type':'object','properties':{},'additionalProperties':false,'$defs':{'d':{'type':'object'}} | parameters.$defs.d:"
            })
    void should_want_closed_objects_and_all_properties(String parameters, String words) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            Api api = new Api(deepSeek);

            HttpResponse<String> refused = api.post("/beta/chat/completions", body(strict("f", parameters)));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Api.json(refused).at("/error/message").asText()).contains(words);
            assertThat(api.post("/beta/chat/completions", body(strict("f", CLOSED)))
                            .statusCode())
                    .isEqualTo(200);
            deepSeek.enforcing(Rule.STRICT_SCHEMA, false);
            assertThat(api.post("/beta/chat/completions", body(strict("f", parameters)))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void should_want_all_functions_strict_on_the_beta_root_alone() {
        String mixed = body(strict("f", CLOSED), "{'type':'function','function':{'name':'g','parameters':{}}}");
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            Api api = new Api(deepSeek);

            assertThat(api.post("/beta/chat/completions", mixed).body()).contains("must be true for all functions");
            assertThat(api.chat(mixed).statusCode()).isEqualTo(200);
        }
    }
}
