package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent more than once: as it grows, as a whole behind its pieces, under one key twice. Each thing is told once, or none. */
class RepeatedAnswersTest {

    private static final String OSLO = "{\\\"city\\\":\\\"Oslo\\\"}";

    private static String message(String fields) {
        return "{\"choices\":[{\"index\":0,\"message\":{" + fields + "},\"finish_reason\":null}]}";
    }

    private static String text(String text) {
        return message("\"content\":\"" + text + "\"");
    }

    private static String call(String id, String name, String arguments) {
        return "{\"id\":\"" + id + "\",\"function\":{\"name\":\"" + name + "\",\"arguments\":\"" + arguments + "\"}}";
    }

    private static String calls(String... calls) {
        return "\"tool_calls\":[" + String.join(",", calls) + "]";
    }

    private static Arguments told(String name, List<String> events, String... chunks) {
        return Arguments.of(name, events, chunks);
    }

    static Stream<Arguments> growing() {
        return Stream.of(
                told("a text", List.of("text Hel", "text lo"), text("Hel"), text("Hello"), text("Hello")),
                told("the same again and again", List.of("text ha"), text("ha"), text("ha"), text("ha")),
                told("an empty one at the end", List.of("text Hel", "text lo"), text("Hel"), text("Hello"), text("")),
                told(
                        "one without the blank at its end",
                        List.of("text Hel", "text lo "),
                        text("Hel"),
                        text("Hello "),
                        text("Hello")),
                told(
                        "half a character",
                        List.of("text a", "text \ud83d\ude00"),
                        text("a\\ud83d"),
                        text("a\\ud83d\\ude00")),
                told(
                        "thought, then text",
                        List.of("thinking Lo", "thinking ok", "text Hel", "text lo"),
                        message("\"reasoning_content\":\"Lo\""),
                        message("\"reasoning_content\":\"Look\",\"content\":\"\""),
                        message("\"reasoning_content\":\"Look\",\"content\":\"Hel\""),
                        message("\"reasoning_content\":\"Look\",\"content\":\"Hello\"")),
                told("pieces all the same", List.of("text ab", "text c", "text ab"), text("ab"), text("c"), text("ab")),
                told(
                        "pieces, then all of them",
                        List.of("text Hel", "text lo"),
                        text("Hel"),
                        text("lo"),
                        text("Hello")),
                told(
                        "a call",
                        List.of("piece 0 a f {", "piece 0 a f }", "call 0 a f {}"),
                        message(calls(call("a", "f", "{"))),
                        message(calls(call("a", "f", "{}"))),
                        message(calls(call("a", "f", "{}")))),
                told(
                        "two calls that grow",
                        List.of(
                                "piece 0 a f {",
                                "piece 1 b g {",
                                "piece 0 a f }",
                                "piece 1 b g }",
                                "call 0 a f {}",
                                "call 1 b g {}"),
                        message(calls(call("a", "f", "{"), call("b", "g", "{"))),
                        message(calls(call("a", "f", "{}"), call("b", "g", "{}")))),
                told(
                        "equal calls",
                        List.of("piece 0 a f {}", "call 0 a f {}", "piece 1 b f {}", "call 1 b f {}"),
                        message(calls(call("a", "f", "{}"), call("b", "f", "{}"))),
                        message(calls(call("a", "f", "{}"), call("b", "f", "{}")))),
                told(
                        "one call after the other",
                        List.of("piece 0 a f {}", "call 0 a f {}", "piece 1 b g {}", "call 1 b g {}"),
                        message(calls(call("a", "f", "{}"))),
                        message(calls(call("a", "f", "{}"), call("b", "g", "{}")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("growing")
    void should_tell_once_what_whole_messages_repeat(String name, List<String> events, String... chunks) {
        String[] all =
                Stream.concat(Stream.of(chunks), Stream.of(finish("stop"))).toArray(String[]::new);

        Decoded decoded = ofChunks(all);

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.events()).isEqualTo(events);
    }

    @Test
    void should_not_choose_between_texts_that_grow_apart() {
        Decoded decoded = ofChunks(text("Hel"), text("Hello"), text("No"), finish("stop"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.MALFORMED);
        assertThat(decoded.answer().text()).isEqualTo("Hello");
    }

    /** Deltas are pieces, whatever stands in them: "ha" and "haha" are "hahaha". */
    @Test
    void should_read_deltas_as_pieces_only() {
        Decoded decoded = ofChunks(delta("{\"content\":\"ha\"}"), delta("{\"content\":\"haha\"}"), finish("stop"));

        assertThat(decoded.answer().text()).isEqualTo("hahaha");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"content\":\"No\"",
                "\"content\":\"Rain over Oslo today.\"",
                "\"content\":\"Heavy Rain today.\"",
                "\"content\":\"Rain  today. Or not.\""
            })
    void should_not_choose_between_the_pieces_and_the_whole(String whole) {
        Decoded decoded = ofChunks(
                delta("{\"content\":\"Rain \"}"), delta("{\"content\":\"today.\"}"), message(whole), finish("stop"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.CONTRADICTORY);
        assertThat(decoded.answer().text()).isEqualTo("Rain today.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"content\":null",
                "\"content\":\"Rain today.\"",
                "\"content\":\" Rain\\n today. \"",
                "\"content\":\"today.\"",
                "\"content\":\"Rain\"",
                "\"content\":\"<think>Look</think>\\n\\nRain today.\"",
                "\"reasoning_content\":\"Other\",\"content\":\"Rain today.\""
            })
    void should_keep_the_pieces_where_the_whole_says_no_more(String whole) {
        Decoded decoded = ofChunks(
                delta("{\"content\":\"Rain \"}"), delta("{\"content\":\"today.\"}"), message(whole), finish("stop"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().text()).isEqualTo("Rain today.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\\\"city\\\":\\\"Rome\\\"}", "{}"})
    void should_not_choose_between_two_forms_of_a_call(String arguments) {
        Decoded decoded = ofChunks(
                delta("{" + calls(call("a", "f", OSLO)) + "}"),
                message(calls(call("a", "f", arguments))),
                finish("tool_calls"));

        assertThat(decoded.answer().ending().kind()).isNotEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_know_a_call_again_by_its_id() {
        Decoded decoded = ofChunks(
                delta("{" + calls(call("a", "f", OSLO), call("b", "g", "{}")) + "}"),
                message(calls(call("b", "g", "{ }"), call("a", "f", OSLO))),
                finish("tool_calls"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().toolCalls()).hasSize(2);
    }

    private static String choice(String fields) {
        return "{\"choices\":[{" + fields + "}]}";
    }

    static Stream<Arguments> twice() {
        String a = "\"delta\":{\"content\":\"A\"}";
        String stop = "\"finish_reason\":\"stop\"";
        return Stream.of(
                Arguments.of("index first, an empty delta behind it", "\"index\":0," + a + ",\"delta\":{}," + stop),
                Arguments.of("index last, an empty delta behind it", a + ",\"delta\":{}," + stop + ",\"index\":0"),
                Arguments.of("an empty delta before it", "\"index\":0,\"delta\":{\"content\":\"\"}," + a + "," + stop),
                Arguments.of("the same, no index", "\"delta\":{\"role\":\"assistant\"}," + a + "," + stop),
                Arguments.of("the same delta", "\"index\":0," + a + "," + a + "," + stop),
                Arguments.of("the same delta, index last", a + "," + a + "," + stop + ",\"index\":0"),
                Arguments.of("a finish reason, then null", a + "," + stop + ",\"finish_reason\":null"),
                Arguments.of("null, then a finish reason", a + ",\"finish_reason\":null," + stop),
                Arguments.of("the same finish reason", a + "," + stop + "," + stop),
                Arguments.of(
                        "a text, as any reader of JSON has it",
                        "\"delta\":{\"content\":\"B\",\"content\":\"A\"}," + stop),
                Arguments.of("a text, then none", "\"delta\":{\"content\":\"A\",\"content\":\"\"}," + stop),
                Arguments.of("a text, then null", "\"delta\":{\"content\":\"A\",\"content\":null}," + stop));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twice")
    void should_read_a_key_that_stands_twice(String name, String fields) {
        Decoded decoded = ofChunks(choice(fields));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().text()).isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"index\":0,\"delta\":{\"content\":\"A\"},\"delta\":{\"content\":\"B\"},\"finish_reason\":\"stop\"",
                "\"delta\":{\"content\":\"A\"},\"delta\":{\"content\":\"B\"},\"finish_reason\":\"stop\"",
                "\"delta\":{\"content\":\"A\"},\"delta\":{\"tool_calls\":[{\"function\":{\"name\":\"f\"}}]},\"finish_reason\":\"stop\""
            })
    void should_not_choose_between_two_deltas_of_a_choice(String fields) {
        assertThat(ofChunks(choice(fields)).answer().ending().kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"finish_reason\":\"content_filter\",\"finish_reason\":\"stop\"",
                "\"finish_reason\":\"stop\",\"finish_reason\":\"content_filter\""
            })
    void should_take_the_worse_of_two_finish_reasons(String reasons) {
        assertThat(ofChunks(choice("\"delta\":{\"content\":\"A\"}," + reasons))
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }
}
