package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ReasoningDialect.InlineReasoning;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of docs/protocol.md, section 9, each cut at every place. */
class InlineReasoningTest {

    private static final InlineReasoning TAGS = InlineReasoning.TAGS;
    private static final InlineReasoning STARTS = InlineReasoning.STARTS_IN_REASONING;

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("plain answer", TAGS, "Just 1 < 2.", null, "Just 1 < 2."),
                Arguments.of("both tags", TAGS, "<think>So</think>Yes", "So", "Yes"),
                Arguments.of("opening tag missing", STARTS, "So</think>Yes", "So", "Yes"),
                Arguments.of("opening tag not missing after all", STARTS, "<think>So</think>Yes", "So", "Yes"),
                Arguments.of("opening tag missing, not said so", TAGS, "So</think>Yes", null, "So</think>Yes"),
                Arguments.of("empty block", TAGS, "<think>\n\n</think>\n\nYes", "\n\n", "Yes"),
                Arguments.of("nothing in the block", TAGS, "<think></think>Yes", null, "Yes"),
                Arguments.of("white space before the tag", TAGS, " \n\u00a0<think>So</think>Yes", "So", "Yes"),
                Arguments.of("white space after the tag", TAGS, "<think>So</think> \n\n Yes\n", "So", "Yes\n"),
                Arguments.of("letter case", TAGS, "<THINK>So</Think>Yes", "So", "Yes"),
                Arguments.of("never closed", TAGS, "<think>So and so", "So and so", null),
                Arguments.of("never closed, a tag begun", TAGS, "<think>So </thi", "So </thi", null),
                Arguments.of("nested", TAGS, "<think>a<think>b</think>c</think>Yes", "a<think>b</think>c", "Yes"),
                Arguments.of("stray closing tag", TAGS, "\u00a0</think>\nYes", null, "Yes"),
                Arguments.of(
                        "tag quoted in the thought",
                        TAGS,
                        "<think>The tag `</think>` ends it.</think>Yes",
                        "The tag `</think>` ends it.",
                        "Yes"),
                Arguments.of("quoted on one side only", TAGS, "<think>\"</think><", "\"", "<"),
                Arguments.of(
                        "tags in code after the answer began",
                        TAGS,
                        "Write:\n```\n<think>x</think>\n```",
                        null,
                        "Write:\n```\n<think>x</think>\n```"),
                Arguments.of(
                        "tags in the answer after a thought",
                        TAGS,
                        "<think>So</think>Use <think>x</think>",
                        "So",
                        "Use <think>x</think>"),
                Arguments.of("the beginning of a tag that is none", TAGS, "<thin air>", null, "<thin air>"),
                Arguments.of("a less-than at the end", TAGS, "1 <", null, "1 <"),
                Arguments.of("neither tag", STARTS, "All of it", "All of it", null),
                Arguments.of("white space before the answer", TAGS, " \n Yes", null, " \n Yes"),
                Arguments.of("white space before a tag that is none", TAGS, " <thin", null, " <thin"),
                Arguments.of("white space before a thought without its tag", STARTS, " So</think>Yes", " So", "Yes"),
                Arguments.of("a tag begun, and no thought before it", STARTS, " </thi", " </thi", null),
                Arguments.of("stray closing tag where a thought is due", STARTS, "</think>Yes", null, "Yes"),
                Arguments.of("nothing after the thought", TAGS, "<think>So</think> \n", "So", null),
                Arguments.of(
                        "quoted in each way",
                        TAGS,
                        "<think>'</think>' and \"<think>\"</think>Yes",
                        "'</think>' and \"<think>\"",
                        "Yes"),
                Arguments.of("quoted by other marks", TAGS, "<think>`</think>'Yes", "`", "'Yes"),
                Arguments.of("a quote, the end, and no more", TAGS, "<think>It is 'so'</think>", "It is 'so'", null),
                Arguments.of(
                        "a quote, the end, and the answer", TAGS, "<think>It is 'so'</think>Yes", "It is 'so'", "Yes"),
                Arguments.of("a quote and the end twice", TAGS, "<think>'</think></think>Yes", "'", "</think>Yes"),
                Arguments.of(
                        "nested behind a quote",
                        TAGS,
                        "<think>'<think>b</think>c</think>Yes",
                        "'<think>b</think>c",
                        "Yes"),
                Arguments.of(
                        "nested, then quoted",
                        TAGS,
                        "<think>a<think>'</think>'</think>b</think>Yes",
                        "a<think>'</think>'</think>b",
                        "Yes"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void should_split_wherever_it_is_cut(
            String name, InlineReasoning way, String content, String thinking, String text) {
        ReasoningDialect dialect = ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                .inlineReasoning(way)
                .build();
        for (int first = 0; first <= content.length(); first++) {
            for (int second = first; second <= content.length(); second++) {
                List<String> chunks = new ArrayList<>();
                chunks.add(piece(content.substring(0, first)));
                chunks.add(piece(content.substring(first, second)));
                chunks.add(piece(content.substring(second)));
                chunks.add(finish("stop"));
                AssembledAnswer answer =
                        Decoded.ofChunks(dialect, chunks.toArray(String[]::new)).answer();
                assertThat(answer.thinking()).as("%d %d", first, second).isEqualTo(thinking);
                assertThat(answer.text()).as("%d %d", first, second).isEqualTo(text);
                assertThat(answer.ending().kind()).isEqualTo(text == null ? Kind.EMPTY : Kind.COMPLETE);
            }
        }
    }

    @Test
    void should_not_call_a_thought_and_a_tool_call_empty() {
        ReasoningDialect dialect = ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                .inlineReasoning(TAGS)
                .build();

        AssembledAnswer answer = Decoded.ofChunks(
                        dialect,
                        piece("<think>So</think>\n\n"),
                        delta("{\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}"),
                        finish("tool_calls"))
                .answer();

        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text()).isNull();
        assertThat(answer.toolCalls()).hasSize(1);
    }

