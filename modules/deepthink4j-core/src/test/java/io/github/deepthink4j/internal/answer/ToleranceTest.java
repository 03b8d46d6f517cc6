package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static io.github.deepthink4j.internal.answer.Decoded.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of docs/tolerance.md that a single stream shows; {@link MetamorphicTest} has those that may stand anywhere. */
class ToleranceTest {

    private static final ReasoningDialect EITHER_END = ReasoningDialect.from(ReasoningDialect.OTHER_HOST)
            .doneMarkerRequired(false)
            .build();

    private static String call(String fields, String function) {
        return delta("{\"tool_calls\":[{" + fields + ",\"function\":{" + function + "}}]}");
    }

    @Test
    void should_pass_on_no_half_of_a_character() {
        Decoded decoded = ofChunks(
                delta("{\"reasoning_content\":\"a\\ud83d\"}"),
                delta("{\"reasoning_content\":\"\"}"),
                delta("{\"reasoning_content\":\"\\ude00b\\ud83d\"}"),
                delta("{\"reasoning_content\":\"\\ude01\"}"),
                delta("{\"content\":\"\\ud83d\"}"),
                delta("{\"content\":\"\\ude02\\ud83d\"}"),
                delta("{\"content\":\"\\ude03!\"}"),
                finish("stop"));

        assertThat(decoded.events())
                .containsExactly(
                        "thinking a",
                        "thinking \ud83d\ude00b",
                        "thinking \ud83d\ude01",
                        "text \ud83d\ude02",
                        "text \ud83d\ude03!");
        assertThat(decoded.answer().thinking()).isEqualTo("a\ud83d\ude00b\ud83d\ude01");
        assertThat(decoded.answer().text()).isEqualTo("\ud83d\ude02\ud83d\ude03!");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_join_the_halves_in_arguments_call_by_call() {
        Decoded decoded = ofChunks(
                call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"\\ud83d\""),
                call("\"index\":1,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"{\\\"y\\\":\\\"\\ud83d\""),
                call("\"index\":0", "\"arguments\":\"\\ude00\\\"}\""),
                call("\"index\":1,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"\\ude01\\\"}\""),
                finish("tool_calls"));

        assertThat(decoded.events())
                .containsExactly(
                        "piece 0 a f {\"x\":\"",
                        "piece 1 b g {\"y\":\"",
                        "piece 0 a f \ud83d\ude00\"}",
                        "piece 1 b g \ud83d\ude01\"}",
                        "call 0 a f {\"x\":\"\ud83d\ude00\"}",
                        "call 1 b g {\"y\":\"\ud83d\ude01\"}");
    }

    /** No encoding has a place for half a character, so that it would become a question mark somewhere on the way. */
    @ParameterizedTest
    @CsvSource({"\\ud83d, \ufffd", "a\\ud83db, a\ufffdb", "\\ude00a, \ufffda", "a\\ud83d\\ud83d, a\ufffd\ufffd"})
    void should_replace_a_half_that_stays_alone(String sent, String text) {
        Decoded decoded = ofChunks(delta("{\"content\":\"" + sent + "\"}"), finish("stop"));

        assertThat(decoded.answer().text()).isEqualTo(text);
        assertThat(String.join("", decoded.events()).replace("text ", "")).isEqualTo(text);
    }

    @Test
    void should_take_the_marker_for_the_end_only_where_it_may_stand_for_a_finish_reason() {
        String text = delta("{\"content\":\"All of it.\"}");

        assertThat(ofChunks(text).answer().ending().kind()).isEqualTo(Kind.CUT);
        assertThat(ofChunks(ReasoningDialect.OTHER_HOST, text).answer().ending().kind())
                .isEqualTo(Kind.CUT);
        AssembledAnswer answer = ofChunks(EITHER_END, text).answer();
        assertThat(answer.ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(answer.text()).isEqualTo("All of it.");
        assertThat(answer.finishReason()).isEqualTo("stop");
    }

    @Test
    void should_take_whole_calls_at_such_an_end_and_no_others() {
        String whole = call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{}\"");
        String cut = call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\"");

        assertThat(ofChunks(EITHER_END, whole).events()).contains("call 0 a f {}");
        assertThat(ofChunks(EITHER_END, whole).answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(ofChunks(EITHER_END, cut).answer().ending().kind()).isEqualTo(Kind.CUT);
        assertThat(ofChunks(EITHER_END, cut).answer().toolCalls()).isEmpty();
    }

    @Test
    void should_call_nothing_an_answer_that_has_neither_end_or_says_nothing() {
        String text = delta("{\"content\":\"All of it.\"}");
        byte[] endless = ("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8);

        assertThat(Decoded.of(EITHER_END, List.of(endless)).answer().ending().kind())
                .isEqualTo(Kind.CUT);
        assertThat(ofChunks(EITHER_END).answer().ending().kind()).isEqualTo(Kind.EMPTY);
        assertThat(ofChunks(EITHER_END, delta("{\"reasoning_content\":\"So\"}"))
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(Kind.EMPTY);
        assertThat(ofChunks(EITHER_END, text, "{\"error\":{\"message\":\"oh\"}}")
                        .answer()
                        .ending()
                        .kind())
                .isEqualTo(Kind.ERROR_IN_STREAM);
    }

    @ParameterizedTest
    @CsvSource({
        "SAFETY, REFUSED",
        "sensitive, REFUSED",
        "refusal, REFUSED",
        "content_filtered, REFUSED",
        "abort, ABORTED",
        "error, ABORTED",
        "cancelled, ABORTED",
        "bored, UNKNOWN_FINISH",
        "stopped by a wall, UNKNOWN_FINISH",
        "FINISH_REASON_UNSPECIFIED, UNKNOWN_FINISH"
    })
    void should_call_other_words_what_they_mean(String word, Kind kind) {
        Decoded decoded = ofChunks(delta("{\"content\":\"Yes\"}"), finish(word));

        assertThat(decoded.answer().ending().kind()).isEqualTo(kind);
    }

    @Test
    void should_have_each_word_in_the_docs() throws IOException {
        String page = Files.readString(Path.of("../../docs/tolerance.md"));

        FinishWords.WORDS.forEach((meaning, words) -> assertThat(page.lines()
                        .filter(line -> line.startsWith("| `" + meaning + "` | "))
                        .findFirst()
                        .orElseThrow())
                .contains(words.stream().map(word -> "`" + word + "`").toList()));
    }

    @Test
    void should_tell_an_unknown_word_as_it_came() {
        Decoded decoded = ofChunks(delta("{\"content\":\"Yes\"}"), finish("Bored_Stiff"));

        assertThat(decoded.answer().ending().detail()).isEqualTo("Bored_Stiff");
    }

    @Test
    void should_still_know_a_limit_by_another_word_within_a_call() {
        Decoded decoded = ofChunks(
                call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\""), finish("MAX_TOKENS"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.BUDGET_EATEN);
    }

    /** The halves of a torn chunk are not forgiven, whatever tears it and whatever the event is called. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ": keep-alive\n\n",
                "\n\n",
                "\n\n: keep-alive\n\n",
                "\n\ndata:\n\n",
                "\n\nevent: ping\ndata: {}\n\n"
            })
    void should_find_an_answer_with_a_hole_no_answer(String tear) {
        String chunk = delta("{\"content\":\"and the middle \"}");
        for (String name : List.of("", "event: chunk\n")) {
            for (int place = 1; place < chunk.length(); place++) {
                String body = "data: " + delta("{\"content\":\"The start \"}") + "\n\n" + name + "data: "
                        + chunk.substring(0, place) + tear + chunk.substring(place) + "\n\n"
                        + stream(delta("{\"content\":\"and the end.\"}"), finish("stop"));

                assertThat(Decoded.of(body).answer().ending().kind())
                        .as("torn at %d, %s", place, name)
                        .isNotEqualTo(Kind.COMPLETE);
            }
        }
    }

    @Test
    void should_hear_an_error_that_a_relay_writes_without_a_field() {
        Decoded decoded = Decoded.of("data: " + delta("{\"content\":\"The start \"}")
                + "\n\n{\"error\":{\"message\":\"upstream is gone\"}}\n\ndata: [DONE]\n\n");

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.ERROR_IN_STREAM);
        assertThat(decoded.answer().ending().detail()).contains("upstream is gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":null,\"object\":\"chat.completion\",\"model\":null,\"choices\":null,\"usage\":null}",
                "{\"choices\":[]}",
                "{\"choices\":[null]}",
                "{\"choices\":[{}]}",
                "{}",
                "[]",
                "null"
            })
    void should_find_no_answer_where_there_is_none(String body) {
        assertThat(Decoded.of(body).answer().ending().kind()).isNotEqualTo(Kind.COMPLETE);
        assertThat(Decoded.of(stream(body)).answer().ending().kind()).isNotEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata:",
                "event: error\ndata: overloaded",
                "event: error\ndata: {}",
                "event:Error \ndata: overloaded",
                "event: server_error\ndata: overloaded",
                "event: exception\ndata: overloaded",
                "event: ping\ndata: {\"error\":{\"message\":\"oh\"}}",
                "data: {\"choices\":[],\"error\":\"oh\"}",
                "data: {\"error\":true}",
                "data: {\"code\":500,\"message\":\"oh\"}"
            })
    void should_forgive_no_error_for_its_shape(String event) {
        String body = "data: " + delta("{\"content\":\"Yes\"}") + "\n\n" + event + "\n\n" + stream(finish("stop"));

        assertThat(Decoded.of(body).answer().ending().kind()).isEqualTo(Kind.ERROR_IN_STREAM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Data: ", "DATA:", "\u0000data: ", "\u00a0data: ", "OKdata: ", "1f data:", "event data: "})
    void should_leave_no_hole_where_something_stands_before_the_field(String field) {
        String body = stream(
                delta("{\"content\":\"Hello \"}"),
                delta("{\"content\":\"big \"}"),
                delta("{\"content\":\"world\"}"),
                finish("stop"));
        int second = body.indexOf("data: ", 6);

        Decoded decoded = Decoded.of(body.substring(0, second) + field + body.substring(second + 6));

        assertThat(decoded.answer().text()).isEqualTo("Hello big world");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fault\":\"down\"}",
                "{\"Message\":\"down\"}",
                "{\"header\":{\"code\":10163,\"text\":\"down\"}}"
            })
    void should_show_what_a_body_says_that_is_no_answer(String body) {
        Decoded decoded = Decoded.of(body);

        assertThat(decoded.answer().ending().kind()).isIn(Kind.MALFORMED, Kind.ERROR_IN_STREAM);
        assertThat(decoded.answer().ending().detail()).contains("down");
    }

    @Test
    void should_read_a_stream_whose_first_chunk_has_no_field() {
        String body = stream(delta("{\"content\":\"Yes\"}"), delta("{\"content\":\"!\"}"), finish("stop"));

        Decoded decoded = Decoded.of(body.substring("data: ".length()));

        assertThat(decoded.answer().text()).isEqualTo("Yes!");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"message\":\"overloaded\"}}", "{\"content\":\"\",\"error\":\"overloaded\"}"})
    void should_hear_an_error_in_a_delta(String delta) {
        Decoded decoded = Decoded.ofChunks(delta("{\"content\":\"Yes\"}"), delta(delta), finish("stop"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.ERROR_IN_STREAM);
        assertThat(decoded.answer().ending().detail()).contains("overloaded");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\\n", "\\t"})
    void should_not_call_a_tool_whose_name_is_blank(String name) {
        Decoded decoded = Decoded.ofChunks(
                delta("{\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"" + name
                        + "\",\"arguments\":\"{}\"}}]}"),
                finish("tool_calls"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.BAD_CALL);
    }

    @Test
    void should_read_a_text_that_comes_as_a_list() {
        Decoded decoded = ofChunks(
                delta("{\"content\":[null,\"Hel\",{\"type\":\"text\",\"text\":\"lo\"},{\"type\":\"reference\"}]}"),
                finish("stop"));

        assertThat(decoded.events()).containsExactly("text Hello");
    }
}
