package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.thorough.Thorough;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers with tool-call markup come to: with real calls beside it, in thoughts, cut off, very long. */
class MarkupAnswerTest {

    private static final ReasoningDialect DIALECT = ReasoningDialect.OTHER_HOST;

    private static final String BLOCK = markup(
            "<#tool_calls><#invoke name=\"weather\"><#parameter name=\"city\">Oslo</#parameter></#invoke></#tool_calls>");

    private static final String REAL_CALL =
            "{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\": \\\"Oslo\\\"}\"}}]}";

    private static String markup(String text) {
        return text.replace("#", "\uff5cDSML\uff5c");
    }

    private static String field(String name, String value) {
        return "{\"" + name + "\":" + TextNode.valueOf(value) + "}";
    }

    private static AssembledAnswer streamed(String finish, String... deltas) {
        List<String> chunks = new ArrayList<>();
        for (String delta : deltas) {
            chunks.add(delta(delta));
        }
        chunks.add(finish(finish));
        return Decoded.ofChunks(DIALECT, chunks.toArray(String[]::new)).answer();
    }

    private static AssembledAnswer whole(String finish, String message) {
        String body = "{\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"" + finish + "\"}]}";
        return Decoded.of(DIALECT, List.of(body.getBytes(StandardCharsets.UTF_8)))
                .answer();
    }

    private static List<String> calls(AssembledAnswer answer) {
        return answer.toolCalls().stream()
                .map(call -> call.name() + " " + call.arguments())
                .collect(Collectors.toList());
    }

