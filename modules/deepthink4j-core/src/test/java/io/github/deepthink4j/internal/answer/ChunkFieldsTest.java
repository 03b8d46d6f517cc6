package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks with fields of another type, of another choice, of nobody, or in another place than usual. */
class ChunkFieldsTest {

    private static final String HI = delta("{\"content\":\"Hi\"}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"usage\":null",
                "\"usage\":[5]",
                "\"usage\":5",
                "\"service\":null",
                "\"object\":\"chunk\"",
                "\"object\":{\"type\":\"chunk\"}",
                "\"created\":null",
                "\"error\":null"
            })
    void should_read_past_fields_that_say_nothing(String field) {
        Decoded decoded = ofChunks(HI.replace("\"choices\"", field + ",\"choices\""), finish("stop"));

        assertThat(decoded.events()).containsExactly("text Hi");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().unknownFields()).isEmpty();
        assertThat(decoded.answer().usage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"choices\":{\"index\":0}}", "{\"choices\":\"none\"}", "{\"choices\":[[1],\"x\",7]}"})
    void should_read_past_choices_that_are_none(String chunk) {
        Decoded decoded = ofChunks(chunk, HI, finish("stop"));

        assertThat(decoded.events()).containsExactly("text Hi");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "7", "\"text\"", "{\"choices\":[]} more", "{\"choices\":[]}{\"choices\":[]}"})
    void should_find_a_hole_where_a_chunk_is_no_object_alone(String chunk) {
        assertThat(ofChunks(HI, chunk, finish("stop")).answer().ending().kind()).isEqualTo(Kind.MALFORMED);
    }

    /** Of a ping with fields, nothing is the answer's. */
    @Test
    void should_keep_nothing_of_an_event_that_is_no_chunk() {
        AssembledAnswer answer = ofChunks(
                        HI,
                        "{\"id\":\"ping\",\"model\":\"ping\",\"load\":3}",
                        "{\"usage\":{\"prompt_tokens\":5}}",
                        finish("stop"))
                .answer();

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.unknownFields()).isEmpty();
        assertThat(answer.id()).isEqualTo("1");
        assertThat(answer.model()).isNull();
        assertThat(answer.usage()).isEqualTo(new UsageFigures(5, null, null, null, null, null));
    }

    @Test
    void should_take_nothing_of_a_second_choice() {
        String second = "{\"index\":1,\"delta\":{\"content\":\"Ho\",\"refusal\":\"no\"},"
                + "\"logprobs\":{\"content\":[{\"token\":\"Ho\"}]},\"finish_reason\":\"length\"}";

        AssembledAnswer answer = ofChunks(
                        HI.replace("]}", "," + second + "]}"),
                        "{\"choices\":[" + second + "]}",
                        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"Ho\"}}]}",
                        finish("stop"))
                .answer();

        assertThat(answer.text()).isEqualTo("Hi");
        assertThat(answer.logprobs()).isNull();
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"choices":[{"logprobs":{"content":[{"token":"Hi"}]},"index":0,"delta":{"content":"Hi"}}]}            | 1
        {"choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null}]}                                    | 0
        {"choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":[1]}]}                                     | 0
        {"choices":[{"finish_reason":null,"delta":{"content":"Hi"},"index":0,"logprobs":{"content":[{}]}}]}   | 1
        """)
    void should_find_logprobs_wherever_they_stand(String chunk, int tokens) {
        AssembledAnswer answer = ofChunks(chunk, finish("stop")).answer();

        assertThat(answer.text()).isEqualTo("Hi");
        assertThat(
                        answer.logprobs() == null
                                ? 0
                                : answer.logprobs().path("content").size())
                .isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"function_call":{"name":"f","arguments":"{}"}}                                               | f {}
        {"function_call":{"name":"f","arguments":{"x":1},"other":[1]}}                                | f {"x":1}
        {"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}","strict":{}},"kind":[1]}]}   | f {}
        {"tool_calls":{"id":"a","function":{"name":"f","arguments":"{}"}}}                            | f {}
        {"tool_calls":[7,[8],{"id":"a","function":{"name":"f","arguments":"{}"}}]}                    | f {}
        {"role":{"name":"assistant"},"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]} | f {}
        """)
    void should_find_a_call_in_each_of_its_places(String delta, String call) {
        Decoded decoded = ofChunks(delta(delta), finish("tool_calls"));

        assertThat(decoded.answer().toolCalls())
                .extracting(made -> made.name() + " " + made.arguments())
                .containsExactly(call);
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"Hi\",\"function_call\":null}",
                "{\"content\":\"Hi\",\"function_call\":\"f\"}",
                "{\"content\":\"Hi\",\"function_call\":{}}",
                "{\"content\":\"Hi\",\"tool_calls\":\"none\"}",
                "{\"content\":\"Hi\",\"tool_calls\":[{\"index\":0,\"function\":null}]}",
                "{\"content\":\"Hi\",\"reasoning_content\":null,\"reasoning\":\"\",\"reasoning_details\":[]}"
            })
    void should_find_no_call_and_no_thought_where_there_is_none(String delta) {
        Decoded decoded = ofChunks(delta(delta), finish("stop"));

        assertThat(decoded.events()).containsExactly("text Hi");
        assertThat(decoded.answer().toolCalls()).isEmpty();
        assertThat(decoded.answer().thinking()).isNull();
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    /** Some hosts fill both places with the same call. */
    @Test
    void should_call_once_what_stands_in_both_places() {
        String both = delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"},"
                + "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}");
        String late = delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}");

        List<String> events = List.of("piece 0 a f {}", "call 0 a f {}");
        assertThat(ofChunks(both, finish("tool_calls")).events()).isEqualTo(events);
        assertThat(ofChunks(both, late, finish("tool_calls")).events()).isEqualTo(events);
    }

    @Test
    void should_take_the_first_thought_that_is_filled() {
        assertThat(ofChunks(
                                delta("{\"reasoning_content\":\"\",\"reasoning\":\"So\",\"thinking\":\"not this\"}"),
                                HI,
                                finish("stop"))
                        .answer())
                .satisfies(answer -> {
                    assertThat(answer.thinking()).isEqualTo("So");
                    assertThat(answer.reasoningField()).isEqualTo("reasoning");
                });
        assertThat(ofChunks(
                                delta(
                                        "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"In parts\"}],\"reasoning\":\"\"}"),
                                HI,
                                finish("stop"))
                        .answer()
                        .thinking())
                .isEqualTo("In parts");
    }

    @Test
    void should_take_the_first_of_two_thoughts() {
        AssembledAnswer answer = ofChunks(
                        delta("{\"reasoning_content\":\"one\",\"reasoning\":\"two\"}"),
                        delta("{\"reasoning_content\":\" more\",\"reasoning\":\"\"}"),
                        HI,
                        finish("stop"))
                .answer();

        assertThat(answer.thinking()).isEqualTo("one more");
        assertThat(answer.reasoningField()).isEqualTo("reasoning_content");
    }

    /** Azure's first chunk is about the prompt, and says neither an id nor a model. */
    @Test
    void should_know_the_answer_by_the_first_chunk_with_an_id() {
        AssembledAnswer answer = ofChunks(
                        "{\"id\":\"\",\"model\":\"\",\"choices\":[]}",
                        "{\"id\":\"a\",\"created\":7,\"model\":\"m\",\"system_fingerprint\":\"f\",\"choices\":[]}",
                        "{\"id\":\"b\",\"created\":8,\"model\":\"n\",\"system_fingerprint\":\"g\",\"choices\":[]}",
                        HI,
                        finish("stop"))
                .answer();

        assertThat(answer.id()).isEqualTo("a");
        assertThat(answer.created()).isEqualTo(7);
        assertThat(answer.model()).isEqualTo("m");
        assertThat(answer.systemFingerprint()).isEqualTo("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[],\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"choices\":null,\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"choices\":[7],\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"data\":{\"choices\":[]},\"code\":\"Throttling\",\"message\":\"slow down\"}",
                "{\"code\":\"Throttling\",\"message\":\"slow down\"}"
            })
    void should_know_an_error_whose_choices_are_none(String error) {
        Decoded decoded = ofChunks(error, HI, finish("stop"));

        assertThat(decoded.events()).isEmpty();
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.ERROR_IN_STREAM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"result\":{\"response\":%s}}}",
                "{\"code\":0,\"data\":%s}",
                "{\"body\":{\"payload\":%s},\"message\":\"ok\"}"
            })
    void should_find_an_answer_in_what_gateways_put_around_it(String envelope) {
        Decoded decoded = ofChunks(envelope.formatted(HI), HI, envelope.formatted(finish("stop")));

        assertThat(decoded.events()).containsExactly("text Hi", "text Hi");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}",
                "{\"delta\":{\"content\":\"Hi\"},\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}",
                "{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}",
                "{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}"
            })
    void should_say_once_what_a_whole_body_has_as_a_delta_too(String choice) {
        Decoded decoded = Decoded.of("{\"id\":\"1\",\"choices\":[" + choice + "]}");

        assertThat(decoded.events()).containsExactly("text Hi");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_keep_parts_of_a_content_that_are_no_words() {
        AssembledAnswer answer = ofChunks(
                        delta(
                                "{\"content\":[{\"type\":\"text\",\"text\":\"Hi\"},{\"type\":\"reference\",\"reference_ids\":[7]}]}"),
                        finish("stop"))
                .answer();

        assertThat(answer.text()).isEqualTo("Hi");
        assertThat(answer.unknownFields()).containsOnlyKeys("message.content");
    }

    /** Gateways that put one object into another write a key twice. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"reasoning_content":"So"} | {"reasoning_content":"So"}                     | COMPLETE
        {"reasoning_content":"So"} | {"reasoning_content":"So","content":""}        | COMPLETE
        {"reasoning_content":"So"} | {}                                             | COMPLETE
        {"reasoning_content":"So"} | {"reasoning_content":"","reasoning":"Not so"}  | MALFORMED
        {"reasoning_content":"So"} | {"reasoning_content":"Not so"}                 | MALFORMED
        {"reasoning_content":"So"} | {"reasoning_content":"So","content":"Hi"}      | MALFORMED
        """)
    void should_think_once_what_two_deltas_of_a_choice_say(String first, String second, Kind kind) {
        Decoded decoded = ofChunks(
                "{\"choices\":[{\"index\":0,\"delta\":" + first + ",\"delta\":" + second + "}]}", HI, finish("stop"));

        assertThat(decoded.events()).startsWith("thinking So").hasSize(kind == Kind.COMPLETE ? 2 : 1);
        assertThat(decoded.answer().ending().kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        "id":"a","function":{"name":"f","arguments":"{}"}        | "id":"a","function":{"name":"f","arguments":"{}"}        | 1
        "id":"a","function":{"name":"f","arguments":{"x":1}}      | "id":"a","function":{"name":"f","arguments":{"x":2}}      | 2
        "id":"a","function":{"name":"f","arguments":"{}"}        | "id":"a","function":{"name":"g","arguments":"{}"}        | 2
        "function":{"name":"f","arguments":"{}"}                 | "function":{"name":"f","arguments":"{}"}                 | 2
        """)
    void should_tell_calls_of_one_index_apart_that_stand_in_one_list(String first, String second, int calls) {
        Decoded decoded = ofChunks(
                delta("{\"tool_calls\":[{\"index\":0," + first + "},{\"index\":0," + second + "}]}"),
                finish("tool_calls"));

        assertThat(decoded.answer().toolCalls()).hasSize(calls);
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_call_once_what_has_its_name_in_each_piece() {
        Decoded decoded = ofChunks(
                delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"\"}}"),
                delta("{\"function_call\":{\"name\":\"f\",\"arguments\":\"{}\"}}"),
                finish("function_call"));

        assertThat(decoded.answer().toolCalls())
                .extracting(call -> call.name() + " " + call.arguments())
                .containsExactly("f {}");
    }
}
