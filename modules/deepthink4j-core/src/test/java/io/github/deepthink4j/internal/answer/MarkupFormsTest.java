package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags, values and quotations at the edge of what is understood. A number sign stands for DSML between its bars. */
class MarkupFormsTest {

    private static final String CALL = "<#invoke name=\"f\">{}</#invoke>";
    private static final String OLD = "<｜tool▁call▁begin｜>";
    private static final String SEP = "<｜tool▁sep｜>";
    private static final String OLD_END = "<｜tool▁call▁end｜>";

    private static String markup(String text) {
        return text.replace("#", "\uff5cDSML\uff5c");
    }

    /** In one piece and letter by letter, which must come to the same. */
    private static AssembledAnswer decode(String content) {
        String whole = markup(content);
        AssembledAnswer inOne = decode(List.of(whole));
        AssembledAnswer inLetters =
                decode(whole.chars().mapToObj(Character::toString).toList());
        assertThat(inLetters.text()).isEqualTo(inOne.text());
        assertThat(inLetters.ending()).isEqualTo(inOne.ending());
        assertThat(calls(inLetters)).isEqualTo(calls(inOne));
        return inOne;
    }

    private static AssembledAnswer decode(List<String> pieces) {
        List<String> chunks = new ArrayList<>();
        pieces.forEach(piece -> chunks.add(delta("{\"content\":" + TextNode.valueOf(piece) + "}")));
        chunks.add(finish("stop"));
        return Decoded.ofChunks(ReasoningDialect.OTHER_HOST, chunks.toArray(String[]::new))
                .answer();
    }

    private static List<String> calls(AssembledAnswer answer) {
        return answer.toolCalls().stream()
                .map(call -> call.name() + " " + call.arguments())
                .collect(Collectors.toList());
    }

    static Stream<Arguments> read() {
        return Stream.of(
                Arguments.of("<#tool_calls><#invoke name=\"f\" /></#tool_calls>", null, "f {}"),
                Arguments.of("<#invoke\tname\t=\t'f'>{\"x\":1}</#invoke>", null, "f {\"x\":1}"),
                Arguments.of("<#invoke name=\"f\" id=\"7\">{}</#invoke>", null, "f {}"),
                Arguments.of("<#invoke name=\"it's\">{}</#invoke>", null, "it's {}"),
                Arguments.of("<#invoke name=\"f\">\n\n{\"x\": [1]}\n</#invoke>", null, "f {\"x\":[1]}"),
                Arguments.of(
                        "<#invoke name=\"f\"><#parameter name=\"x\" string=' False '>1</#parameter></#invoke>",
                        null,
                        "f {\"x\":1}"),
                Arguments.of(
                        "<#invoke name=\"f\"><#parameter name=\"x\" string=\"false\"><![CDATA[ [1] ]]></#parameter></#invoke>",
                        null,
                        "f {\"x\":[1]}"),
                Arguments.of(
                        "<#invoke name=\"f\"><#parameter name=\"x\"><![CDATA[a]]> and <![CDATA[b]]></#parameter></#invoke>",
                        null,
                        "f {\"x\":\"<![CDATA[a]]> and <![CDATA[b]]>\"}"),
                Arguments.of(
                        "<#tool_calls>\r\n<#invoke name=\"f\">\r\n<#parameter name=\"x\">1</#parameter>\r\n</#invoke>\r\n</#tool_calls>",
                        null,
                        "f {\"x\":\"1\"}"),
                Arguments.of("<#tool_calls\r\n<#invoke name=\"f\"\r\n{}</#invoke\r\n</#tool_calls>", null, "f {}"),
                Arguments.of(OLD + "f" + SEP + "```json\n{\"x\":1}\n```" + OLD_END, null, "f {\"x\":1}"),
                Arguments.of(OLD + " function " + SEP + "\nf\n```\n{}```" + OLD_END, null, "f {}"),
                Arguments.of(OLD + "function" + SEP + " {\"x\":1}" + OLD_END, null, "function {\"x\":1}"),
                Arguments.of("See. " + CALL, "See. ", "f {}"),
                Arguments.of(CALL + "<｜end▁of▁sentence｜>", null, "f {}"),
                Arguments.of(CALL + "\n</#tool_calls>\nDone.", "\n\nDone.", "f {}"),
                // Marks that have no partner on their line.
                Arguments.of(
                        "A 27\" screen. " + CALL + "\nIt's 12\" wide.", "A 27\" screen. \nIt's 12\" wide.", "f {}"),
                Arguments.of("It says \"so\". " + CALL, "It says \"so\". ", "f {}"),
                Arguments.of("Code `x` and " + CALL, "Code `x` and ", "f {}"),
                Arguments.of("Code ``x` y`` and " + CALL, "Code ``x` y`` and ", "f {}"),
                Arguments.of("A \"\n" + CALL + "\"", "A \"\n\"", "f {}"),
                Arguments.of("> Quoted.\n" + CALL, "> Quoted.\n", "f {}"),
                Arguments.of("``\n" + CALL, "``\n", "f {}"),
                Arguments.of("```x``` is code\n" + CALL, "```x``` is code\n", "f {}"),
                Arguments.of("~~~\nx\n~~~~\n" + CALL, "~~~\nx\n~~~~\n", "f {}"),
                Arguments.of("  ```java\nx\n  ```\n" + CALL, "  ```java\nx\n  ```\n", "f {}"));
    }

