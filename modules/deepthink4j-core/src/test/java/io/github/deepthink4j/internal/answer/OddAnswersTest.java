package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are odd, but can be read in one way only; and those that look like a success and are none. */
class OddAnswersTest {

    private static final String THINKS = delta("{\"reasoning_content\":\"Look \"}");
    private static final String RAIN = delta("{\"content\":\"Rain \"}");
    private static final String TODAY = delta("{\"content\":\"today.\"}");

    private static String message(String fields) {
        return "{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{"
                + fields + "}}]}";
    }

    private static String call(String name, String arguments) {
        return "{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\""
                + arguments + "\"}}";
    }

    private static Arguments odd(String name, List<String> events, String... chunks) {
        return Arguments.of(name, events, chunks);
    }

    static Stream<Arguments> wholeMessages() {
        return Stream.of(
                odd(
                        "the whole text behind its deltas",
                        List.of("text Rain ", "text today."),
                        RAIN,
                        TODAY,
                        message("\"role\":\"assistant\",\"content\":\"Rain today.\"")),
                odd(
                        "behind the finish",
                        List.of("text Rain ", "text today."),
                        RAIN,
                        TODAY,
                        finish("stop"),
                        message("\"content\":\"Rain today.\"")),
                odd(
                        "beside an empty delta",
                        List.of("text Rain ", "text today."),
                        RAIN,
                        TODAY,
                        "{\"choices\":[{\"delta\":{},\"message\":{\"content\":\"Rain today.\"},\"finish_reason\":\"stop\"}]}"),
                odd(
                        "thought and text",
                        List.of("thinking Look ", "text Rain ", "text today."),
                        THINKS,
                        RAIN,
                        TODAY,
                        message("\"reasoning_content\":\"Look \",\"content\":\"Rain today.\"")),
                odd(
                        "the text without the white space around it",
                        List.of("text \nRain", "text \n"),
                        delta("{\"content\":\"\\nRain\"}"),
                        delta("{\"content\":\"\\n\"}"),
                        message("\"content\":\"Rain\"")),
                odd(
                        "with each delta, what was said so far",
                        List.of("text Rain ", "text today."),
                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Rain \"},\"delta\":{\"content\":\"Rain \"}}]}",
                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Rain today.\"},\"delta\":{\"content\":\"today.\"}}]}",
                        finish("stop")),
                odd(
                        "with each delta, the same once more",
                        List.of("text Rain ", "text today."),
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Rain \"},\"message\":{\"content\":\"Rain \"}}]}",
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"today.\"},\"message\":{\"content\":\"today.\"}}]}",
                        finish("stop")),
                odd(
                        "an empty message",
                        List.of("text Rain ", "text today."),
                        RAIN,
                        TODAY,
                        message("\"content\":null,\"tool_calls\":null")),
                odd(
                        "more than was streamed",
                        List.of("text Rain ", "text today."),
                        RAIN,
                        message("\"content\":\"Rain today.\"")),
                odd(
                        "all of it, after a delta with the role alone",
                        List.of("thinking Look", "text Rain"),
                        delta("{\"role\":\"assistant\",\"content\":\"\"}"),
                        message("\"reasoning_content\":\"Look\",\"content\":\"Rain\"")),
                odd(
                        "the text, where only the thought was streamed",
                        List.of("thinking Look ", "text Rain today."),
                        THINKS,
                        message("\"reasoning_content\":\"Look \",\"content\":\"Rain today.\"")),
                odd(
                        "messages in place of deltas",
                        List.of("text Rain ", "text today."),
                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Rain \"}}]}",
                        "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"today.\"}}]}",
                        finish("stop")),
                odd(
                        "the call once more, under another id",
                        List.of("piece 0 a f {}", "call 0 a f {}"),
                        delta("{\"tool_calls\":[" + call("f", "{}") + "]}"),
                        message("\"tool_calls\":[" + call("f", "{}").replace("\"a\"", "\"b\"") + "]")),
                odd(
                        "the end of a call, and another one",
                        List.of(
                                "piece 0 a f {\"x\":",
                                "piece 0 a f 1}",
                                "call 0 a f {\"x\":1}",
                                "piece 1 a_1 g {}",
                                "call 1 a_1 g {}"),
                        delta("{\"tool_calls\":[" + call("f", "{\\\"x\\\":") + "]}"),
                        message("\"tool_calls\":[" + call("f", "{\\\"x\\\":1}") + "," + call("g", "{}") + "]")));
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                odd(
                        "two choices, the delta before the index",
                        List.of("text Rain ", "text today."),
                        "{\"choices\":[{\"delta\":{\"content\":\"Rain \"},\"index\":0},{\"delta\":{\"content\":\"Sun \"},\"index\":1}]}",
                        "{\"choices\":[{\"delta\":{\"content\":\"again.\"},\"finish_reason\":\"length\",\"index\":1}]}",
                        "{\"choices\":[{\"delta\":{\"content\":\"today.\"},\"finish_reason\":\"stop\",\"index\":0}]}"),
                odd(
                        "two choices without an index",
                        List.of("text Rain"),
                        "{\"choices\":[{\"delta\":{\"content\":\"Rain\"},\"finish_reason\":\"stop\"},{\"delta\":{\"content\":\"Sun\"}}]}"),
                odd(
                        "an index in quotes, and one with a fraction",
                        List.of("text Rain"),
                        "{\"choices\":[{\"index\":\"1\",\"delta\":{\"content\":\"Sun\"}},{\"index\":0.0,\"delta\":{\"content\":\"Rain\"},\"finish_reason\":\"stop\"}]}"),
                odd(
                        "an index that is null",
                        List.of("text Rain"),
                        "{\"choices\":[{\"index\":null,\"delta\":{\"content\":\"Rain\"},\"finish_reason\":\"stop\"}]}"),
                odd(
                        "two whole messages",
                        List.of("text Rain"),
                        "{\"choices\":[{\"message\":{\"content\":\"Sun\"},\"finish_reason\":\"stop\",\"index\":1},{\"message\":{\"content\":\"Rain\"},\"finish_reason\":\"stop\",\"index\":0}]}"));
    }

    static Stream<Arguments> otherTypes() {
        return Stream.of(
                odd("a number as the text", List.of("text 42"), delta("{\"content\":42}"), finish("stop")),
                odd(
                        "numbers in pieces",
                        List.of("text 4", "text 2.50"),
                        delta("{\"content\":4}"),
                        delta("{\"content\":2.50}"),
                        finish("stop")),
                odd("a truth value as the text", List.of("text true"), delta("{\"content\":true}"), finish("stop")),
                odd(
                        "a number as the thought",
                        List.of("thinking 1", "text Rain"),
                        delta("{\"reasoning_content\":1,\"content\":\"Rain\"}"),
                        finish("stop")),
                odd(
                        "the JSON itself as the text",
                        List.of("text {\"sum\":42}"),
                        delta("{\"content\":{\"sum\":42}}"),
                        finish("stop")),
                odd(
                        "one part",
                        List.of("text Rain"),
                        delta("{\"content\":{\"type\":\"text\",\"text\":\"Rain\"}}"),
                        finish("stop")),
                odd(
                        "parts, texts and numbers",
                        List.of("text Rain 42"),
                        delta("{\"content\":[{\"type\":\"text\",\"text\":\"Rain\"},\" \",null,42]}"),
                        finish("stop")),
                odd(
                        "a thought as a part",
                        List.of("thinking Look", "text Rain"),
                        delta(
                                "{\"content\":[{\"type\":\"thinking\",\"thinking\":[{\"type\":\"text\",\"text\":\"Look\"}]},{\"type\":\"text\",\"text\":\"Rain\"}]}"),
                        finish("stop")),
                odd(
                        "numbers in a call",
                        List.of("piece 0 7 f {\"x\":", "piece 0 7 f 1", "piece 0 7 f }", "call 0 7 f {\"x\":1}"),
                        delta(
                                "{\"tool_calls\":[{\"index\":\"0\",\"id\":7,\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"}}]}"),
                        delta("{\"tool_calls\":[{\"index\":0.0,\"function\":{\"arguments\":1}}]}"),
                        delta("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"}\"}}]}"),
                        finish("tool_calls")),
                odd(
                        "an index beyond all bounds",
                        List.of("piece 0 a f {}", "call 0 a f {}"),
                        delta(
                                "{\"tool_calls\":[{\"index\":123456789012345678901234567890,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                        finish("tool_calls")),
                odd(
                        "null among calls and choices",
                        List.of("piece 0 a f {}", "call 0 a f {}"),
                        "{\"choices\":[null,{\"index\":0,\"delta\":{\"tool_calls\":[null,{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}},null]}",
                        finish("tool_calls")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"wholeMessages", "choices", "otherTypes"})
    void should_read_in_the_only_way_it_can_be_meant(String name, List<String> events, String... chunks) {
        Decoded decoded = ofChunks(chunks);

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.events()).isEqualTo(events);
    }

    @Test
    void should_take_a_whole_message_apart_as_its_pieces() {
        Decoded decoded = ofChunks(
                ReasoningDialect.OTHER_HOST,
                delta("{\"content\":\"<think>Look</think>\\n\\nRain \"}"),
                TODAY,
                message("\"content\":\"<think>Look</think>\\n\\nRain today.\""));

        assertThat(decoded.answer().thinking()).isEqualTo("Look");
        assertThat(decoded.answer().text()).isEqualTo("Rain today.");
    }

    @Test
    void should_keep_logprobs_and_what_it_does_not_know_of_a_whole_message_once() {
        String logprobs = "\"logprobs\":{\"content\":[{\"token\":\"Rain\"}]}";
        Decoded decoded = ofChunks(
                "{\"choices\":[{" + logprobs + ",\"delta\":{\"content\":\"Rain\"},\"index\":0}]}",
                "{\"choices\":[{\"index\":0," + logprobs
                        + ",\"message\":{\"content\":\"Rain\",\"annotations\":[1]},\"finish_reason\":\"stop\"}]}");

        assertThat(decoded.answer().logprobs().path("content")).hasSize(1);
        assertThat(decoded.answer().unknownFields()).containsOnlyKeys("message.annotations");
    }

    /** First, second: how it has ended is what makes the answer less worth. */
    @ParameterizedTest
    @CsvSource({
        "content_filter, stop, REFUSED",
        "stop, content_filter, REFUSED",
        "insufficient_system_resource, stop, OVERLOADED",
        "insufficient_system_resource, tool_calls, OVERLOADED",
        "aborted, stop, ABORTED",
        "bored, stop, UNKNOWN_FINISH",
        "stop, bored, UNKNOWN_FINISH",
        "bored, content_filter, REFUSED",
        "content_filter, length, REFUSED",
        "stop, stop, COMPLETE"
    })
    void should_not_take_back_a_bad_ending(String first, String second, Kind kind) {
        AssembledAnswer answer = ofChunks(RAIN, finish(first), finish(second)).answer();

        assertThat(answer.ending().kind()).isEqualTo(kind);
    }

    @Test
    void should_not_take_back_that_a_limit_has_cut() {
        String call = delta("{\"tool_calls\":[" + call("f", "") + "]}");

        assertThat(ofChunks(call, finish("length"), finish("stop"))
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(Kind.BUDGET_EATEN);
        assertThat(ofChunks(RAIN, finish("length"), finish("stop")).answer().finishReason())
                .isEqualTo("length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "false",
                "\"\"",
                "[]",
                "{}",
                "0",
                "\"null\"",
                "\"None\"",
                "{\"refused\":false,\"reason\":null}"
            })
    void should_not_take_nothing_for_a_refusal(String refusal) {
        String fields = "\"content\":\"Hi\",\"refusal\":" + refusal;

        for (Decoded decoded :
                List.of(ofChunks(delta("{" + fields + "}"), finish("stop")), Decoded.of(message(fields)))) {
            assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
            assertThat(decoded.answer().text()).isEqualTo("Hi");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "refusal":"I can't."                                                | I can't.
        "refusal":{"message":"I can't."}                                    | I can't.
        "refusal":{"category":"x","text":"I can't."}                        | I can't.
        "refusal":{"refusal":{"reason":"I can't."}}                         | I can't.
        "refusal":["I ","can't."]                                           | I can't.
        "refusal":[{"type":"text","text":"I can't."}]                       | I can't.
        "refusal":{"category":"violence"}                                   | {"category":"violence"}
        "refusal":true                                                      |
        "content":[{"type":"refusal","refusal":"I can't."}]                 | I can't.
        "content":[{"type":"text","text":""},{"type":"refusal","refusal":"I can't."}] | I can't.
        """)
    void should_hear_a_refusal_in_any_shape(String fields, String words) {
        for (Decoded decoded :
                List.of(ofChunks(delta("{" + fields + "}"), finish("stop")), Decoded.of(message(fields)))) {
            assertThat(decoded.answer().ending()).isEqualTo(new Ending(Kind.REFUSED, words));
        }
    }

    @Test
    void should_not_take_what_was_said_before_a_call_for_the_answer() {
        AssembledAnswer answer = ofChunks(delta("{\"content\":\"Let me look.\"}"), finish("tool_calls"))
                .answer();

        assertThat(answer.ending().kind()).isEqualTo(Kind.BAD_CALL);
        assertThat(answer.text()).isEqualTo("Let me look.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "true", "\"0\"", "[]"})
    void should_call_nothing_complete_whose_finish_reason_is_no_word(String reason) {
        List<String> chunks = new ArrayList<>(List.of(RAIN, TODAY));
        chunks.add("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":" + reason + "}]}");

        AssembledAnswer answer = ofChunks(chunks.toArray(String[]::new)).answer();

        assertThat(answer.ending().kind()).isIn(Kind.UNKNOWN_FINISH, Kind.CUT);
    }

    @Test
    void should_read_figures_of_another_type() {
        AssembledAnswer answer = ofChunks(
                        "{\"id\":17,\"created\":\"1700000000\",\"model\":4,\"choices\":[{\"delta\":{\"content\":\"Rain\"},\"finish_reason\":\"stop\"}],"
                                + "\"usage\":{\"prompt_tokens\":\"5\",\"completion_tokens\":4.0,\"total_tokens\":1e99}}")
                .answer();

        assertThat(answer.created()).isEqualTo(1_700_000_000L);
        assertThat(answer.usage()).isEqualTo(new UsageFigures(5, 4, null, null, null, null));
        assertThat(answer.toolCalls()).isEqualTo(List.<ToolExecutionRequest>of());
        for (String created : Arrays.asList("1e400", "99999999999999999999", "\"soon\"", "[1]")) {
            assertThat(ofChunks("{\"created\":" + created + ",\"choices\":[]}", RAIN, finish("stop"))
                            .answer()
                            .ending()
                            .kind())
                    .isEqualTo(Kind.COMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"parameters\":{\"x\":1}",
                "\"input\":\"{\\\"x\\\":1}\"",
                "\"arguments\":\"\",\"input\":{\"x\":1}"
            })
    void should_read_arguments_by_the_names_of_other_apis(String arguments) {
        Decoded decoded = Decoded.of(
                "{\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\","
                        + arguments + "}}]},\"finish_reason\":\"tool_calls\"}]}");

        assertThat(decoded.answer().toolCalls())
                .extracting(ToolExecutionRequest::name, ToolExecutionRequest::arguments)
                .containsExactly(tuple("f", "{\"x\":1}"));
    }

    @Test
    void should_not_lose_a_call_beside_the_delta() {
        Decoded decoded = ofChunks(
                delta("{\"content\":\"Hi\"}"),
                "{\"choices\":[{\"index\":0,\"delta\":{},\"tool_calls\":[" + call("f", "{}") + "]}]}",
                finish("stop"));

        assertThat(decoded.answer().text()).isEqualTo("Hi");
        assertThat(decoded.answer().toolCalls())
                .extracting(ToolExecutionRequest::name)
                .containsExactly("f");
    }
}