    @Test
    void should_leave_the_text_alone_where_the_host_has_a_field_for_reasoning() {
        ReasoningDialect dialect = ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                .inlineReasoning(TAGS)
                .build();

        AssembledAnswer answer = Decoded.ofChunks(
                        dialect,
                        delta("{\"reasoning_content\":\"So\"}"),
                        piece("<think> is a tag, </think> is another"),
                        finish("stop"))
                .answer();

        assertThat(answer.thinking()).isEqualTo("So");
        assertThat(answer.text()).isEqualTo("<think> is a tag, </think> is another");
    }

    @Test
    void should_give_back_the_white_space_it_held_where_the_host_has_a_field_for_reasoning() {
        ReasoningDialect dialect = ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                .inlineReasoning(TAGS)
                .build();

        AssembledAnswer answer = Decoded.ofChunks(
                        dialect,
                        piece(" <thi"),
                        delta("{\"reasoning_content\":\"So\"}"),
                        piece("nk>Yes"),
                        finish("stop"))
                .answer();

        assertThat(answer.thinking()).isEqualTo("So");
        assertThat(answer.text()).isEqualTo(" <think>Yes");
    }

    @Test
    void should_not_take_an_empty_field_for_a_host_that_has_one() {
        ReasoningDialect dialect = ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                .inlineReasoning(TAGS)
                .build();

        AssembledAnswer answer = Decoded.ofChunks(
                        dialect, delta("{\"reasoning_content\":\"\"}"), piece("<think>So</think>Yes"), finish("stop"))
                .answer();

        assertThat(answer.thinking()).isEqualTo("So");
        assertThat(answer.text()).isEqualTo("Yes");
    }

    private static String piece(String content) {
        return delta("{\"content\":" + TextNode.valueOf(content) + "}");
    }
}
