package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
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
        for (int cut = 0; cut <= whole.length(); cut++) {
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
                "<#tool_c"
            })
    void should_leave_text_alone_that_mentions_it(String content) {
        String whole = markup(content);
        for (int cut = 0; cut <= whole.length(); cut++) {
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
                "<#tool_calls><#invoke name=\"f\"></#invoke>"
            })
    void should_execute_nothing_that_is_broken(String content) {
        AssembledAnswer answer = decode(DIALECT, markup(content));

        assertThat(answer.ending().kind()).isEqualTo(Kind.BAD_CALL);
        assertThat(answer.toolCalls()).isEmpty();
    }

    @Test
    void should_not_look_for_it_at_deepseek_itself() {
        String content = markup("<#tool_calls><#invoke name=\"f\"></#invoke></#tool_calls>");

        AssembledAnswer answer = decode(ReasoningDialect.DEEPSEEK, content);

        assertThat(answer.text()).isEqualTo(content);
        assertThat(answer.toolCalls()).isEmpty();
    }
}
