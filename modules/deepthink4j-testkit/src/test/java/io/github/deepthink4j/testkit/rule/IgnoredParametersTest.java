package io.github.deepthink4j.testkit.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.testkit.Api;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DeepSeek takes without a word: a warning, and a refusal for those who are strict. */
class IgnoredParametersTest {

    private static final String CASES = """
            IGNORED_TEMPERATURE     | V4_1   | deepseek-flash    | 'max_tokens':9                   | 'temperature':0.6              | temperature has no effect while thinking
            IGNORED_TEMPERATURE     | R1     | deepseek-chat     | 'temperature':0.6                |                                |
            IGNORED_TEMPERATURE     | R1     | deepseek-reasoner |                                  | 'temperature':0.6              | temperature has no effect while thinking
            IGNORED_TOP_P           | V3_2   | deepseek-reasoner |                                  | 'top_p':0.9                    | top_p has no effect while thinking
            IGNORED_TOP_P           | V4_1   | deepseek-flash    | 'top_p':0.97                     | 'top_p':0.5                    | raised to 0.95
            IGNORED_TOP_P           | V4_1   | deepseek-chat     | 'top_p':1.0                      | 'top_p':0.5                    | top_p is 1.0 while not thinking
            IGNORED_TOP_P           | V4_1   | deepseek-v4-pro   | 'top_p':0.5,'thinking':{'type':'disabled'} | 'top_p':0.97         | top_p has no effect while thinking
            IGNORED_PENALTIES       | V4     | deepseek-v4-flash |                                  | 'presence_penalty':1           | presence_penalty has no effect while thinking
            IGNORED_PENALTIES       | V3_2   | deepseek-chat     | 'frequency_penalty':1            |                                |
            IGNORED_PENALTIES       | V4_1   | deepseek-chat     |                                  | 'frequency_penalty':1          | frequency_penalty has no effect any more
            IGNORED_SEED            | V4_1   | deepseek-flash    |                                  | 'seed':42                      | seed has no effect
            IGNORED_EFFORT          | V3_2   | deepseek-reasoner |                                  | 'reasoning_effort':'high'      | no effect before V4
            IGNORED_EFFORT          | V4_1   | deepseek-flash    | 'reasoning_effort':'high'        | 'reasoning_effort':'high','thinking':{'type':'disabled'} | where thinking is off
            MAPPED_EFFORT           | V4     | deepseek-v4-flash | 'reasoning_effort':'max'         | 'reasoning_effort':'low'       | this model has high, max
            MAPPED_EFFORT           | V4_1   | deepseek-flash    | 'reasoning_effort':'low'         | 'reasoning_effort':'xhigh'     | this model has high, low, max
            MAPPED_EFFORT           | V4_1   | deepseek-v4-pro   | 'reasoning_effort':'none'        | 'reasoning_effort':'low'       | this model has high, max
            IGNORED_THINKING_SWITCH | R1     | deepseek-reasoner | 'thinking':{'type':'enabled'}    | 'thinking':{'type':'disabled'} | its id decides
            IGNORED_THINKING_SWITCH | V3_2   | deepseek-chat     | 'thinking':{'type':'enabled'}    | 'enable_thinking':true         | DeepSeek's own API has thinking.type
            STRICT_ON_BETA          | V4_1   | deepseek-flash    | 'tools':[{'type':'function','function':{'name':'f'}}] | 'tools':[{'type':'function','function':{'name':'f','strict':true}}] | strict functions are promised on the beta root only
            THOUGHT_LOST_TO_TOOLS   | V3_1   | deepseek-reasoner | 'tools':[]                       | 'tools':[{'type':'function','function':{'name':'f'}}] | answered by deepseek-chat, without a thought
            IGNORED_IMAGES          | V4_1   | deepseek-v4-pro   |                                  | IMAGE                          | does not see them
            """;

    private static String body(String model, String more) {
        String content = "IMAGE".equals(more) ? "[{'type':'image_url','image_url':{'url':'data:'}}]" : "'Hi'";
        String rest = more == null || more.equals("IMAGE") ? "" : more + ",";
        return ("{'model':'" + model + "'," + rest + "'messages':[{'role':'user','content':" + content + "}]}")
                .replace('\'', '"');
    }

    @ParameterizedTest(name = "{0} on {1}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = CASES)
    void should_warn_and_refuse_if_strict(
            Rule rule, Generation generation, String model, String within, String ignored, String words) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(generation)) {
            Api api = new Api(deepSeek);

            assertThat(api.chat(body(model, within)).statusCode()).isEqualTo(200);
            assertThat(deepSeek.lastRequest().warnings()).isEmpty();
            deepSeek.strict();
            assertThat(api.chat(body(model, within)).statusCode()).isEqualTo(200);
            deepSeek.verify();
            if (ignored == null) {
                return;
            }

            HttpResponse<String> refused = api.chat(body(model, ignored));

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(Api.json(refused).at("/error/message").asText())
                    .startsWith("strict: ")
                    .contains(words);
            assertThatThrownBy(deepSeek::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(words);
            deepSeek.enforcing(rule, false);
            assertThat(api.chat(body(model, ignored)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void should_only_warn_by_default() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            HttpResponse<String> response = new Api(deepSeek).chat(body("deepseek-flash", "'temperature':1,'seed':1"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(deepSeek.lastRequest().warnings())
                    .containsExactly("temperature has no effect while thinking", "seed has no effect");
            deepSeek.verify();
        }
    }

    @Test
    void should_have_a_case_for_each_rule() {
        Set<String> tested = new TreeSet<>();
        CASES.lines().forEach(line -> tested.add(line.substring(0, line.indexOf(' '))));

        assertThat(Arrays.stream(Rule.values())
                        .filter(rule -> rule.severity() == Rule.Severity.WARNING)
                        .map(Rule::name))
                .containsExactlyInAnyOrderElementsOf(tested);
    }
}
