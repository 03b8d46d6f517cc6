package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Markup without DSML, bars or tokens is a call or an example, by where it stands and whom it names. */
class BareMarkupTest {

    private static final Set<String> TOOLS = Set.of("weather", "now");
    private static final Set<String> NO_TOOLS = Set.of();

    private static final String CALL =
            "<function_calls>\n<invoke name=\"weather\"><parameter name=\"city\" string=\"true\">Oslo</parameter></invoke></function_calls>";

    private static final String OBJECT =
            "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>";

    private static AssembledAnswer decode(Set<String> tools, String finish, String... deltas) {
        List<String> chunks = new ArrayList<>();
        for (String delta : deltas) {
            chunks.add(delta(delta));
        }
        chunks.add(finish(finish));
        byte[] body = stream(chunks.toArray(String[]::new)).getBytes(UTF_8);
        return Decoded.of(ReasoningDialect.OTHER_HOST, DecoderLimits.DEFAULT, tools, List.of(body))
                .answer();
    }

    private static String content(String text) {
        return "{\"content\":" + TextNode.valueOf(text) + "}";
    }

    private static String thought(String text) {
        return "{\"reasoning_content\":" + TextNode.valueOf(text) + "}";
    }

    /** In one piece, in letters, and in two pieces, which must come to the same. */
    private static AssembledAnswer decode(Set<String> tools, String text) {
        AssembledAnswer whole = decode(tools, "stop", content(text));
        assertSame(
                whole,
                decode(
                        tools,
                        "stop",
                        text.chars()
                                .mapToObj(c -> content(Character.toString(c)))
                                .toArray(String[]::new)));
        for (int cut = 1; cut < text.length(); cut += Thorough.times(1, 5)) {
            assertSame(whole, decode(tools, "stop", content(text.substring(0, cut)), content(text.substring(cut))));
        }
        return whole;
    }

    private static void assertSame(AssembledAnswer one, AssembledAnswer other) {
        assertThat(other.text()).isEqualTo(one.text());
        assertThat(other.ending()).isEqualTo(one.ending());
        assertThat(calls(other)).isEqualTo(calls(one));
    }

    private static List<String> calls(AssembledAnswer answer) {
        return answer.toolCalls().stream()
                .map(call -> call.name() + " " + call.arguments())
                .collect(Collectors.toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CALL,
                OBJECT,
                "<tool_calls>\n<invoke name=\"weather\">\n<parameter name=\"city\">Oslo</parameter>\n</invoke>\n</tool_calls>",
                "<calls>\n<invoke name=\"weather\">\n<parameter name=\"city\">Oslo</parameter>\n</invoke>\n</calls>",
                "< calls>\n< invoke name=\"weather\">\n< parameter name=\"city\" string=\"true\">Oslo</ parameter>\n</ invoke>\n</ calls>",
                "<invoke name=\"weather\"><parameter name=\"city\">Oslo</parameter></invoke>",
                "<invoke name='weather'>\n<parameter name='city'>Oslo</parameter>\n</invoke>\n</function_calls>",
                "<function_calls><invoke name=\"weather\">{\"city\": \"Oslo\"}</invoke></function_calls>",
                "  <function_calls>\r\n<invoke name=\"weather\">\r\n<parameter name=\"city\">Oslo</parameter>\r\n</invoke>\r\n</function_calls>",
                "<tool_call>{\"arguments\":{\"city\":\"Oslo\"},\"name\":\"weather\"}</tool_call>",
                "<tool_call>\n{\"name\": \"weather\",\n \"arguments\": {\n\"city\": \"Oslo\"}}\n</tool_call>\n"
            })
    void should_read_a_call_of_one_of_the_tools(String block) {
        for (String before : List.of(
                "",
                "\n\n",
                "Let me see.\n",
                "It's 12\" wide: \n\n",
                "```java\nx\n```\n",
                "我来查一下：\n",
                "The <b> tag.\n")) {
            AssembledAnswer answer = decode(TOOLS, before + block);

            assertThat(answer.ending().kind()).as(before + block).isEqualTo(Kind.COMPLETE);
            assertThat(calls(answer)).containsExactly("weather {\"city\":\"Oslo\"}");
            assertThat(answer.text() == null ? "" : answer.text().strip()).isEqualTo(before.strip());

            AssembledAnswer thought = decode(TOOLS, "stop", thought(before + block));
            assertThat(calls(thought)).as("in a thought").containsExactly("weather {\"city\":\"Oslo\"}");
            assertThat(thought.thinking()).isEqualTo(before + block);
        }
    }