    /** A limit may cut anywhere, up to the last letters of the last tag, behind which nothing can be missing. */
    @Test
    void should_be_a_matter_of_the_budget_where_length_cuts_a_call() {
        String text = "Let me see.\n\n" + BLOCK;
        int unmistakable = text.indexOf("DSML") + "DSML".length();
        for (int cut = unmistakable; cut < text.length() - 2; cut++) {
            for (AssembledAnswer answer : List.of(
                    streamed("length", field("content", text.substring(0, cut))),
                    whole("length", field("content", text.substring(0, cut))))) {
                assertThat(answer.ending().kind()).as("cut at %d", cut).isEqualTo(Kind.BUDGET_EATEN);
                assertThat(answer.toolCalls()).isEmpty();
                assertThat(answer.text()).doesNotContain("DSML");
            }
        }
        assertThat(streamed("length", field("content", text)).ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_be_a_cut_stream_without_a_finish_reason() {
        for (int cut = 1; cut <= BLOCK.length(); cut++) {
            AssembledAnswer answer = Decoded.ofChunks(DIALECT, delta(field("content", BLOCK.substring(0, cut))))
                    .answer();

            assertThat(answer.ending().kind()).as("cut at %d", cut).isEqualTo(Kind.CUT);
            assertThat(answer.toolCalls()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"content_filter, REFUSED", "insufficient_system_resource, OVERLOADED", "aborted, ABORTED"})
    void should_say_first_what_the_server_says(String finish, Kind kind) {
        AssembledAnswer answer = streamed(finish, field("content", BLOCK.substring(0, 40)));

        assertThat(answer.ending().kind()).isEqualTo(kind);
        assertThat(answer.toolCalls()).isEmpty();
    }

    /** stdapi.ai#182, pi#3712: the host makes the call real and forgets the tag that came before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<#function_calls",
                "<#tool_calls>",
                "<#tool_calls>\n",
                "</#tool_calls>",
                "</#invoke>\n</#tool_calls>",
                "<#tool_calls></#tool_calls>"
            })
    void should_leave_out_what_is_left_of_a_call_that_came(String left) {
        String text = "Let me list the files.\n\n" + markup(left);
        String both = "{\"content\":" + TextNode.valueOf(text) + "," + REAL_CALL.substring(1);
        boolean closesOnItself = left.equals("<#tool_calls></#tool_calls>");

        for (AssembledAnswer answer : List.of(
                streamed("tool_calls", field("content", text), REAL_CALL),
                streamed("tool_calls", REAL_CALL, field("content", text)),
                whole("tool_calls", both))) {
            if (closesOnItself) {
                assertThat(answer.ending().kind()).isEqualTo(Kind.BAD_CALL);
            } else {
                assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
                assertThat(answer.text()).isEqualTo("Let me list the files.\n\n");
                assertThat(calls(answer)).containsExactly("weather {\"city\": \"Oslo\"}");
            }
        }
    }

    @Test
    void should_not_double_a_call_that_the_host_has_made_real() {
        String other = BLOCK.replace("Oslo", "Rome");

        assertThat(calls(streamed("tool_calls", field("content", BLOCK), REAL_CALL)))
                .containsExactly("weather {\"city\": \"Oslo\"}");
        assertThat(calls(streamed("tool_calls", REAL_CALL, field("content", BLOCK))))
                .containsExactly("weather {\"city\": \"Oslo\"}");
        assertThat(calls(streamed("tool_calls", field("content", other), REAL_CALL)))
                .containsExactly("weather {\"city\": \"Oslo\"}", "weather {\"city\":\"Rome\"}");
    }

    @Test
    void should_keep_calls_in_order_with_the_text_between_them() {
        String text = "One." + BLOCK + "Two.\n" + BLOCK.replace("Oslo", "Rome") + "\nThree.";

        for (AssembledAnswer answer :
                List.of(streamed("stop", field("content", text)), whole("stop", field("content", text)))) {
            assertThat(answer.text()).isEqualTo("One.Two.\n\nThree.");
            assertThat(calls(answer)).containsExactly("weather {\"city\":\"Oslo\"}", "weather {\"city\":\"Rome\"}");
        }
    }

    /** A value is what stands there: other tags, the other form's too, code, JSON of any depth, figures of any length. */
    @Test
    void should_keep_values_as_they_are() {
        String text = markup("<#tool_calls>\n<#invoke name=\"write\">\n"
                + "<#parameter name=\"text\" string=\"true\">  <b>1 < 2</b> && a <| b \"q\" \\ <｜tool▁calls▁begin｜>\n\n</parameter>\n</#parameter>\n"
                + "<#parameter name=\"data\" string=\"false\"> {\"a\": [1, {\"b\": null}], \"c\": 1234567890123456789012.50} </#parameter>\n"
                + "</#invoke>\n</#tool_calls>");

        assertThat(calls(streamed("stop", field("content", text))))
                .containsExactly(
                        "write {\"text\":\"  <b>1 < 2</b> && a <| b \\\"q\\\" \\\\ <｜tool▁calls▁begin｜>\\n\\n</parameter>\\n\","
                                + "\"data\":{\"a\":[1,{\"b\":null}],\"c\":1234567890123456789012.50}}");
    }

    /** cherry-studio#19312: the model calls its tools without closing its thought first. */
    @ParameterizedTest
    @ValueSource(strings = {"reasoning_content", "reasoning"})
    void should_take_calls_at_the_end_of_a_thought_if_nothing_else_comes(String name) {
        String thought = "I need the weather.\n\n" + BLOCK + "\n";

        for (AssembledAnswer answer :
                List.of(streamed("stop", field(name, thought)), whole("stop", field(name, thought)))) {
            assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
            assertThat(answer.thinking()).isEqualTo(thought);
            assertThat(calls(answer)).containsExactly("weather {\"city\":\"Oslo\"}");
        }
        assertThat(calls(streamed("stop", field("content", "<think>" + thought))))
                .containsExactly("weather {\"city\":\"Oslo\"}");
    }

    @Test
    void should_not_take_calls_that_were_only_thought_of() {
        String thought = field("reasoning_content", "Perhaps\n" + BLOCK);
        String more = field("reasoning_content", "\nNo, better not.");

        AssembledAnswer answered = streamed("stop", thought, field("content", "Hello"));
        assertThat(answered.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answered.text()).isEqualTo("Hello");
        assertThat(answered.toolCalls()).isEmpty();

        AssembledAnswer goesOn = streamed("stop", thought, more);
        assertThat(goesOn.ending().kind()).isEqualTo(Kind.EMPTY);
        assertThat(goesOn.toolCalls()).isEmpty();

        assertThat(calls(streamed("tool_calls", thought, REAL_CALL.replace("Oslo", "Rome"))))
                .containsExactly("weather {\"city\": \"Rome\"}");
    }

    @Test
    void should_not_take_half_a_call_from_a_thought() {
        for (int cut = BLOCK.indexOf("DSML") + 5; cut < BLOCK.length() - 2; cut++) {
            String thought = field("reasoning_content", "So\n" + BLOCK.substring(0, cut));

            assertThat(streamed("stop", thought).ending().kind()).isEqualTo(Kind.BAD_CALL);
            assertThat(streamed("length", thought).ending().kind()).isEqualTo(Kind.BUDGET_EATEN);
        }
    }

    @Test
    void should_never_show_a_part_of_a_tag() {
        String text = "See.\n" + BLOCK + "\nAnd <b> 1 < 2.\n" + BLOCK.replace("Oslo", "Rome");
        List<String> chunks = new ArrayList<>();
        text.chars().forEach(c -> chunks.add(delta(field("content", Character.toString(c)))));
        chunks.add(finish("stop"));

        Decoded decoded = Decoded.ofChunks(DIALECT, chunks.toArray(String[]::new));

        assertThat(decoded.events().stream()
                        .filter(event -> event.startsWith("text "))
                        .map(event -> event.substring("text ".length()))
                        .collect(Collectors.joining()))
                .isEqualTo("See.\n\nAnd <b> 1 < 2.\n");
        assertThat(decoded.events())
                .filteredOn(event -> event.startsWith("call "))
                .hasSize(2);
    }

    /** Twice the text is twice the work, however it is cut. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "one line ",
                "a < b ",
                "<",
                "<#",
                "<#tool_calls>",
                "<#invoke name=\"f\">",
                "<#invoke name=\"f\"><#parameter name=\"x\">",
                "</#tool_calls>\n",
                "<#tool",
                "<#invoke name=\"",
                "<｜tool▁calls▁begin｜>",
                "<｜tool▁call▁begin｜>f",
                "` \" '",
                "<function_calls>\n",
                "<invoke name=\"f\">\n",
                "<tool_call>\n{",
                "<tool_sep>f\n",
                "<| "
            })
    void should_look_at_each_character_once_or_twice(String shred) {
        for (int length : List.of(10_000, Thorough.times(100_000, 30_000))) {
            String text = markup(shred).repeat(length / markup(shred).length());
            for (int size : List.of(1, -1, 7, -7, text.length(), -text.length())) {
                looksAtEachOnceOrTwice(text, Math.abs(size), new MarkupScanner(size < 0));
            }
        }
    }

    private static void looksAtEachOnceOrTwice(String text, int size, MarkupScanner scanner) {
        for (int start = 0; start < text.length(); start += size) {
            scanner.add(text.substring(start, Math.min(text.length(), start + size)));
            while (scanner.next() != null) {
                // Only the work counts.
            }
        }
        assertThat(scanner.looks()).as("pieces of %d", size).isLessThanOrEqualTo(2L * text.length());
    }

    /** A megabyte in one line, whole and in small pieces; whatever grows with its square takes hours. */
    @ParameterizedTest
    @ValueSource(ints = {10, 1_100_000})
    @Timeout(240)
    void should_read_a_megabyte_in_one_line(int size) {
        String value = "a < b <| c ".repeat(Thorough.times(100_000, size < 100 ? 5_000 : 20_000));
        String opening = markup("<#invoke name=\"write\"><#parameter name=\"text\">");
        String call = opening + value + markup("</#parameter></#invoke>");

        AssembledAnswer text = streamed("stop", inPieces(value, size));
        AssembledAnswer whole = streamed("stop", inPieces(call, size));
        AssembledAnswer cut = streamed("length", inPieces(opening + value, size));
        String bare = call.replace("\uff5cDSML\uff5c", "").replace("name=\"text\"", "name=\"text\" string=\"true\"");
        AssembledAnswer whoseDsmlIsLost = streamed("stop", inPieces(bare, size));
        AssembledAnswer example = streamed("stop", inPieces(bare + "\nSo.", size));
        AssembledAnswer blank = streamed("stop", inPieces(opening + " ".repeat(1_000_000), size));

        assertThat(text.text()).isEqualTo(value);
        assertThat(calls(whole)).containsExactly("write " + "{\"text\":\"" + value + "\"}");
        assertThat(cut.ending().kind()).isEqualTo(Kind.BUDGET_EATEN);
        assertThat(calls(whoseDsmlIsLost)).isEqualTo(calls(whole));
        assertThat(example.text()).isEqualTo(bare + "\nSo.");
        assertThat(blank.ending().kind()).isEqualTo(Kind.BAD_CALL);
    }

    @Test
    @Timeout(240)
    void should_read_many_calls_and_parameters() {
        StringBuilder text = new StringBuilder(markup("<#tool_calls>"));
        for (int i = 0; i < 5_000; i++) {
            text.append(markup("<#invoke name=\"f\"><#parameter name=\"x\">" + i + "</#parameter></#invoke>"));
        }
        text.append(markup("<#invoke name=\"g\">"));
        for (int i = 0; i < 5_000; i++) {
            text.append(markup("<#parameter name=\"p" + i + "\" string=\"false\">" + i + "</#parameter>"));
        }
        text.append(markup("</#invoke></#tool_calls>"));

        AssembledAnswer answer = streamed("stop", inPieces(text.toString(), 10));

        assertThat(answer.toolCalls()).hasSize(5_001);
        assertThat(answer.toolCalls().get(4_999).arguments()).isEqualTo("{\"x\":\"4999\"}");
        assertThat(answer.toolCalls().get(5_000).arguments()).endsWith("\"p4999\":4999}");
    }

    private static String[] inPieces(String text, int size) {
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < text.length(); start += size) {
            pieces.add(field("content", text.substring(start, Math.min(text.length(), start + size))));
        }
        return pieces.toArray(String[]::new);
    }
}
