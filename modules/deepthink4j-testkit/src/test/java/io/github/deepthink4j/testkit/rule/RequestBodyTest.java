package io.github.deepthink4j.testkit.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.Api;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parser behind the API takes, and what it says of the rest: docs/protocol.md, section 12. */
class RequestBodyTest {

    private static final String PARSED = "Failed to deserialize the JSON body into the target type: ";
    private static final String USER = "{'role':'user','content':'Hi'}";

    private static HttpResponse<String> chat(Generation generation, String body) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(generation)) {
            return new Api(deepSeek).chat(body.replace('\'', '"'));
        }
    }

    private static String model(Generation generation) {
        return generation == Generation.V4_1
                ? "deepseek-flash"
                : generation.isBefore(Generation.V4) ? "deepseek-chat" : "deepseek-v4-flash";
    }

    private static String with(Generation generation, String more) {
        return "{'model':'" + model(generation) + "','messages':[" + USER + "]," + more + "}";
    }

    private static String message(HttpResponse<String> response) {
        return Api.json(response).at("/error/message").asText();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'temperature':'hot'        | temperature: invalid type: string "hot", expected f32
            'temperature':true         | temperature: invalid type: boolean `true`, expected f32
            'temperature':[1]          | temperature: invalid type: sequence, expected f32
            'temperature':{}           | temperature: invalid type: map, expected f32
            'top_p':'0.5'              | top_p: invalid type: string "0.5", expected f32
            'presence_penalty':'a'     | presence_penalty: invalid type: string "a", expected f32
            'frequency_penalty':[]     | frequency_penalty: invalid type: sequence, expected f32
            'max_tokens':''            | max_tokens: invalid type: string "", expected u32
            'max_tokens':1.5           | max_tokens: invalid type: floating point `1.5`, expected u32
            'max_tokens':-1            | max_tokens: invalid value: integer `-1`, expected u32
            'max_tokens':5000000000    | max_tokens: invalid value: integer `5000000000`, expected u32
            'n':'1'                    | n: invalid type: string "1", expected u32
            'top_logprobs':'3'         | top_logprobs: invalid type: string "3", expected u32
            'logprobs':1               | logprobs: invalid type: integer `1`, expected a boolean
            'stream':'true'            | stream: invalid type: string "true", expected a boolean
            'stream_options':true      | stream_options: invalid type: boolean `true`, expected struct StreamOptions
            'stream_options':{'include_usage':1} | stream_options.include_usage: invalid type: integer `1`, expected a boolean
            'stop':5                   | stop: data did not match any variant of untagged enum Stop
            'stop':['a',5]             | stop: data did not match any variant of untagged enum Stop
            'response_format':'json_object' | response_format: invalid type: string "json_object", expected struct ResponseFormat
            'response_format':{}       | response_format: missing field `type`
            'response_format':{'type':{}} | response_format.type: invalid type: map, expected variant identifier
            'response_format':{'type':'xml'} | response_format.type: unknown variant `xml`, expected one of `text`, `json_object`, `json_schema`
            'tools':{}                 | tools: invalid type: map, expected a sequence
            'tools':[5]                | tools[0]: invalid type: integer `5`, expected struct ChatCompletionTool
            'tools':[{'type':'namespace'}] | tools[0].type: unknown variant `namespace`, expected
            'tools':[{'type':'function'}] | tools[0]: missing field `function`
            'tools':[{'type':'function','function':{}}] | tools[0].function: missing field `name`
            'tools':[{'type':'function','function':{'name':'f','strict':'yes'}}] | tools[0].function.strict: invalid type: string "yes", expected a boolean
            'tool_choice':'maybe'      | tool_choice: data did not match any variant of untagged enum ChatCompletionToolChoiceOption
            'tool_choice':{'type':'auto'} | tool_choice: data did not match any variant of untagged enum ChatCompletionToolChoiceOption
            'tool_choice':{'type':'function'} | tool_choice: data did not match any variant of untagged enum ChatCompletionToolChoiceOption
            'tool_choice':['auto']     | tool_choice: data did not match any variant of untagged enum ChatCompletionToolChoiceOption
            'thinking':{'type':'adaptive'} | thinking.type: unknown variant `adaptive`, expected `enabled` or `disabled`
            'reasoning_effort':'utmost' | reasoning_effort: unknown variant `utmost`, expected one of `none`, `minimal`
            'reasoning_effort':3       | reasoning_effort: invalid type: integer `3`, expected variant identifier
            'user_id':7                | user_id: invalid type: integer `7`, expected a string
            'model':'deepseek-flash'   | duplicate field `model`
            """)
    void should_refuse_parameters_of_the_wrong_kind(String parameter, String words) {
        HttpResponse<String> refused = chat(Generation.V4_1, with(Generation.V4_1, parameter));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(message(refused)).startsWith(PARSED + words).containsPattern(" at line 1 column \\d+$");
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'temperature':null,'top_p':null,'max_tokens':null,'stop':null,'stream':null,'stream_options':null",
                "'tools':null,'tool_choice':null,'response_format':null,'logprobs':null,'top_logprobs':null,'n':null",
                "'thinking':null,'reasoning_effort':null,'user_id':null,'presence_penalty':null",
                "'something_new':{'a':[1]},'max_completion_tokens':'x','seed':'y','user':5,'metadata':null",
                "'something_new':1,'something_new':2",
                "'temperature':1,'max_tokens':5,'stop':'x'",
                "'stop':['a','b'],'tools':[],'tool_choice':'auto'",
                "'tools':[{'type':'function','function':{'name':'f','parameters':null,'description':null}}]"
            })
    void should_take_nulls_and_unknown_parameters(String parameters) {
        HttpResponse<String> taken = chat(Generation.V4_1, with(Generation.V4_1, parameters));

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'model':5,'messages':[]}           | model: invalid type: integer `5`, expected a string
            {'messages':[]}                     | missing field `model`
            {'model':'deepseek-flash'}          | missing field `messages`
            {'model':null,'messages':[]}        | model: invalid type: null, expected a string
            {'model':'x','messages':null}       | messages: invalid type: null, expected a sequence
            {'model':'x','messages':'Hi'}       | messages: invalid type: string "Hi", expected a sequence
            {'model':'x','messages':{}}         | messages: invalid type: map, expected a sequence
            {'model':'x','messages':['Hi']}     | messages[0]: invalid type: string "Hi", expected struct
            {'model':'x','messages':[null]}     | messages[0]: invalid type: null, expected struct
            {'model':'x','messages':[{}]}       | messages[0]: missing field `role`
            {'model':'x','messages':[{'role':7,'content':'Hi'}]} | messages[0].role: invalid type: integer `7`
            {'model':'x','messages':[{'role':'user'}]} | messages[0]: missing field `content`
            {'model':'x','messages':[{'role':'user','content':null}]} | messages[0]: invalid type: null, expected a string
            {'model':'x','messages':[{'role':'user','content':5}]} | messages[0]: invalid type: integer `5`, expected a string
            {'model':'x','messages':[{'role':'user','content':[{}]}]} | messages[0]: missing field `type`
            {'model':'x','messages':[{'role':'user','content':[{'type':'text'}]}]} | messages[0]: missing field `text`
            {'model':'x','messages':[{'role':'user','content':[{'type':'input_audio'}]}]} | messages[0]: unknown variant `input_audio`, expected one of `text`, `image_url`, `file`
            {'model':'x','messages':[{'role':'user','content':[{'type':'image_url'}]}]} | messages[0]: missing field `image_url`
            {'model':'x','messages':[{'role':'tool','content':'x'}]} | messages[0]: missing field `tool_call_id`
            {'model':'x','messages':[{'role':'assistant','content':'','tool_calls':[{'id':'1','type':'function'}]}]} | messages[0]: missing field `function`
            {'model':'x','messages':[{'role':'assistant','content':'','tool_calls':[{'id':'1','type':'function','function':{'name':'f'}}]}]} | messages[0]: missing field `arguments`
            {'model':'x','messages':[{'role':'assistant','content':'','tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':{}}}]}]} | messages[0]: invalid type: map, expected a string
            {'model':'x','messages':[{'role':'assistant','content':'','reasoning_content':1}]} | messages[0]: invalid type: integer `1`, expected a string
            {'model':'x','messages':[{'role':'user','content':'a','content':'b'}]} | messages[0]: duplicate field `content`
            ['model']                           | invalid type: sequence, expected struct ChatCompletionRequest
            'model'                             | invalid type: string "model", expected struct ChatCompletionRequest
            null                                | invalid type: null, expected struct ChatCompletionRequest
            """)
    void should_refuse_bodies_that_are_no_chat(String body, String words) {
        HttpResponse<String> refused = chat(Generation.V4_1, body);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(message(refused)).startsWith(PARSED + words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                          | EOF while parsing a value at line 1 column 0
            no json                     | expected ident at line 1 column
            <html>                      | expected value at line 1 column 1
            model=deepseek-chat         | expected value at line 1 column
            {'n':01}                    | n: invalid number at line 1 column
            {'model':'x'                | EOF while parsing an object at line 1
            {'messages':[               | messages[0]: EOF while parsing a list at line 1
            {'messages':['a             | messages[0]: EOF while parsing a string at line 1
            {'model' 'x'}               | model: expected `:` at line 1
            {'model':'x' 'messages':[]} | expected `,` or `}` at line 1
            {'messages':[1 2]}          | messages: expected `,` or `]` at line 1
            {model:'x'}                 | key must be a string at line 1
            {'model':'x',}              | trailing comma at line 1
            {'model':'x'}}              | trailing characters at line 1
            {'model':'\\x'}             | model: invalid escape at line 1
            {'messages':[{'role':'user','content':'\\ud83d'}]}  | messages[0].content: unexpected end of hex escape at line 1
            {'messages':[{'role':'user','content':'\\ud83d!'}]} | messages[0].content: unexpected end of hex escape at line 1
            {'messages':[{'role':'user','content':'\\ude00'}]}  | messages[0].content: lone leading surrogate in hex escape at line 1
            """)
    void should_refuse_bodies_that_are_no_json(String body, String words) {
        for (Generation generation : Generation.values()) {
            HttpResponse<String> refused = chat(generation, body);

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(message(refused)).startsWith("Failed to parse the request body as JSON: " + words);
            assertThat(refused.headers().firstValue("content-type")).hasValue("application/json");
        }
    }

    @Test
    void should_refuse_what_is_nested_without_end() {
        HttpResponse<String> refused = chat(Generation.V4_1, with(Generation.V4_1, "'x':" + "[".repeat(200)));

        assertThat(message(refused)).contains("recursion limit exceeded");
    }

    @Test
    void should_name_the_line() {
        HttpResponse<String> refused = chat(
                Generation.V4_1, "{'model':'deepseek-flash','messages':[" + USER + "],\n\n  'temperature': 'hot'\n}");

        assertThat(message(refused)).endsWith("expected f32 at line 3 column 22");
    }

    @Test
    void should_refuse_other_encodings() {
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
        byte[] marked = "\uFEFF{}".getBytes(StandardCharsets.UTF_8);
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            for (byte[] body : new byte[][] {utf16, marked}) {
                HttpResponse<String> refused =
                        Api.send(HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + "/chat/completions"))
                                .header("Authorization", "Bearer sk-test")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build());

                assertThat(message(refused)).endsWith("expected value at line 1 column 1");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"CHAT_V3,422", "R1,422", "R1_0528,422", "V3_1,422", "V3_2,400", "V4,400", "V4_0731,400", "V4_1,400"})
    void should_have_the_status_of_the_year(Generation generation, int status) {
        assertThat(chat(generation, with(generation, "'temperature':'hot'")).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(names = {"CHAT_V3", "R1", "R1_0528", "V3_1"})
    void should_ignore_what_a_generation_does_not_know(Generation generation) {
        assertThat(chat(generation, with(generation, "'thinking':true,'reasoning_effort':5,'user_id':1"))
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"text/plain,415", "application/x-www-form-urlencoded,415", "application/json; charset=utf-8,200"})
    void should_refuse_other_types(String type, int status) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            HttpResponse<String> response =
                    Api.send(HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + "/chat/completions"))
                            .header("Authorization", "Bearer sk-test")
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    with(Generation.V4_1, "'n':1").replace('\'', '"')))
                            .build());

            assertThat(response.statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void should_answer_a_body_without_messages_whatever_is_enforced(Generation generation) {
        String empty = "{'model':'" + model(generation) + "','messages':[]}";
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(generation)) {
            Api api = new Api(deepSeek);

            HttpResponse<String> refused = api.chat(empty.replace('\'', '"'));
            deepSeek.enforcing(Rule.MESSAGES_PRESENT, false);
            HttpResponse<String> taken = api.chat(empty.replace('\'', '"'));
            deepSeek.enforcing(Rule.PARAMETER_KINDS, false);
            HttpResponse<String> none = api.chat("{\"model\":\"" + model(generation) + "\",\"max_tokens\":\"x\"}");

            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(message(refused)).isEqualTo("Empty input messages");
            assertThat(taken.statusCode()).isEqualTo(200);
            assertThat(none.statusCode()).isEqualTo(200);
        }
    }
}
