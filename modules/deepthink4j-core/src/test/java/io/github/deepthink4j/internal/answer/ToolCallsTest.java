package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallsTest {

    private static final String OSLO = "{\"city\":\"Oslo\"}";
    private static final String ROME = "{\"city\":\"Rome\"}";

    /** An entry of {@code tool_calls}; {@code null} for what the host leaves out. */
    private static String entry(
            @Nullable Integer index, @Nullable String id, @Nullable String name, @Nullable String arguments) {
        List<String> fields = new ArrayList<>();
        if (index != null) {
            fields.add("\"index\":" + index);
        }
        if (id != null) {
            fields.add("\"id\":\"" + id + "\"");
        }
        List<String> function = new ArrayList<>();
        if (name != null) {
            function.add("\"name\":\"" + name + "\"");
        }
        if (arguments != null) {
            function.add("\"arguments\":" + TextNode.valueOf(arguments));
        }
        fields.add("\"function\":{" + String.join(",", function) + "}");
        return "{" + String.join(",", fields) + "}";
    }

    /** Entries of one delta. */
    private static String calls(String... entries) {
        return delta("{\"tool_calls\":[" + String.join(",", entries) + "]}");
    }

    private static String message(String... entries) {
        return "{\"choices\":[{\"index\":0,\"message\":{\"tool_calls\":[" + String.join(",", entries)
                + "]},\"finish_reason\":\"tool_calls\"}]}";
    }

    private static Arguments streamed(String name, List<String> calls, String... chunks) {
        List<String> all = new ArrayList<>(List.of(chunks));
        all.add(finish("tool_calls"));
        return Arguments.of(name, calls, Decoded.stream(all.toArray(String[]::new)));
    }

    static Stream<Arguments> severalCalls() {
        List<String> both = List.of("weather " + OSLO, "weather " + ROME);
        return Stream.of(
                streamed(
                        "whole calls of one tool in one delta, one index",
                        both,
                        calls(entry(0, null, "weather", OSLO), entry(0, null, "weather", ROME))),
                streamed(
                        "the same without an index",
                        both,
                        calls(entry(null, null, "weather", OSLO), entry(null, null, "weather", ROME))),
                streamed(
                        "the same with empty ids",
                        both,
                        calls(entry(0, "", "weather", OSLO), entry(0, "", "weather", ROME))),
                streamed(
                        "the same with one id for all",
                        both,
                        calls(entry(0, "call_0", "weather", OSLO), entry(0, "call_0", "weather", ROME))),
                streamed(
                        "one id for all, under indexes of their own",
                        both,
                        calls(entry(0, "call_0", "weather", OSLO), entry(1, "call_0", "weather", ROME))),
                streamed(
                        "in deltas of their own",
                        both,
                        calls(entry(0, null, "weather", OSLO)),
                        calls(entry(0, null, "weather", ROME))),
                streamed(
                        "in deltas of their own, without an index",
                        both,
                        calls(entry(null, null, "weather", OSLO)),
                        calls(entry(null, null, "weather", ROME))),
                streamed(
                        "in pieces, under one index",
                        both,
                        calls(entry(0, null, "weather", "")),
                        calls(entry(0, null, null, "{\"city\":")),
                        calls(entry(0, null, null, "\"Oslo\"}")),
                        calls(entry(0, null, "weather", "")),
                        calls(entry(0, null, null, "{\"city\":\"Ro")),
                        calls(entry(0, null, null, "me\"}"))),
                streamed(
                        "in pieces that repeat the name",
                        both,
                        calls(entry(0, null, "weather", "{\"city\":")),
                        calls(entry(0, null, "weather", "\"Oslo\"}")),
                        calls(entry(0, null, "weather", "{\"city\":\"Rome\"")),
                        calls(entry(0, null, "weather", "}"))),
                streamed(
                        "in deltas of their own, with one id for all",
                        both,
                        calls(entry(0, "call_0", "weather", OSLO)),
                        calls(entry(0, "call_0", "weather", ROME))),
                streamed(
                        "the first one by its id behind the second",
                        List.of("weather " + OSLO, "now {}"),
                        calls(entry(0, "a", "weather", ""), entry(1, "b", "now", "{}")),
                        calls(entry(null, "a", "weather", OSLO))),
                streamed(
                        "two tools under one index and one id",
                        List.of("weather " + OSLO, "now {}"),
                        calls(entry(0, "call_0", "weather", OSLO)),
                        calls(entry(0, "call_0", "now", ""))),
                streamed(
                        "a tool without parameters twice in one delta",
                        List.of("now {}", "now {}"),
                        calls(entry(0, null, "now", ""), entry(0, null, "now", ""))),
                Arguments.of(
                        "a whole message without ids and indexes",
                        List.of("now {}", "now {}", "weather " + OSLO, "weather " + ROME),
                        message(
                                entry(null, null, "now", ""),
                                entry(null, null, "now", " "),
                                entry(null, null, "weather", OSLO),
                                entry(null, null, "weather", ROME))),
                Arguments.of(
                        "a whole message with one index for all",
                        both,
                        message(entry(0, null, "weather", OSLO), entry(0, null, "weather", ROME))));
    }

    static Stream<Arguments> pieces() {
        List<String> one = List.of("get_weather " + OSLO);
        return Stream.of(
                streamed(
                        "a name in pieces",
                        one,
                        calls(entry(0, "a", "get_", "")),
                        calls(entry(0, null, "weather", "")),
                        calls(entry(0, null, null, OSLO))),
                streamed(
                        "a name in pieces, with the id each time",
                        one,
                        calls(entry(0, "a", "get", null)),
                        calls(entry(0, "a", "_", null)),
                        calls(entry(0, "a", "weather", OSLO))),
                streamed(
                        "a name as far as it has come",
                        one,
                        calls(entry(0, "a", "get_", "")),
                        calls(entry(0, "a", "get_weather", "")),
                        calls(entry(0, "a", "get_weather", OSLO))),
                streamed(
                        "the name with each piece",
                        one,
                        calls(entry(0, "a", "get_weather", "")),
                        calls(entry(0, "a", "get_weather", "{\"city\":")),
                        calls(entry(0, "a", "get_weather", "\"Oslo\"}"))),
                streamed(
                        "the whole call once more",
                        one,
                        calls(entry(0, "a", "get_weather", "{\"city\":")),
                        calls(entry(0, null, null, "\"Oslo\"}")),
                        calls(entry(0, "a", "get_weather", "{ \"city\": \"Oslo\" }"))),
                streamed(
                        "the whole call once more, without an index",
                        one,
                        calls(entry(0, "a", "get_weather", OSLO)),
                        calls(entry(null, "a", "get_weather", OSLO))),
                streamed(
                        "the whole call in place of its end",
                        one,
                        calls(entry(0, "a", "get_weather", "{\"city\":")),
                        calls(entry(0, "a", "get_weather", OSLO))),
                streamed(
                        "two whole calls once more",
                        List.of("get_weather " + OSLO, "now {}"),
                        calls(entry(0, "a", "get_weather", OSLO)),
                        calls(entry(1, "b", "now", "{}")),
                        calls(entry(0, "a", "get_weather", OSLO), entry(1, "b", "now", "{}"))),
                streamed(
                        "two tools in one delta under one index and id",
                        List.of("now {}", "get_weather " + OSLO),
                        calls(entry(0, "a", "now", ""), entry(0, "a", "get_weather", OSLO))),
                streamed(
                        "function_call",
                        one,
                        delta("{\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"\"}}"),
                        delta("{\"function_call\":{\"arguments\":\"{\\\"city\\\":\"}}"),
                        delta("{\"function_call\":{\"arguments\":\"\\\"Oslo\\\"}\"}}"),
                        finish("function_call")),
                streamed(
                        "function_call beside tool_calls",
                        one,
                        calls(entry(0, "a", "get_weather", OSLO))
                                .replace(
                                        "{\"tool_calls\"",
                                        "{\"function_call\":{\"name\":\"get_weather\",\"arguments\":\"{}\"},\"tool_calls\"")),
                streamed(
                        "one call that is in no list",
                        one,
                        delta("{\"tool_calls\":" + entry(0, "a", "get_weather", OSLO) + "}")),
                Arguments.of(
                        "a whole message with function_call",
                        one,
                        message()
                                .replace(
                                        "\"tool_calls\":[]",
                                        "\"content\":null,\"function_call\":{\"name\":\"get_weather\",\"arguments\":"
                                                + TextNode.valueOf(OSLO) + "}")
                                .replace("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"function_call\"")));
    }

    /** The limit is not what has cut it, and nobody says that there is a call at all. */
    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"city\":", "{\"city\":\"Os", "{\"city\":\"Oslo\"", "{\"city\":\"}", "{\"a\":[{}]"})
    void should_not_run_a_call_that_stops_in_its_midst(String arguments) {
        for (String body : List.of(
                Decoded.stream(calls(entry(0, "a", "weather", arguments)), finish("stop")),
                Decoded.stream(
                        delta("{\"content\":\"Let me see\"}"),
                        calls(entry(0, "a", "weather", arguments)),
                        finish("stop")),
                Decoded.stream(
                        calls(entry(0, "a", "weather", arguments)), calls(entry(1, "b", "now", "{}")), finish("stop")),
                message(entry(0, "a", "weather", arguments)).replace("\"tool_calls\"}", "\"stop\"}"))) {
            Decoded decoded = Decoded.of(body);

            assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.BAD_CALL);
            assertThat(decoded.events()).noneMatch(event -> event.startsWith("call 0"));
        }
    }

    /** Models write broken JSON, and can mend it once they are told: nothing is added to it, so that no tool can run with it. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":\"Os", "{'city':'Oslo'}", "{\"city\":\"Oslo\"} and more"})
    void should_pass_on_as_it_is_what_a_model_has_called_wrongly(String arguments) {
        AssembledAnswer answer = ofChunks(calls(entry(0, "a", "weather", arguments)), finish("tool_calls"))
                .answer();

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.toolCalls())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly(arguments);
    }

    @Test
    void should_not_take_a_call_for_nothing_that_was_announced_and_did_not_come() {
        for (String body : List.of(
                Decoded.stream(finish("tool_calls")),
                Decoded.stream(delta("{\"reasoning_content\":\"I call it.\"}"), finish("function_call")),
                Decoded.stream(delta("{\"tool_calls\":\"none\"}"), finish("tool_calls")),
                message())) {
            assertThat(Decoded.of(body).answer().ending().kind()).isEqualTo(Kind.BAD_CALL);
        }
    }

    static Stream<Arguments> oneCall() {
        List<String> one = List.of("weather " + OSLO);
        return Stream.of(
                streamed(
                        "a new id with each piece",
                        one,
                        calls(entry(0, "a", "weather", "")),
                        calls(entry(0, "b", null, "{\"city\":")),
                        calls(entry(0, "c", "weather", "\"Oslo\"}"))),
                streamed(
                        "an index that jumps within the call",
                        one,
                        calls(entry(0, "a", "weather", "{\"city\":")),
                        calls(entry(1, "a", null, "\"Oslo\"")),
                        calls(entry(2, null, null, "}"))),
                streamed(
                        "an index on the first piece only",
                        one,
                        calls(entry(0, "a", "weather", "{\"city\":")),
                        calls(entry(null, null, null, "\"Oslo\"}"))),
                streamed(
                        "an index on the later pieces only",
                        one,
                        calls(entry(null, "a", "weather", "{\"city\":")),
                        calls(entry(0, null, null, "\"Oslo\"}"))),
                streamed(
                        "another index with all of its arguments",
                        one,
                        calls(entry(0, "a", "weather", "")),
                        calls(entry(1, "a", null, OSLO))),
                streamed(
                        "an index on the later pieces only, with id and name each time",
                        one,
                        calls(entry(null, "a", "weather", "")),
                        calls(entry(1, "a", "weather", OSLO))),
                streamed(
                        "more behind it that begins no call",
                        List.of("weather " + OSLO + ROME),
                        calls(entry(0, null, "weather", OSLO)),
                        calls(entry(0, null, null, ROME))),
                streamed(
                        "its name once more behind it",
                        one,
                        calls(entry(0, null, "weather", OSLO)),
                        calls(entry(0, null, "weather", ""))),
                streamed(
                        "brackets and quotes within its strings",
                        List.of("weather {\"city\":\"} {\\\" Oslo \\\\\"}"),
                        calls(entry(0, null, "weather", "{\"city\":\"} {")),
                        calls(entry(0, null, "weather", "\\\" Oslo \\\\\"}"))),
                streamed(
                        "an id first, and the arguments before the name",
                        one,
                        calls(entry(0, "a", null, null)),
                        calls(entry(0, null, null, "{\"city\":")),
                        calls(entry(0, null, "weather", "\"Oslo\"}"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"severalCalls", "oneCall", "pieces"})
    void should_tell_each_call_once_and_whole(String name, List<String> calls, String body) {
        Decoded decoded = Decoded.of(body);

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().toolCalls())
                .extracting(call -> call.name() + " " + call.arguments())
                .isEqualTo(calls);
        assertThat(decoded.answer().toolCalls())
                .extracting(ToolExecutionRequest::id)
                .doesNotHaveDuplicates();
        List<String> told = decoded.answer().toolCalls().stream()
                .map(call -> call.id() + " " + call.name() + " " + call.arguments())
                .toList();
        assertThat(decoded.events().stream()
                        .filter(event -> event.startsWith("call "))
                        .map(event -> event.replaceFirst("call \\d+ ", "")))
                .isEqualTo(told);
    }

    @Test
    void should_tell_what_came_before_the_name() {
        Decoded decoded =
                ofChunks(calls(entry(0, "a", null, "{\"x\":")), calls(entry(0, null, "f", "1}")), finish("tool_calls"));

        assertThat(decoded.events()).containsExactly("piece 0 a f {\"x\":1}", "call 0 a f {\"x\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "\n",
                "null",
                "{",
                "{\"city\":",
                "{\"city\":\"Oslo\"",
                "{\"city\":\"}",
                "{}}",
                "[{}",
                "{'a':1}",
                "{]"
            })
    void should_not_run_what_length_has_cut(String arguments) {
        for (String body : List.of(
                Decoded.stream(calls(entry(0, "a", "weather", arguments)), finish("length")),
                Decoded.stream(
                        calls(entry(0, "a", "weather", OSLO)),
                        calls(entry(1, "b", "weather", arguments)),
                        finish("length")),
                message(entry(0, "a", "weather", arguments))
                        .replace("\"finish_reason\":\"tool_calls\"", "\"finish_reason\":\"length\""))) {
            AssembledAnswer answer = Decoded.of(body).answer();

            assertThat(answer.ending().kind()).isEqualTo(Kind.BUDGET_EATEN);
            assertThat(answer.toolCalls())
                    .extracting(ToolExecutionRequest::arguments)
                    .isSubsetOf(OSLO);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                OSLO,
                "{\"a\":\"xyz\"}",
                "{\"ab\":\"\\\"\"}",
                "{\"a\":\"\\\\\"}",
                "{\"a\":\"x\\\\\\\"}\"}",
                "{\"a\":[1,{\"b\":\"]\"}]}"
            })
    void should_keep_a_call_that_was_whole_when_the_limit_was_reached(String arguments) {
        for (String reason : List.of("length", "stop")) {
            AssembledAnswer answer = ofChunks(calls(entry(0, "a", "weather", arguments)), finish(reason))
                    .answer();

            assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
            assertThat(answer.toolCalls())
                    .extracting(ToolExecutionRequest::arguments)
                    .containsExactly(arguments);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t", "null", " null "})
    void should_give_a_tool_without_parameters_an_empty_object(String arguments) {
        AssembledAnswer answer = ofChunks(calls(entry(0, "a", "now", arguments)), finish("tool_calls"))
                .answer();

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.toolCalls())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly("{}");
    }

    @Test
    void should_keep_arguments_apart_from_an_id_that_was_made_up() {
        AssembledAnswer answer = ofChunks(
                        calls(entry(0, "call_1", "weather", OSLO)),
                        calls(entry(1, null, "weather", ROME)),
                        finish("tool_calls"))
                .answer();

        assertThat(answer.toolCalls())
                .extracting(ToolExecutionRequest::id)
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("call_1");
    }

    /** Looking at all calls, or at all that an unfinished one has, with each delta would take hours. */
    @Test
    @Timeout(60)
    void should_read_very_many_calls() {
        int count = 200_000;
        String[] entries = IntStream.range(0, count)
                .mapToObj(i -> entry(i, "id" + i, "f", i == 0 ? "{\"x\":[" + "1,".repeat(50_000) : "{}"))
                .toArray(String[]::new);
        String[] chunks = {calls(entries), calls(entry(0, "id0", null, "1]}")), finish("tool_calls")};

        Decoded decoded = ofChunks(chunks);

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().toolCalls()).hasSize(count);
        assertThat(decoded.events()).hasSize(2 * count + 1);
    }
}
