package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.ofChunks;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerDecoderTest {

    private static final String THOUGHT = delta("{\"content\":null,\"reasoning_content\":\"So \\u00fc\"}");
    private static final String TEXT =
            delta("{\"content\":\"Yes \\ud83d\\ude00 \u00fc\u4e2d\",\"reasoning_content\":null}");

    @Test
    void should_read_thinking_then_text_then_usage() {
        Decoded decoded = ofChunks(
                delta("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"\"}"), THOUGHT, TEXT, """
                {"id":"1","created":7,"model":"m","system_fingerprint":"fp","choices":[{"index":0,"delta":{"content":""},\
                "finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9,\
                "prompt_tokens_details":{"cached_tokens":2},"completion_tokens_details":{"reasoning_tokens":3},\
                "prompt_cache_hit_tokens":2,"prompt_cache_miss_tokens":3}}""");

        assertThat(decoded.events()).containsExactly("thinking So \u00fc", "text Yes \ud83d\ude00 \u00fc\u4e2d");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().usage()).isEqualTo(new UsageFigures(5, 4, 9, 3, 2, 3));
        assertThat(decoded.answer().id()).isEqualTo("1");
        assertThat(decoded.answer().reasoningField()).isEqualTo("reasoning_content");
    }

    @Test
    void should_read_a_whole_answer_as_one_chunk() {
        Decoded decoded = Decoded.of("""


                {"id":"1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Yes",\
                "reasoning_content":"So","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f",\
                "arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1}}""");

        assertThat(decoded.events()).containsExactly("thinking So", "text Yes", "piece 0 a f {}", "call 0 a f {}");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().usage()).isEqualTo(new UsageFigures(1, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void should_know_every_line_end_and_skip_what_is_not_data(String lineEnd) {
        String body = "\ufeff: keep-alive\n\nid: 7\nretry: 10\nevent: message\ndata:" + TEXT + "\n\n: again\n\ndata: "
                + finish("stop") + "\n\ndata: [DONE]\n\n";

        Decoded decoded = Decoded.of(body.replace("\n", lineEnd));

        assertThat(decoded.answer().text()).isEqualTo("Yes \ud83d\ude00 \u00fc\u4e2d");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_join_the_data_lines_of_one_event() {
        String body = "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\ndata: \"Hi\"}}]}\n\ndata: "
                + finish("stop") + "\n\ndata: [DONE]";

        Decoded decoded = Decoded.of(body);

        assertThat(decoded.answer().text()).isEqualTo("Hi");
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    /** The quirks of docs/protocol.md, section 2.6: the chunks, and the events they must become. */
    static Stream<Arguments> quirks() {
        return Stream.of(
                quirk(
                        "a call in pieces",
                        List.of("piece 0 a f {\"x\":", "piece 0 a f 1}", "call 0 a f {\"x\":1}"),
                        call("\"index\":0,\"id\":\"a\",\"type\":\"function\"", "\"name\":\"f\",\"arguments\":\"\""),
                        call("\"index\":0", "\"arguments\":\"{\\\"x\\\":\""),
                        call("\"index\":0", "\"arguments\":\"1}\"")),
                quirk(
                        "a sentinel with nothing in it",
                        List.of("piece 0 a f {}", "call 0 a f {}"),
                        call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{}\""),
                        call("\"index\":0,\"id\":\"\"", "\"arguments\":null")),
                quirk(
                        "empty ids on continuations",
                        List.of("piece 0 a f {", "piece 0 a f }", "call 0 a f {}"),
                        call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\""),
                        call("\"index\":0,\"id\":\"\"", "\"name\":\"\",\"arguments\":\"}\"")),
                quirk(
                        "two calls under one index",
                        List.of("piece 0 a f {}", "call 0 a f {}", "piece 1 b g {}", "call 1 b g {}"),
                        call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{}\""),
                        call("\"index\":0,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"{}\"")),
                quirk(
                        "no index at all",
                        List.of("piece 0 a f {", "piece 0 a f }", "call 0 a f {}", "piece 1 b f {}", "call 1 b f {}"),
                        call("\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\""),
                        call("\"type\":\"function\"", "\"arguments\":\"}\""),
                        call("\"id\":\"b\"", "\"name\":\"f\",\"arguments\":\"{}\"")),
                quirk(
                        "indexes that jump",
                        List.of("piece 0 a f {}", "call 0 a f {}", "piece 1 b g {}", "call 1 b g {}"),
                        call("\"index\":3,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{}\""),
                        call("\"index\":9,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"{}\"")),
                quirk(
                        "parallel calls that take turns",
                        List.of(
                                "piece 0 a f {\"x\"",
                                "piece 1 b g {\"y\"",
                                "piece 0 a f :1}",
                                "piece 1 b g :2}",
                                "call 0 a f {\"x\":1}",
                                "call 1 b g {\"y\":2}"),
                        call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\"\""),
                        call("\"index\":1,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"{\\\"y\\\"\""),
                        call("\"index\":0", "\"arguments\":\":1}\""),
                        call("\"index\":1", "\"arguments\":\":2}\"")),
                quirk(
                        "no id and no arguments",
                        List.of("call 0 call_0 f {}"),
                        call("\"index\":0", "\"name\":\"f\",\"arguments\":\"\"")),
                quirk(
                        "arguments as an object",
                        List.of("piece 0 a f {\"x\":1}", "call 0 a f {\"x\":1}"),
                        call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":{\"x\":1}")),
                quirk(
                        "an empty list of calls in the midst of thinking",
                        List.of("thinking a", "thinking b", "text c"),
                        delta("{\"reasoning_content\":\"a\",\"tool_calls\":[]}"),
                        delta("{\"reasoning_content\":\"b\",\"tool_calls\":null}"),
                        delta("{\"content\":\"c\"}")),
                quirk(
                        "a first delta of nulls, and role null later",
                        List.of("text c"),
                        delta("{\"role\":null,\"content\":null,\"reasoning_content\":null,\"tool_calls\":null}"),
                        delta("{\"role\":null,\"content\":\"c\"}")),
                quirk(
                        "both names of the reasoning, of which one is taken",
                        List.of("thinking a", "text c"),
                        delta("{\"reasoning_content\":\"a\",\"reasoning\":\"a\"}"),
                        delta("{\"content\":\"c\"}")),
                quirk(
                        "OpenRouter's details",
                        List.of("thinking ab", "text c"),
                        delta(
                                "{\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"a\"},{\"text\":\"b\"}]}"),
                        delta("{\"content\":\"c\"}")),
                quirk(
                        "a second choice, which nobody asked for",
                        List.of("text c"),
                        "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}},{\"index\":0,\"delta\":{\"content\":\"c\"}}]}"),
                quirk(
                        "thinking after text",
                        List.of("text c", "thinking late"),
                        delta("{\"content\":\"c\"}"),
                        delta("{\"reasoning_content\":\"late\"}")));
    }

    private static Arguments quirk(String name, List<String> events, String... chunks) {
        return Arguments.of(name, events, chunks);
    }

    private static String call(String fields, String function) {
        return delta("{\"tool_calls\":[{" + fields + ",\"function\":{" + function + "}}]}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quirks")
    void should_survive_the_quirks_of_servers(String name, List<String> events, String... chunks) {
        String[] all = Arrays.copyOf(chunks, chunks.length + 1);
        all[chunks.length] = finish(events.toString().contains("call") ? "tool_calls" : "stop");

        Decoded decoded = ofChunks(all);

        assertThat(decoded.events()).isEqualTo(events);
        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_take_a_finish_without_delta_and_usage_on_its_own() {
        Decoded decoded = ofChunks(
                TEXT,
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6,\"total_tokens\":11,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":4}}}");

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(decoded.answer().usage()).isEqualTo(new UsageFigures(5, 6, 11, null, 4, 1));
    }

    @Test
    void should_keep_what_it_does_not_know() {
        Decoded decoded = ofChunks(
                "{\"service_tier\":\"flex\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"c\",\"annotations\":[1]}}]}",
                finish("stop"),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":99999999999999,\"energy\":3}}");

        assertThat(decoded.answer().unknownFields())
                .containsOnlyKeys("service_tier", "message.annotations", "usage.energy");
        assertThat(decoded.answer().usage()).isEqualTo(new UsageFigures(null, null, null, null, null, null));
    }

    static Stream<Arguments> endings() {
        String done = "data: [DONE]\n\n";
        return Stream.of(
                Arguments.of(Kind.CUT, event(THOUGHT)),
                Arguments.of(Kind.CUT, event(THOUGHT) + done),
                Arguments.of(Kind.CUT, event(TEXT) + event(finish("stop"))),
                Arguments.of(Kind.CUT, event(TEXT) + "data: {\"choices\":[{\"ind"),
                Arguments.of(Kind.CUT, "data: {\"id\":\"1\"}"),
                Arguments.of(Kind.EMPTY, event(THOUGHT) + event(finish("stop")) + done),
                Arguments.of(Kind.EMPTY, event(delta("{\"content\":\"\\n \"}")) + event(finish("stop")) + done),
                Arguments.of(Kind.BUDGET_EATEN, event(THOUGHT) + event(finish("length")) + done),
                Arguments.of(
                        Kind.BUDGET_EATEN,
                        event(call("\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\""))
                                + event(finish("length"))
                                + done),
                Arguments.of(Kind.REFUSED, event(TEXT) + event(finish("content_filter")) + done),
                Arguments.of(Kind.OVERLOADED, event(TEXT) + event(finish("insufficient_system_resource")) + done),
                Arguments.of(Kind.ABORTED, event(TEXT) + event(finish("aborted")) + done),
                Arguments.of(Kind.UNKNOWN_FINISH, event(TEXT) + event(finish("bored")) + done),
                Arguments.of(Kind.ERROR_IN_STREAM, event(TEXT) + event("{\"error\":{\"message\":\"oh\"}}") + done),
                Arguments.of(Kind.ERROR_IN_STREAM, event(TEXT) + "event: error\ndata: {\"code\":5}\n\n"),
                Arguments.of(Kind.ERROR_IN_STREAM, event(TEXT) + "event: error\ndata: overloaded\n\n"),
                Arguments.of(Kind.ERROR_IN_STREAM, "{\"error\":\"oh\"}"),
                Arguments.of(Kind.MALFORMED, event("{\"choices\":[{]") + event(TEXT) + done),
                Arguments.of(Kind.MALFORMED, event("no json") + done),
                Arguments.of(Kind.MALFORMED, "<html>hello</html>"),
                Arguments.of(Kind.MALFORMED, " \n\n "),
                Arguments.of(Kind.MALFORMED, ""),
                Arguments.of(Kind.CUT, "{\"choices\":"),
                Arguments.of(
                        Kind.BAD_CALL,
                        event(call("\"id\":\"a\"", "\"arguments\":\"{}\"")) + event(finish("tool_calls")) + done));
    }

    private static String event(String chunk) {
        return "data: " + chunk + "\n\n";
    }

    @ParameterizedTest
    @MethodSource("endings")
    void should_call_nothing_complete_that_is_not(Kind kind, String body) {
        assertThat(Decoded.of(body).answer().ending().kind()).isEqualTo(kind);
    }

    @Test
    void should_not_tell_of_a_call_that_was_cut() {
        Decoded decoded =
                ofChunks(call("\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\""), finish("length"));

        assertThat(decoded.events()).containsExactly("piece 0 a f {\"x\":");
        assertThat(decoded.answer().toolCalls()).isEmpty();
    }

    @Test
    void should_do_without_the_done_marker_where_the_host_sends_none() {
        ReasoningDialect dialect = ReasoningDialect.from(ReasoningDialect.DEEPSEEK)
                .doneMarkerRequired(false)
                .build();
        String body = event(TEXT) + event(finish("stop"));

        Decoded decoded = Decoded.of(dialect, List.of(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
    }

    @Test
    void should_not_read_more_than_the_limits_allow() {
        DecoderLimits limits =
                DecoderLimits.custom().maxEventBytes(1000).maxAnswerBytes(3000).build();
        byte[] line = ("data: \"" + "x".repeat(5000)).getBytes(StandardCharsets.UTF_8);
        byte[] many = event(delta("{\"content\":\"" + "x".repeat(500) + "\"}"))
                .repeat(10)
                .getBytes(StandardCharsets.UTF_8);
        byte[] whole = ("{\"id\":\"" + "x".repeat(5000)).getBytes(StandardCharsets.UTF_8);

        for (byte[] bytes : List.of(line, many, whole)) {
            Decoded decoded = Decoded.of(ReasoningDialect.DEEPSEEK, limits, List.of(bytes));
            assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.TOO_LARGE);
        }
    }
}
