package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.thorough.Thorough;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallMarkupTest {

    private static final ReasoningDialect DIALECT = ReasoningDialect.OTHER_HOST;

    private static String markup(String text) {
        return text.replace("#", "\uff5cDSML\uff5c");
    }

    private static AssembledAnswer decode(ReasoningDialect dialect, String... pieces) {
        String[] chunks = new String[pieces.length + 1];
        for (int i = 0; i < pieces.length; i++) {
            chunks[i] = delta("{\"content\":" + TextNode.valueOf(pieces[i]) + "}");
        }
        chunks[pieces.length] = finish("stop");
        return Decoded.ofChunks(dialect, chunks).answer();
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of(
                        "<#tool_calls>\n<#invoke name=\"edit\">\n<#parameter name=\"path\" string=\"true\">a < b.c</#parameter>\n"
                                + "<#parameter name=\"line\" string=\"false\">42</#parameter>\n</#invoke>\n</#tool_calls>",
                        null,
                        List.of("edit {\"path\":\"a < b.c\",\"line\":42}")),
                Arguments.of(
                        "Let me see.\n\n<#function_calls><#invoke name=\"f\"></#invoke><#invoke name=\"g\">"
                                + "<#parameter name=\"x\">1</#parameter></#invoke></#function_calls>",
                        "Let me see.\n\n",
                        List.of("f {}", "g {\"x\":\"1\"}")),
                Arguments.of(
                        "  <#tool_calls><#invoke name=\"f\">{\"x\": [1, 2]}</#invoke></#tool_calls>\nDone.",
                        "  \nDone.",
                        List.of("f {\"x\":[1,2]}")));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void should_make_real_calls_wherever_it_is_cut(String content, String text, List<String> calls) {
        String whole = markup(content);
        for (int cut = 0; cut <= whole.length(); cut += Thorough.times(1, 5)) {
            AssembledAnswer answer = decode(DIALECT, whole.substring(0, cut), whole.substring(cut));

            assertThat(answer.ending().kind()).as("cut at %d", cut).isEqualTo(Kind.COMPLETE);
            assertThat(answer.text()).as("cut at %d", cut).isEqualTo(text);
            assertThat(answer.toolCalls())
                    .extracting(call -> call.name() + " " + call.arguments())
                    .isEqualTo(calls);
            assertThat(answer.toolCalls()).extracting(ToolExecutionRequest::id).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The tag <#tool_calls> begins a block.",
                "<#tool_calls> is the tag that begins a block.",
                "Write:\n```\n<#tool_calls>\n<#invoke name=\"f\"></#invoke>\n</#tool_calls>\n```\nThat is all.",
                "a <b> and <#other>",
                "1 < 2\n<",
                "```",
                "<｜",
                "1 < 2 and <div>",
                "The tags <#tool_calls>, <#invoke name=\"f\"> and <#parameter name=\"x\"> come in this order.",
                "Write `<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>` for a call.",
                "It says \"<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>\", no more.",
                "它写“<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>”。",
                "It is 「<#tool_calls><#invoke name=\"f\">{\"x\":1}</#invoke></#tool_calls>」 here.",
                "Two ticks ``<#invoke name=\"f\"></#invoke>`` here.",
                "Like '<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>'.",
                "The tag \"<｜tool▁call▁begin｜>\" stands before \"<｜tool▁sep｜>\".",
                "A 27\" screen, and <#tool_calls> is a tag.",
                "> <#tool_calls>\n> <#invoke name=\"f\"></#invoke>\n> </#tool_calls>",
                "~~~xml\n<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>\n~~~",
                "````\n```\n<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>\n```\n````",
                "```\n<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>f<｜tool▁sep｜>{}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
                "let f x = x <| g <| h in f <| 1",
                "｜姓名｜年龄｜\n｜---｜---｜\n｜<王>｜3｜\n｜DSML｜是标记｜",
                "The token <｜tool▁sep｜> stands between a name and {\"city\":\"Oslo\"}.",
                "The token <tool_sep> comes before {braces}.",
                "A <tool_call_begin> and a <tool_call_end>, then.",
                "<tool_sep> is a token.",
                "Write `f<｜tool▁sep｜>{\"x\":1}` for it.",
                "```\nf<｜tool▁sep｜>{\"x\":1}\n```",
                "> f<｜tool▁sep｜>{\"x\":1}",
                "它写「f<｜tool▁sep｜>{\"x\":1}」。",
                "记号<｜tool▁sep｜>用于分隔。",
                "In F# one writes x <| invoke >> f.",
                "xs <| parameter > 3",
                "The tag <｜tool_calls> is DSML without its letters.",
                "Write `<｜invoke name=\"f\">{}</｜invoke>` for it.",
                "```\n<｜tool_calls>\n<｜invoke name=\"f\">{}</｜invoke>\n</｜tool_calls>\n```",
                "<|tool_call|>[{\"name\":\"f\",\"arguments\":{}}]",
                "DeepSeek 用 <｜DSML｜ 作为前缀，<｜DSML｜> 是标记。",
                "The literal <|dsml|> is not special.",
                "<dsml:dsml xmlns:dsml=\"http://www.dsml.org/DSML\">\n<dsml:directory-entries></dsml:directory-entries></dsml:dsml>"
            })
    void should_leave_text_alone_that_mentions_it(String content) {
        String whole = markup(content);
        for (int cut = 0; cut <= whole.length(); cut += Thorough.times(1, 5)) {
            AssembledAnswer answer = decode(DIALECT, whole.substring(0, cut), whole.substring(cut));

            assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
            assertThat(answer.text()).as("cut at %d", cut).isEqualTo(whole);
            assertThat(answer.toolCalls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#tool_calls><#invoke name=\"f\"><#parameter name=\"x\" string=\"false\">[1,</#parameter></#invoke></#tool_calls>",
                "<#tool_calls><#invoke name=\"f\">who knows</#invoke></#tool_calls>",
                "<#tool_calls><#invoke name=\"f\"></#invoke> and <#invoke name=\"g\"></#invoke></#tool_calls>",
                "<#tool_calls><#invoke name=\"f\"></#invoke>",
                // Cut or closed too early.
                "<#tool_c",
                "A 27\" screen. <#tool_calls><#invoke name=\"f\">",
                "A 27\" screen. <｜tool▁calls▁begin｜><｜tool▁call▁begin｜>f<｜tool▁sep｜>{\"x\":",
                "<#tool_calls",
                "Let me see.\n<#tool_calls>\n",
                "<#tool_calls></#tool_calls>",
                "<#tool_calls>\nRead\n</#tool_calls>",
                "</#invoke>\n</#tool_calls>",
                "<#invoke name=\"f",
                "<#invoke name=\"f\">",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"true\">Os",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"true\">Os</#invoke>",
                "<#tool_calls><#invoke name=\"f\"><#parameter name=\"x\" string=\"true\">1</#parameter></#tool_calls>",
                "<#tool_calls><#invoke name=\"f\"><#invoke name=\"g\"></#invoke></#tool_calls>",
                "<#parameter name=\"x\" string=\"true\">1</#parameter>",
                "<｜tool▁calls▁begin｜>",
                "<｜tool▁call▁begin｜>weather",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\":\"Os",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\":\"Os\"}<｜tool▁call▁end｜>",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\":<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>[1]<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
                // What could only be guessed.
                "<#tool_calls><#invoke name=\"\"></#invoke></#tool_calls>",
                "<#tool_calls><#invoke></#invoke></#tool_calls>",
                "<#tool_calls><#invoke name=weather></#invoke></#tool_calls>",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"true\"\n1</#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"json\">1</#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter string=\"true\">1</#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\">1</#parameter><#parameter name=\"x\">2</#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"false\">1 2</#parameter></#invoke>",
                "<#invoke name=\"f\">{\"x\":1} {\"x\":2}</#invoke>",
                "<#invoke name=\"f\">[1]</#invoke>",
                // An argument that would be lost.
                "<#invoke name=\"f\" city=\"Oslo\"></#invoke>",
                "<#invoke name=\"f\" city=\"Oslo\"/>",
                "<#tool_calls><#invoke city='Oslo' name='f' /></#tool_calls>",
                "<#tool_calls><#invoke name=\"f\" city=\"Oslo\"><#parameter name=\"day\">1</#parameter></#invoke></#tool_calls>",
                "<#invoke name=\"f\" city=\"Oslo\">{}</#invoke>",
                "<#invoke name=\"order\" id=\"1012\"></#invoke>",
                "<#invoke name=\"order\" id=\"1012\"/>",
                "<#invoke name=\"f\" string=\"true\"/>",
                "<#invoke name=\"f\" user_id=\"7\"/>",
                "<#invoke name=\"f\" 城市=\"Oslo\"/>",
                "<#invoke name=\"f\"><#parameter name=\"city\" value=\"Oslo\"></#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"city\" value=\"Oslo\"/></#invoke>",
                "<#invoke user_id=\"7\" name=\"f\"/>",
                "<#invoke 城市=\"Oslo\" name=\"f\"/>",
                "<#invoke name=\"f\" city=Oslo/>",
                "<#invoke name=\"f\" city=Oslo></#invoke>",
                // Other tags have been taken out.
                "get_weather<｜tool▁sep｜>{\"city\":\"Oslo\"}",
                "Let me see. get_weather<｜tool▁sep｜>{\"city\":\"Oslo\"}<｜tool▁call▁end｜>",
                "get_weather<tool_sep>{\"city\":\"Oslo\"}",
                "get_weather<|tool_sep|>\n{\"city\":\"Oslo\"}",
                "now<｜tool▁sep｜>{}",
                "function<｜tool▁sep｜>get_weather\n```json\n{\"city\":\"Oslo\"}\n```",
                "function<｜tool▁sep｜>get_weather\n```json\n{\"city\":\"Oslo\"}\n```<｜tool▁call▁end｜>",
                "<｜tool▁calls▁begin｜>get_weather{\"city\":\"Oslo\"}",
                "Sure!<｜tool▁calls▁begin｜>get_weather{\"city\":\"Oslo\"}<｜tool▁calls▁end｜>",
                "<｜tool▁calls▁begin｜>functionget_weather\n```json\n{\"city\":\"Oslo\"}\n```",
                "Sure!<｜tool▁calls▁begin｜>function get_weather\n```json\n{\"city\":\"Oslo\"}\n```<｜tool▁calls▁end｜>",
                "<tool_calls_begin>get_weather\n{\"city\":\"Oslo\"}",
                "Sure!<｜tool▁call▁begin｜>get_weather\n{\"city\":\"Oslo\"}",
                "Sure!<｜tool▁call▁begin｜>function\nget_weather\n```json\n{\"city\":\"Oslo\"}\n```",
                "<tool_call_begin>get_weather{\"city\":\"Oslo\"}<tool_call_end>",
                "get_weather{\"city\":\"Oslo\"}<tool_call_end>",
                "<tool_calls_begin><tool_call_begin>get_weather<tool_sep>{\"city\":\"Os",
                "<｜tool_calls>\n<｜invoke name=\"f\"><｜parameter name=\"x\" string=\"true\">1",
                "<｜tool_calls>\n<｜invoke name=\"f\" x=\"1\"/></｜tool_calls>",
                "<|invoke name=\"f\"><|parameter name=\"x\" string=\"false\">1 2</|parameter></|invoke>",
                "<#invoke name=\"exec\">\n<#invoke name=\"cmd\" string=\"echo alpha\" />\n</#invoke>"
            })
    void should_execute_nothing_that_is_broken(String content) {
        String whole = markup(content);
        for (int cut = 0; cut <= whole.length(); cut += Thorough.times(1, 5)) {
            AssembledAnswer answer = decode(DIALECT, whole.substring(0, cut), whole.substring(cut));

            assertThat(answer.ending().kind()).as("cut at %d", cut).isEqualTo(Kind.BAD_CALL);
            assertThat(answer.toolCalls()).isEmpty();
        }
    }

    /** Each is {@code weather} of Oslo, as a server, a model or somebody on the way has written it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // vllm#51914, vllm#41707, vllm-ascend#13794
                "<#toolcalls>\n<#invoke name=\"weather\">\n<#parameter name=\"city\" string=\"true\">Oslo</#parameter>\n</#invoke>\n</#tool_calls>",
                "<#_tool_calls><#invoke name=\"weather\"><#parameter name=\"city\">Oslo</#parameter></#invoke></#_tool_calls>",
                "<#toolcall><#invoke name=\"weather\"><#parameter name=\"city\">Oslo</#parameter></#invoke></#toolcall>",
                "<#tool_clals><#invoke name=\"weather\"><#parameter name=\"city\">Oslo</#parameter></#invoke></#tool_clals>",
                // V4.1's own, and with more bars
                "<｜DSML｜ calls>\n<｜DSML｜ invoke name=\"weather\">\n<｜DSML｜ parameter name=\"city\" string=\"true\">Oslo</｜DSML｜ parameter>\n</｜DSML｜ invoke>\n</｜DSML｜ calls>",
                "<｜｜DSML｜｜ calls><｜｜DSML｜｜ invoke name=\"weather\"><｜｜DSML｜｜ parameter name=\"city\" string=\"true\">Oslo</｜｜DSML｜｜ parameter></｜｜DSML｜｜ invoke></｜｜DSML｜｜ calls>",
                "｜DSML｜ calls>\n<｜DSML｜ invoke name=\"weather\"><｜DSML｜ parameter name=\"city\">Oslo</｜DSML｜ parameter></｜DSML｜ invoke></｜DSML｜ calls>",
                // cherry-studio#14714, cherry-studio#14747, flocks#687, GenericAgent#804
                "< | DSML | tool_use>\n< | DSML | invoke name=\"weather\">\n< | DSML | parameter name=\"city\" string=\"true\">Oslo</ | DSML | parameter>\n</ | DSML | invoke>\n</ | DSML | tool_use>",
                "<‖DSML‖tool_calls><‖DSML‖invoke name=\"weather\"><‖DSML‖parameter name=\"city\">Oslo</‖DSML‖parameter></‖DSML‖invoke></‖DSML‖tool_calls>",
                "<||DSML||tool_calls><||DSML||invoke name=\"weather\"><||DSML||parameter name=\"city\">Oslo</||DSML||parameter></||DSML||invoke></||DSML||tool_calls>",
                "<|dsml|tool_calls><|dsml|invoke name=\"weather\"><|dsml|parameter name=\"city\">Oslo</|dsml|parameter></|dsml|invoke></|dsml|tool_calls>",
                "<DSML tool_calls><DSML invoke name=\"weather\"><DSML parameter name=\"city\">Oslo</DSML parameter></DSML invoke></DSML tool_calls>",
                // ds2api#389, opencode#24566
                "<|DSML|tool_calls| \n  <|DSML|invoke name=\"weather\"|>\n    <|DSML|parameter name=\"city\"><![CDATA[Oslo]]></|DSML|parameter>\n</|DSML|invoke>\n</|DSML|tool_calls|",
                "<#tool_calls\n<#invoke name=\"weather\"\n<#parameter name=\"city\">Oslo</#parameter\n</#invoke\n</#tool_calls",
                // paper-chat-for-zotero#28
                "<#tool_calls><#invoke name=“weather”><#parameter name=“city” string=“true”>Oslo</#parameter></#invoke></#tool_calls>",
                "<#tool_calls><#invoke name='weather'><#parameter name = 'city' string='true' >Oslo</#parameter></#invoke></#tool_calls>",
                "＜#tool_calls＞＜#invoke name=\"weather\"＞＜#parameter name=\"city\"＞Oslo＜/#parameter＞＜/#invoke＞＜/#tool_calls＞",
                // sglang#40236, vllm#48931: no section, or half of one
                "<#invoke name=\"weather\"><#parameter name=\"city\">Oslo</#parameter></#invoke>",
                "<#invoke name=\"weather\">\n{\"city\":\"Oslo\"}\n</#invoke>\n</#tool_calls>",
                // Without DSML as a special token, but with its bars
                "<｜tool_calls><｜invoke name=\"weather\"><｜parameter name=\"city\" string=\"true\">Oslo</｜parameter></｜invoke></｜tool_calls>",
                "<｜｜function_calls>\n<｜｜invoke name=\"weather\">\n<｜｜parameter name=\"city\">Oslo</｜｜parameter>\n</｜｜invoke>\n</｜｜function_calls>",
                "<|function_calls>\n<|invoke name=\"weather\">\n<|parameter name=\"city\" string=\"true\">Oslo</|parameter>\n</|invoke>\n</|function_calls>",
                "<｜invoke name=\"weather\">{\"city\":\"Oslo\"}</｜invoke>",
                // V3.1 and before
                "<tool_calls_begin><tool_call_begin>weather<tool_sep>{\"city\":\"Oslo\"}<tool_call_end><tool_calls_end>",
                "<tool▁calls▁begin><tool▁call▁begin>weather<tool▁sep>{\"city\":\"Oslo\"}<tool▁call▁end><tool▁calls▁end>",
                "<tool_calls_begin><tool_call_begin>function<tool_sep>weather\n```json\n{\"city\": \"Oslo\"}\n```<tool_call_end><tool_calls_end>",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\": \"Oslo\"}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\": \"Oslo\"}<｜tool▁call▁end｜><｜tool▁calls▁end｜><｜end▁of▁sentence｜>",
                "<｜｜tool▁calls▁begin｜｜><｜｜tool▁call▁begin｜＞weather<｜｜tool▁sep｜＞{\"city\": \"Oslo\"}<｜｜tool▁call▁end｜｜><｜｜tool▁calls▁end｜｜>",
                "<|tool_calls_begin|><|tool_call_begin|>weather<|tool_sep|>{\"city\": \"Oslo\"}<|tool_call_end|><|tool_calls_end|>",
                "<｜tool▁call▁begin｜>weather<｜tool▁sep｜>{\"city\": \"Oslo\"}<｜tool▁call▁end｜>",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>weather\n```json\n{\"city\": \"Oslo\"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>"
            })
    void should_read_a_call_in_each_spelling(String content) {
        String block = markup(content);
        for (String before : List.of(
                "",
                "Let me see.",
                "Let me see.\n\n",
                "```java\nint x;\n```\n",
                "我来查一下：",
                "The 27\" screen. ",
                "it` s ",
                "It's ",
                "the boys'",
                "two `` ticks ",
                "他说“",
                "「",
                "```python\nprint(1)```\n",
                "```python\nprint(1)```")) {
            String whole = before + block;
            int step =
                    before.equals("Let me see.") || before.startsWith("The 27") ? Thorough.times(1, 5) : whole.length();
            for (int cut = 0; cut <= whole.length(); cut += step) {
                AssembledAnswer answer = decode(DIALECT, whole.substring(0, cut), whole.substring(cut));

                assertThat(answer.ending().kind())
                        .as("cut at %d: %s", cut, whole)
                        .isEqualTo(Kind.COMPLETE);
                assertThat(answer.text() == null ? "" : answer.text().strip())
                        .as("cut at %d: %s", cut, whole)
                        .isEqualTo(before.strip());
                assertThat(answer.toolCalls())
                        .extracting(call -> call.name() + " " + call.arguments())
                        .containsExactly("weather {\"city\":\"Oslo\"}");
            }
        }
    }

    @Test
    void should_not_look_for_it_at_deepseek_itself() {
        String content = markup("<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>");

        AssembledAnswer answer = decode(ReasoningDialect.DEEPSEEK, content);

        assertThat(answer.text()).isEqualTo(content);
        assertThat(answer.toolCalls()).isEmpty();
    }
}