    @Test
    void should_read_several_calls_and_the_text_around_them() {
        AssembledAnswer answer =
                decode(TOOLS, "One.\n" + OBJECT + "\n" + OBJECT.replace("Oslo", "Rome") + "\n" + CALL + "\nTwo.");

        assertThat(calls(answer))
                .containsExactly(
                        "weather {\"city\":\"Oslo\"}", "weather {\"city\":\"Rome\"}", "weather {\"city\":\"Oslo\"}");
        assertThat(answer.text()).isEqualTo("One.\n\n\n\nTwo.");
    }

    @Test
    void should_keep_values_as_they_are() {
        assertThat(
                        calls(
                                decode(
                                        TOOLS,
                                        "<invoke name=\"weather\"><parameter name=\"city\">a <b> < c\n<｜DSML｜invoke name=\"x\">\n</city></parameter></invoke>")))
                .containsExactly("weather {\"city\":\"a <b> < c\\n<｜DSML｜invoke name=\\\"x\\\">\\n</city>\"}");
        assertThat(
                        calls(
                                decode(
                                        TOOLS,
                                        "<tool_call>{\"name\":\"weather\",\"arguments\":{\"city\":\"<tool_call> <invoke name='x'>\"}}</tool_call>")))
                .containsExactly("weather {\"city\":\"<tool_call> <invoke name='x'>\"}");
        assertThat(calls(decode(
                        TOOLS,
                        "<｜DSML｜invoke name=\"weather\"><｜DSML｜parameter name=\"city\">\n" + CALL
                                + "\n</｜DSML｜parameter></｜DSML｜invoke>")))
                .hasSize(1)
                .allMatch(call -> call.contains("function_calls"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<function_calls>",
                "weather{\"city\":\"Oslo\"}",
                "now{}",
                "functionweather\n```json\n{\"city\":\"Oslo\"}\n```",
                "functionweather\n```json\n{\"city\":\"Oslo\"}\n```\nfunctionnow\n```json\n{}\n```\n",
                "<function_calls>\n<invoke name=\"wea",
                "<function_calls>\n<inv",
                "<invoke name=\"wea",
                "<function_calls>\n<invoke name=\"weather\">",
                "<invoke name=\"weather\"><parameter name=\"city\">Os",
                "<invoke name=\"weather\"><parameter name=\"city\">Os</invoke>",
                "<function_calls><invoke name=\"weather\"><parameter name=\"city\">Os</parameter></invoke>",
                "<function_calls><invoke name=\"weather\"><parameter name=\"city\" string=\"false\">Os</parameter></invoke></function_calls>",
                "<function_calls><invoke name=\"now\"></invoke> and <invoke name=\"now\"></invoke></function_calls>",
                "<invoke name=\"weather\" city=\"Oslo\"/>",
                "<invoke name=\"weather\" city=\"Oslo\"></invoke>",
                "<invoke name=\"weather\" city=Oslo/>",
                "<invoke name=\"weather\">{\"city\":\"Os</invoke>",
                "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Os",
                "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}}",
                "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"city\": \"Oslo\"}\n</tool_call>",
                "<tool_call>\n{\"name\": \"weather\"}\n</tool_call>",
                "<tool_call>\n{\"name\": \"weather\", \"arguments\": {}, \"city\": \"Oslo\"}\n</tool_call>",
                "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>"
            })
    void should_execute_nothing_that_is_broken(String block) {
        for (String before : List.of("", "Let me see.\n")) {
            AssembledAnswer answer = decode(TOOLS, before + block);

            assertThat(answer.ending().kind()).as(before + block).isEqualTo(Kind.BAD_CALL);
            assertThat(answer.toolCalls()).isEmpty();
            assertThat(decode(TOOLS, "length", content(before + block)).ending().kind())
                    .isEqualTo(Kind.BUDGET_EATEN);
            assertThat(decode(TOOLS, "stop", thought(before + block)).ending().kind())
                    .isEqualTo(Kind.BAD_CALL);
            assertThat(decode(TOOLS, "stop", thought(before + block), content("Hello"))
                            .ending()
                            .kind())
                    .as("only thought of")
                    .isEqualTo(Kind.COMPLETE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The block <function_calls><invoke name=\"now\"></invoke></function_calls> is a call.",
                "Call it so: <invoke name=\"now\"></invoke>",
                "```xml\n" + CALL + "\n```",
                "~~~\n" + OBJECT + "\n~~~",
                "```\n" + CALL,
                "> " + CALL,
                "`" + OBJECT + "`",
                "    " + OBJECT,
                "\t" + CALL,
                "- " + OBJECT,
                "\"" + CALL + "\"",
                "<example>\n" + CALL + "\n</example>",
                "<minimax:tool_call>\n<invoke name=\"weather\">\n<parameter name=\"city\">Oslo</parameter>\n</invoke>\n</minimax:tool_call>",
                "<tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>Oslo</arg_value>\n</tool_call>",
                "<tool_call>\n<function=weather>\n<parameter=city>\nOslo\n</parameter>\n</function>\n</tool_call>",
                "[TOOL_CALLS][{\"name\":\"weather\",\"arguments\":{\"city\":\"Oslo\"}}]",
                "<function_calls>\n<invoke name=\"get_stock\"><parameter name=\"x\">1</parameter></invoke></function_calls>",
                "<tool_call>\n{\"name\": \"get_stock\", \"arguments\": {}}\n</tool_call>",
                "<invoke name=\"weather\"> is the tag that begins a call.",
                "<invoke name=\"weather\">...</invoke>",
                "<function_calls>\n  (your calls)\n</function_calls>",
                "<tool_call> is Qwen's tag.",
                "weather{\"city\":\"Oslo\"} is how I would write it.",
                "It is weather{\"city\":\"Oslo\"}",
                "weather{city=\"Oslo\"} 1",
                "get_stock{\"x\":1}",
                "```\nweather{\"city\":\"Oslo\"}\n```",
                "> weather{\"city\":\"Oslo\"}",
                "weather\n```json\n{\"city\":\"Oslo\"}\n```",
                "functionget_stock\n```json\n{\"x\":1}\n```",
                "functionweather\n```json\n{\"city\":\"Oslo\"}\n```\nSo it is written.",
                "The functionweather\n```json\n{\"city\":\"Oslo\"}\n```",
                "<tool_calls>\nRead this.\n</tool_calls>",
                "<tool_call>{name, arguments}</tool_call>",
                "<tool_call>{\"city\":\"Oslo\"}</tool_call>",
                "<invoke>now</invoke>",
                "<parameter name=\"city\">Oslo</parameter>",
                "</function_calls>",
                "<calls>3</calls>",
                "<toolCallsList>\n<x/></toolCallsList>"
            })
    void should_leave_alone_what_is_an_example_or_another_models(String text) {
        for (Set<String> tools : List.of(TOOLS, NO_TOOLS)) {
            AssembledAnswer answer = decode(tools, text);

            assertThat(answer.ending().kind()).as(text).isEqualTo(Kind.COMPLETE);
            assertThat(answer.text()).isEqualTo(text);
            assertThat(answer.toolCalls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Let me see.\n", "One.\n\n"})
    void should_take_deepseeks_own_form_at_the_end_where_no_tools_are_known(String before) {
        AssembledAnswer answer = decode(NO_TOOLS, before + CALL + "\n");

        assertThat(calls(answer)).containsExactly("weather {\"city\":\"Oslo\"}");
        assertThat(calls(decode(NO_TOOLS, before + CALL + "\n" + CALL.replace("Oslo", "Rome"))))
                .containsExactly("weather {\"city\":\"Oslo\"}", "weather {\"city\":\"Rome\"}");
        assertThat(calls(decode(NO_TOOLS, "stop", thought(before + CALL))))
                .containsExactly("weather {\"city\":\"Oslo\"}");
        assertThat(decode(NO_TOOLS, before + CALL.substring(0, CALL.length() - 20))
                        .ending()
                        .kind())
                .isEqualTo(Kind.BAD_CALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CALL + "\nThat was an example.",
                CALL + "\n" + CALL + "\nThese were two.",
                OBJECT,
                "<function_calls>\n<invoke name=\"weather\"><parameter name=\"city\">Oslo</parameter></invoke></function_calls>",
                "<invoke name=\"now\"/>",
                "<invoke name=\"weather\">{\"city\":\"Oslo\"}</invoke>",
                "<function_calls>\n<invoke name=\"weather\">",
                "<function_calls>",
                "```xml\n" + CALL + "\n```"
            })
    void should_leave_the_rest_alone_where_no_tools_are_known(String text) {
        AssembledAnswer answer = decode(NO_TOOLS, text);

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.toolCalls()).isEmpty();
    }

    @Test
    void should_tell_once_what_comes_as_markup_and_as_a_call() {
        String real =
                "{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}";

        for (String left : List.of(CALL, OBJECT, "<function_calls>", "<tool_call>\n")) {
            AssembledAnswer answer = decode(TOOLS, "tool_calls", content("See.\n" + left), real);

            assertThat(answer.ending().kind()).as(left).isEqualTo(Kind.COMPLETE);
            assertThat(calls(answer)).containsExactly("weather {\"city\":\"Oslo\"}");
            assertThat(answer.text()).isEqualTo("See.\n");
        }
    }

    @Test
    void should_not_look_for_it_at_deepseek_itself() {
        byte[] body = stream(delta(content(CALL)), finish("stop")).getBytes(UTF_8);

        AssembledAnswer answer = Decoded.of(ReasoningDialect.DEEPSEEK, DecoderLimits.DEFAULT, TOOLS, List.of(body))
                .answer();

        assertThat(answer.text()).isEqualTo(CALL);
        assertThat(answer.toolCalls()).isEmpty();
    }
}
