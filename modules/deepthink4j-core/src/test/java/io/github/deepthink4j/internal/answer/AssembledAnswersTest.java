package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pieces come to together: what is said once, again, in lists, in halves; and what an ending makes of it. */
class AssembledAnswersTest {

    private static final String RAIN = delta("{\"content\":\"Rain \"}");
    private static final String CALL = call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{}\"");

    private static String call(String fields, String function) {
        return delta("{\"tool_calls\":[{" + fields + ",\"function\":{" + function + "}}]}");
    }

    private static String message(String fields, String finish) {
        return "{\"choices\":[{\"index\":0,\"message\":{" + fields + "},\"finish_reason\":\"" + finish + "\"}]}";
    }

    private static String chunk(String fields) {
        return "{\"choices\":[{\"index\":0,\"delta\":{}" + fields + "}]}";
    }

    /** Azure's first chunk has no id, and its filter's own chunks no model either. */
    @Test
    void should_keep_what_an_early_chunk_says_of_the_answer() {
        AssembledAnswer answer = ofChunks(
                        "{\"id\":\"\",\"created\":7,\"model\":\"m\",\"system_fingerprint\":\"fp\",\"choices\":[]}",
                        "{\"id\":\"1\",\"model\":\"\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Yes\"}}]}",
                        finish("stop"))
                .answer();

        assertThat(answer.id()).isEqualTo("1");
        assertThat(answer.created()).isEqualTo(7);
        assertThat(answer.model()).isEqualTo("m");
        assertThat(answer.systemFingerprint()).isEqualTo("fp");
    }

    @Test
    void should_name_the_field_that_has_brought_the_thought() {
        String empty = delta("{\"reasoning\":\"\"}");
        String own = delta("{\"reasoning_content\":\"So\"}");
        String other = delta("{\"reasoning\":\" it is\"}");

        assertThat(ofChunks(empty, own, RAIN, finish("stop")).answer().reasoningField())
                .isEqualTo("reasoning_content");
        AssembledAnswer both = ofChunks(own, other, RAIN, finish("stop")).answer();
        assertThat(both.reasoningField()).isEqualTo("reasoning_content");
        assertThat(both.thinking()).isEqualTo("So it is");
    }

    @Test
    void should_take_the_last_figures_that_are_any() {
        AssembledAnswer answer = ofChunks(
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}",
                        RAIN,
                        "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":4}}",
                        "{\"choices\":[],\"usage\":{}}",
                        finish("stop"))
                .answer();

        assertThat(answer.usage()).isEqualTo(new UsageFigures(5, 4, null, null, null, null));
    }

    @Test
    void should_put_the_lists_of_logprobs_together() {
        AssembledAnswer answer = ofChunks(
                        RAIN,
                        chunk(",\"logprobs\":{\"content\":[{\"token\":\"Rain\"}],\"refusal\":null}"),
                        chunk(",\"logprobs\":{\"content\":[{\"token\":\" \"}],\"refusal\":null,\"of\":\"m\"}"),
                        chunk(",\"logprobs\":{\"content\":null,\"refusal\":[{\"token\":\"No\"}]}"),
                        finish("stop"))
                .answer();

        assertThat(answer.logprobs())
                .hasToString("{\"content\":[{\"token\":\"Rain\"},{\"token\":\" \"}],"
                        + "\"refusal\":[{\"token\":\"No\"}],\"of\":\"m\"}");
    }

    @Test
    void should_learn_the_thought_from_the_whole_message_where_no_piece_had_one() {
        Decoded decoded = ofChunks(RAIN, message("\"content\":\"Rain \",\"reasoning\":\"Look\"", "stop"));

        assertThat(decoded.events()).containsExactly("text Rain ", "thinking Look");
        assertThat(decoded.answer().reasoningField()).isEqualTo("reasoning");
    }

    @Test
    void should_go_on_with_a_thought_under_the_name_it_began_with() {
        Decoded decoded = ofChunks(
                delta("{\"reasoning_content\":\"Look \"}"),
                message("\"content\":\"Rain\",\"reasoning\":\"Look out\"", "stop"));

        assertThat(decoded.events()).containsExactly("thinking Look ", "thinking out", "text Rain");
        assertThat(decoded.answer().reasoningField()).isEqualTo("reasoning_content");
    }

    @Test
    void should_keep_white_space_before_a_text_that_was_not_streamed_and_pass_over_it_before_one_that_was() {
        assertThat(ofChunks(
                                delta("{\"reasoning_content\":\"Look\"}"),
                                message("\"content\":\" \\nRain\",\"reasoning_content\":\"Look\"", "stop"))
                        .answer()
                        .text())
                .isEqualTo(" \nRain");
        assertThat(ofChunks(RAIN, message("\"content\":\" \\nRain today.\"", "stop"))
                        .answer()
                        .text())
                .isEqualTo("Rain today.");
    }

    /** The worst of two endings counts, a refusal before all others, and the first of two that are equally bad. */
    @ParameterizedTest
    @CsvSource({
        "content_filter, aborted, REFUSED",
        "aborted, content_filter, REFUSED",
        "aborted, insufficient_system_resource, ABORTED",
        "length, content_filter, REFUSED",
        "tool_calls, length, COMPLETE"
    })
    void should_keep_the_ending_that_is_worse(String first, String second, Kind kind) {
        assertThat(ofChunks(RAIN, finish(first), finish(second))
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void should_call_no_tool_where_the_answer_was_taken_back() {
        assertThat(ofChunks(CALL, finish("content_filter")).events()).containsExactly("piece 0 a f {}");
        assertThat(ofChunks(CALL, finish("insufficient_system_resource")).events())
                .containsExactly("piece 0 a f {}");
        assertThat(ofChunks(CALL, finish("length")).events()).containsExactly("piece 0 a f {}", "call 0 a f {}");
    }

    /** Where it says that there are calls, the model itself has written them so, and is told by its tool. */
    @Test
    void should_call_a_tool_with_broken_arguments_only_where_they_were_meant_to_end() {
        String cut = call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"");

        AssembledAnswer meant = ofChunks(cut, finish("tool_calls")).answer();
        AssembledAnswer ended = ofChunks(cut, finish("stop")).answer();

        assertThat(meant.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(meant.toolCalls())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly("{\"x\":");
        assertThat(ended.ending()).isEqualTo(new Ending(Kind.BAD_CALL, "its arguments are not whole"));
        assertThat(ended.toolCalls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"stop, CONTRADICTORY", "length, CONTRADICTORY", "content_filter, REFUSED"})
    void should_not_believe_a_whole_message_that_is_another_one(String finish, Kind kind) {
        assertThat(ofChunks(RAIN, message("\"content\":\"Sun\"", finish))
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void should_replace_a_half_that_something_else_follows() {
        Decoded decoded = ofChunks(
                delta("{\"reasoning_content\":\"a\\ud83d\"}"),
                delta("{\"content\":\"b\\ud83d\"}"),
                delta("{\"content\":\"c\"}"),
                delta("{\"content\":\"\\ud800 and \\udfff\"}"),
                finish("stop"));

        assertThat(decoded.answer().thinking()).isEqualTo("a\ufffd");
        assertThat(decoded.answer().text()).isEqualTo("b\ufffdc\ufffd and \ufffd");
    }

    /** A call that was cut in the midst of a character is no part of the next one under the same index. */
    @Test
    void should_begin_no_call_with_the_half_of_another() {
        List<String> events = ofChunks(
                        call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"\\ud83d\""),
                        call("\"index\":0,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"{}\""),
                        finish("tool_calls"))
                .events();

        assertThat(events).contains("piece 1 b g {}", "call 1 b g {}");
    }

    /** A call within the text that can't be read is one, unless the ending says why it could not be whole. */
    @ParameterizedTest
    @CsvSource({"stop, BAD_CALL", "tool_calls, BAD_CALL", "length, BUDGET_EATEN", "content_filter, REFUSED"})
    void should_say_of_a_broken_call_in_the_text_what_the_ending_says(String finish, Kind kind) {
        String broken = "<\uff5cDSML\uff5cinvoke name=\\\"f\\\">{\\\"x\\\":";

        assertThat(ofChunks(ReasoningDialect.OTHER_HOST, delta("{\"content\":\"" + broken + "\"}"), finish(finish))
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void should_run_no_call_beside_one_that_can_not_be_read() {
        String broken = delta("{\"content\":\"<\uff5cDSML\uff5cinvoke name=\\\"f\\\">{\"}");

        Decoded decoded = ofChunks(ReasoningDialect.OTHER_HOST, CALL, broken, finish("tool_calls"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.BAD_CALL);
        assertThat(decoded.events()).noneMatch(event -> event.startsWith("call "));
    }
}