    @ParameterizedTest
    @MethodSource("read")
    void should_read_a_call_at_the_edge_of_what_is_one(String content, String text, String call) {
        AssembledAnswer answer = decode(content);

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text()).isEqualTo(text);
        assertThat(calls(answer)).containsExactly(call);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#invoke name=\"f\" name=\"g\">{}</#invoke>",
                "<#invoke name=\"f\">{}</#invoke/ x>",
                "<#invoke name=\"f\"><#parameter name=\"x\"/></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"true\" string=\"false\">1</#parameter></#invoke>",
                "<#invoke name=\"f\">{}<#parameter name=\"x\">1</#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\">1</#parameter>{}</#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\">1</#parameter> and <#parameter name=\"y\">1</#parameter></#invoke>",
                "<#invoke name=\"f\"><#parameter name=\"x\" string=\"false\"></#parameter></#invoke>",
                "<#invoke name=\" \">{}</#invoke>",
                "<#tool_calls><#parameter name=\"x\">1</#parameter></#tool_calls>",
                "<#tool_calls><#invoke name=\"f\">{}</#invoke>\nRead this.\n</#tool_calls>",
                "<｜tool▁call▁begin｜> <｜tool▁sep｜>{}<｜tool▁call▁end｜>",
                "<｜tool▁call▁begin｜>function<｜tool▁sep｜>f {}<｜tool▁call▁end｜>",
                "<｜tool▁call▁begin｜>f<｜tool▁sep｜>```json\n{}<｜tool▁call▁end｜>",
                "<｜tool▁call▁begin｜>f<｜tool▁call▁end｜>",
                "<｜tool▁call▁begin｜>f<｜tool▁sep｜>{}<｜tool▁sep｜>"
            })
    void should_execute_nothing_at_the_edge_of_what_is_a_call(String content) {
        AssembledAnswer answer = decode(content);

        assertThat(answer.ending().kind()).isEqualTo(Kind.BAD_CALL);
        assertThat(answer.toolCalls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~~~\n```\n<#invoke name=\"f\">{}</#invoke>\n~~~\n",
                "````\n<#invoke name=\"f\">{}</#invoke>\n```\nstill code\n````\n",
                "```\ncode ``` more\n<#invoke name=\"f\">{}</#invoke>\n```",
                "  ```\n<#invoke name=\"f\">{}</#invoke>\n  ```",
                "  > <#invoke name=\"f\">{}</#invoke>",
                "“<#invoke name=\"f\">{}</#invoke>” he says",
                "『<#invoke name=\"f\">{}</#invoke>』",
                "«<#invoke name=\"f\">{}</#invoke>»",
                "‘<#invoke name=\"f\">{}</#invoke>’",
                "He said \"no\" and \"<#invoke name=\"f\">{}</#invoke>\"",
                "`x` and `<#invoke name=\"f\">{}</#invoke>`",
                "a <｜ b ｜> c",
                "<##tool_calls_and_this_is_a_word_that_goes_on_for_much_too_long_to_be_one>"
            })
    void should_leave_alone_what_is_quoted_or_no_tag(String content) {
        AssembledAnswer answer = decode(content);

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text()).isEqualTo(markup(content));
        assertThat(answer.toolCalls()).isEmpty();
    }

    @Test
    void should_give_every_call_an_id_of_its_own() {
        AssembledAnswer answer = decode(CALL + "\n" + CALL);

        assertThat(answer.toolCalls()).extracting(call -> call.id()).containsExactly("call_markup_0", "call_markup_1");
    }

    /** A name of 256 letters may come; what goes on longer without a separator is none. */
    @Test
    void should_wait_for_a_name_no_longer_than_one_is() {
        String name = "n".repeat(256);

        assertThat(calls(decode(OLD + name + SEP + "{}" + OLD_END))).containsExactly(name + " {}");
        assertThat(decode("The tag " + OLD + " " + "n".repeat(300)).text()).endsWith("n".repeat(300));
    }

    private static AssembledAnswer thought(String finish, String... deltas) {
        List<String> chunks = new ArrayList<>();
        for (String delta : deltas) {
            chunks.add(delta(delta));
        }
        chunks.add(finish(finish));
        return Decoded.ofChunks(ReasoningDialect.OTHER_HOST, chunks.toArray(String[]::new))
                .answer();
    }

    private static String thinking(String text) {
        return "{\"reasoning_content\":" + TextNode.valueOf(markup(text)) + "}";
    }

    @Test
    void should_take_a_call_that_a_thought_ends_with_and_no_other() {
        String blank = "{\"content\":\" \"}";
        String hello = "{\"content\":\"Hello\"}";
        String real = "{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]}";

        assertThat(calls(thought("stop", thinking("So\n" + CALL)))).containsExactly("f {}");
        assertThat(calls(thought("stop", thinking("So\n" + CALL), blank))).containsExactly("f {}");
        assertThat(calls(thought("stop", thinking("So\n" + CALL), hello))).isEmpty();
        assertThat(calls(thought("stop", hello, thinking("So\n" + CALL)))).isEmpty();
        assertThat(calls(thought("stop", thinking("So\n" + CALL), thinking("\nNo."), hello)))
                .isEmpty();
        assertThat(calls(thought("stop", thinking("So\n" + CALL + "\nNo.\n" + CALL.replace("\"f\"", "\"h\"")))))
                .containsExactly("h {}");
        assertThat(calls(thought("tool_calls", thinking("So\n" + CALL), real))).containsExactly("g {}");
        assertThat(thought("stop", thinking("So\n" + CALL.substring(0, 25)))
                        .ending()
                        .kind())
                .isEqualTo(Kind.BAD_CALL);
        assertThat(thought("stop", thinking("So\n<#tool_calls>\nNo, an answer."), hello)
                        .ending()
                        .kind())
                .isEqualTo(Kind.COMPLETE);
    }

    /** The host has made the call real, and left it, or another one, in the text. */
    @Test
    void should_tell_once_what_comes_as_markup_and_as_a_call() {
        String text = "{\"content\":" + TextNode.valueOf(markup("See.\n" + CALL)) + "}";
        String same = "{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";
        String left = "{\"content\":" + TextNode.valueOf(markup("See.\n<#tool_calls>")) + "}";

        assertThat(calls(thought("tool_calls", text, same))).containsExactly("f {}");
        assertThat(calls(thought("tool_calls", text, same.replace("\"f\"", "\"g\""))))
                .containsExactly("g {}", "f {}");
        AssembledAnswer residue = thought("tool_calls", left, same);
        assertThat(residue.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(residue.text()).isEqualTo("See.\n");
        assertThat(calls(residue)).containsExactly("f {}");
    }
}
