package io.github.deepthink4j.testkit;

import static io.github.deepthink4j.testkit.Generation.R1;
import static io.github.deepthink4j.testkit.Generation.R1_0528;
import static io.github.deepthink4j.testkit.Generation.V3_1;
import static io.github.deepthink4j.testkit.Generation.V3_2;
import static io.github.deepthink4j.testkit.Generation.V4;
import static io.github.deepthink4j.testkit.Generation.V4_0731;
import static io.github.deepthink4j.testkit.Generation.V4_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has a request that is within it and one that is not, in the words and with the status of its generation. */
class RuleTest {

    private static final String USER = "{'role':'user','content':'Hi'}";
    private static final String TOOL = "'tools':[{'type':'function','function':{'name':'f','parameters':{}}}]";
    private static final String RESULT = "{'role':'tool','tool_call_id':'1','content':'x'}";

    private static String assistant(String more) {
        return "{'role':'assistant','content':'Yes'" + more + "}";
    }

    private static String call(String more) {
        return assistant(
                ",'tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]" + more);
    }

    private static final String REASONING = ",'reasoning_content':'So'";

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        Rule.KNOWN_MODEL,
                        V4_1,
                        "deepseek-flash",
                        chat(USER),
                        body("deepseek-r9", chat(USER)),
                        400,
                        "Model Not Exist"),
                rule(Rule.MESSAGES_PRESENT, V4_1, "deepseek-flash", chat(USER), chat(), 400, "Empty input messages"),
                rule(
                        Rule.NO_CONTENT_ARRAYS,
                        R1,
                        "deepseek-reasoner",
                        chat(USER),
                        chat("{'role':'user','content':[{'type':'text','text':'Hi'}]}"),
                        422,
                        "expected a string"),
                rule(
                        Rule.ASSISTANT_CONTENT,
                        V4_1,
                        "deepseek-flash",
                        chat(USER, "{'role':'assistant','content':''}", USER),
                        chat(USER, "{'role':'assistant','content':null}", USER),
                        400,
                        "content or tool_calls must be set"),
                rule(
                        Rule.ALTERNATING_ROLES,
                        R1,
                        "deepseek-reasoner",
                        chat(USER, assistant(""), USER),
                        chat(USER, USER),
                        400,
                        "successive user or assistant messages (messages[0] and messages[1]"),
                rule(
                        Rule.TOOL_RESULTS_MATCH,
                        V3_2,
                        "deepseek-chat",
                        chat(USER, call(""), RESULT),
                        chat(USER, call(""), USER),
                        400,
                        "insufficient tool messages"),
                rule(
                        Rule.TOOL_RESULTS_MATCH,
                        V3_2,
                        "deepseek-chat",
                        chat(USER, call(""), RESULT),
                        chat(USER, RESULT),
                        400,
                        "must be a response to a preceding message"),
                rule(
                        Rule.KNOWN_ROLES,
                        V4_1,
                        "deepseek-flash",
                        chat("{'role':'system','content':'x'}", USER),
                        chat("{'role':'developer','content':'x'}", USER),
                        422,
                        "unknown variant `developer`"),
                rule(
                        Rule.NO_REASONING_BACK,
                        R1,
                        "deepseek-reasoner",
                        chat(USER, assistant(""), USER),
                        chat(USER, assistant(REASONING), USER),
                        400,
                        "Please remove the reasoning_content"),
                rule(
                        Rule.NO_REASONING_BACK,
                        V3_1,
                        "deepseek-reasoner",
                        chat(USER, assistant(""), USER),
                        chat(USER, assistant(",'reasoning_content':''"), USER),
                        400,
                        "Please remove the reasoning_content"),
                rule(
                        Rule.REASONING_WITHIN_TURN,
                        V3_2,
                        "deepseek-reasoner",
                        chat(USER, call(",'reasoning_content':''"), RESULT),
                        chat(USER, call(""), RESULT),
                        400,
                        "Missing `reasoning_content` field in the assistant message at message index 1"),
                rule(
                        Rule.REASONING_ON_TOOL_TURNS,
                        V4,
                        "deepseek-v4-flash",
                        chat(USER, call(REASONING), RESULT, assistant(REASONING), USER, assistant(""), USER),
                        chat(USER, call(""), RESULT, assistant(""), USER),
                        400,
                        "must be passed back to the API"),
                rule(
                        Rule.REASONING_WITH_TOOLS,
                        V4_0731,
                        "deepseek-v4-flash",
                        chat(USER, assistant(""), USER),
                        chat(USER, assistant(""), USER) + "," + TOOL,
                        400,
                        "must be passed back to the API"),
                rule(
                        Rule.REASONING_WITH_TOOLS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER, assistant(REASONING), USER) + "," + TOOL,
                        chat(USER, assistant(""), USER) + "," + TOOL,
                        400,
                        "must be passed back to the API"),
                rule(
                        Rule.TOOLS_SUPPORTED,
                        R1_0528,
                        "deepseek-reasoner",
                        chat(USER),
                        chat(USER) + "," + TOOL,
                        400,
                        "does not support Function Calling"),
                rule(
                        Rule.TOOL_LIMITS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + tools(128, "f"),
                        chat(USER) + "," + tools(129, "f"),
                        400,
                        "maximum length 128"),
                rule(
                        Rule.TOOL_LIMITS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + tools(1, "f".repeat(64)),
                        chat(USER) + "," + tools(1, "f".repeat(65)),
                        400,
                        "does not match pattern"),
                rule(
                        Rule.STRICT_ON_BETA,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + TOOL,
                        chat(USER) + ",'tools':[{'function':{'name':'f','strict':true}}]",
                        400,
                        "strict mode is only available"),
                rule(
                        Rule.PREFIX_ON_BETA,
                        V4_1,
                        "deepseek-flash",
                        chat(USER),
                        chat(USER, assistant(",'prefix':true")),
                        400,
                        "beta api"),
                rule(
                        Rule.TOOL_CHOICE,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + TOOL + ",'tool_choice':'auto'",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required'",
                        400,
                        "Thinking mode does not support this tool_choice"),
                rule(
                        Rule.TOOL_CHOICE,
                        V3_2,
                        "deepseek-reasoner",
                        chat(USER) + "," + TOOL + ",'tool_choice':'none'",
                        chat(USER) + "," + TOOL + ",'tool_choice':{'type':'function','function':{'name':'f'}}",
                        400,
                        "deepseek-reasoner does not support this tool_choice"),
                rule(
                        Rule.TOOL_CHOICE,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required','thinking':{'type':'disabled'}",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required','thinking':{'type':'enabled'}",
                        400,
                        "tool_choice"),
                rule(
                        Rule.RESPONSE_FORMAT,
                        R1,
                        "deepseek-reasoner",
                        chat(USER),
                        chat("{'role':'user','content':'json'}") + ",'response_format':{'type':'json_object'}",
                        400,
                        "Json Output"),
                rule(
                        Rule.RESPONSE_FORMAT,
                        V3_2,
                        "deepseek-chat",
                        chat("{'role':'user','content':'JSON'}") + ",'response_format':{'type':'json_object'}",
                        chat(USER) + ",'response_format':{'type':'json_schema'}",
                        422,
                        "response_format.type `json_schema` is unavailable now"),
                rule(
                        Rule.RESPONSE_FORMAT,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'response_format':{'type':'text'}",
                        chat(USER) + ",'response_format':{'type':'json_schema'}",
                        400,
                        "This response_format type is unavailable now"),
                rule(
                        Rule.WORD_JSON,
                        V4_1,
                        "deepseek-flash",
                        chat("{'role':'system','content':'Json!'}", USER) + ",'response_format':{'type':'json_object'}",
                        chat(USER) + ",'response_format':{'type':'json_object'}",
                        400,
                        "Prompt must contain the word 'json'"),
                rule(
                        Rule.LOGPROBS,
                        R1,
                        "deepseek-reasoner",
                        chat(USER) + ",'logprobs':false",
                        chat(USER) + ",'logprobs':true",
                        400,
                        "logprobs"),
                rule(
                        Rule.LOGPROBS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'logprobs':true,'top_logprobs':20",
                        chat(USER) + ",'top_logprobs':3",
                        400,
                        "logprobs must be set to true"),
                rule(
                        Rule.RANGES,
                        R1,
                        "deepseek-chat",
                        chat(USER) + ",'max_tokens':8192",
                        chat(USER) + ",'max_tokens':8193",
                        400,
                        "valid range of max_tokens is [1, 8192]"),
                rule(
                        Rule.RANGES,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'n':1,'temperature':2,'top_p':1",
                        chat(USER) + ",'n':2",
                        400,
                        "Invalid n value (currently only n = 1 is supported)"),
                rule(
                        Rule.THINKING_IS_OBJECT,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'thinking':{'type':'enabled'}",
                        chat(USER) + ",'thinking':true",
                        422,
                        "thinking"),
                rule(
                        Rule.IMAGES,
                        V4,
                        "deepseek-v4-flash",
                        chat(USER),
                        chat("{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:'}}]}"),
                        400,
                        "do not support image"));
    }

    private static Arguments rule(
            Rule rule, Generation generation, String model, String within, String beyond, int status, String words) {
        String breach = beyond.startsWith("'model'") ? beyond : body(model, beyond);
        return Arguments.of(rule, generation, quoted(body(model, within)), quoted(breach), status, words);
    }

    private static String body(String model, String rest) {
        return "'model':'" + model + "'," + rest;
    }

    private static String chat(String... messages) {
        return "'messages':[" + String.join(",", messages) + "]";
    }

    private static String tools(int count, String name) {
        return "'tools':["
                + IntStream.range(0, count)
                        .mapToObj(i -> "{'type':'function','function':{'name':'" + name + "'}}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    private static String quoted(String body) {
        return "{" + body.replace('\'', '"') + "}";
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("rules")
    void should_accept_what_is_within_and_refuse_what_is_not(
            Rule rule, Generation generation, String within, String beyond, int status, String words) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(generation)) {
            Api api = new Api(deepSeek);

            HttpResponse<String> accepted = api.chat(within);
            HttpResponse<String> refused = api.chat(beyond);

            assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(200);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
            assertThat(Api.json(refused).path("error").path("message").asText()).contains(words);
            assertThat(Api.json(refused).path("error").path("param").isNull()).isTrue();
            assertThat(refused.headers().firstValue("content-type"))
                    .hasValue(status == 400 ? "application/octet-stream" : "application/json");

            deepSeek.enforcing(rule, false);
            assertThat(Api.json(api.chat(beyond)).path("error").path("message").asText())
                    .as("switched off, the rule says nothing any more")
                    .isNotEqualTo(
                            Api.json(refused).path("error").path("message").asText());
        }
    }

    @Test
    void should_have_a_test_for_each_rule() {
        List<Rule> tested =
                rules().map(arguments -> (Rule) arguments.get()[0]).distinct().toList();

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

    @Test
    void should_not_check_reasoning_when_the_request_is_not_thought_over() {
        String off = quoted(
                body("deepseek-flash", chat(USER, call(""), RESULT) + "," + TOOL + ",'thinking':{'type':'disabled'}"));
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(V4_1)) {
            assertThat(new Api(deepSeek).chat(off).statusCode()).isEqualTo(200);
        }
    }
}
