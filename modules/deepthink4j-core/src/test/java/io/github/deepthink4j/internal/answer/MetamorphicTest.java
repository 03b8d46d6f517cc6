package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.stream;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.internal.answer.Decorations.Decoration;
import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.thorough.Thorough;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is forgiven changes nothing, wherever it stands; and a body that is cut, wherever it is cut, is an error or the whole
 * answer. Nothing between is called an answer.
 */
@Timeout(300)
class MetamorphicTest {

    /** Beyond it not every byte is tried, but the last ones and some others. */
    private static final int SMALL = 6000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** A body, and the dialect that it is read with. */
    record Talk(String name, ReasoningDialect dialect, String body) {

        Decoded decoded(String changed) {
            return Decoded.of(dialect, List.of(changed.getBytes(UTF_8)));
        }

        Decoded decoded() {
            return decoded(body);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Talk> streams() throws IOException {
        return Stream.of(
                new Talk("a recording", ReasoningDialect.DEEPSEEK, ownRecording()),
                new Talk(
                        "thought and text",
                        ReasoningDialect.DEEPSEEK,
                        stream(
                                delta("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"\"}"),
                                delta("{\"content\":null,\"reasoning_content\":\"So \u00fc \\ud83d\\ude00\"}"),
                                delta("{\"content\":\"Yes \ud83d\ude00\",\"reasoning_content\":null}"),
                                delta("{\"content\":\" \u4e2d\u6587\"}"),
                                "{\"id\":\"1\",\"created\":7,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                                        + "{\"content\":\"\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5,"
                                        + "\"completion_tokens\":4,\"total_tokens\":9}}")),
                new Talk(
                        "calls in pieces",
                        ReasoningDialect.DEEPSEEK,
                        stream(
                                delta("{\"reasoning_content\":\"Look it up.\"}"),
                                call("\"index\":0,\"id\":\"a\"", "\"name\":\"f\",\"arguments\":\"\""),
                                call("\"index\":0", "\"arguments\":\"{\\\"x\\\":\\\"\ud83d\ude00\""),
                                call("\"index\":0", "\"arguments\":\"\\\"}\""),
                                call("\"index\":1,\"id\":\"b\"", "\"name\":\"g\",\"arguments\":\"{}\""),
                                finish("tool_calls"))),
                new Talk(
                        "usage of its own, and fields that nobody knows",
                        ReasoningDialect.DEEPSEEK,
                        stream(
                                "{\"id\":\"1\",\"service_tier\":\"flex\",\"choices\":[{\"index\":0,\"delta\":"
                                        + "{\"content\":\"Yes\",\"annotations\":[1]},\"logprobs\":{\"content\":"
                                        + "[{\"token\":\"Yes\",\"logprob\":-1}]}}]}",
                                finish("length"),
                                "{\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":5}}")),
                new Talk(
                        "tags and markup in the text",
                        ReasoningDialect.OTHER_HOST,
                        stream(
                                delta("{\"content\":\"<thi\"}"),
                                delta("{\"content\":\"nk>So</think>Let me see.\\n\\n<\uff5cDSML\"}"),
                                delta(
                                        "{\"content\":\"\uff5ctool_calls>\\n<\uff5cDSML\uff5cinvoke name=\\\"f\\\">\\n\"}"),
                                delta("{\"content\":\"<\uff5cDSML\uff5cparameter name=\\\"x\\\" string=\\\"true\\\">1"
                                        + "</\uff5cDSML\uff5cparameter>\\n</\uff5cDSML\uff5cinvoke>\\n"
                                        + "</\uff5cDSML\uff5ctool_calls>\"}"),
                                finish("stop"))),
                new Talk(
                        "markup that has lost its DSML",
                        ReasoningDialect.OTHER_HOST,
                        stream(
                                delta("{\"content\":\"Let me see.\\n<func\"}"),
                                delta("{\"content\":\"tion_calls>\\n<invoke name=\\\"f\\\">\\n<parameter name=\"}"),
                                delta(
                                        "{\"content\":\"\\\"x\\\" string=\\\"true\\\">1</parameter>\\n</invoke>\\n</function_calls>\"}"),
                                finish("stop"))),
                new Talk(
                        "tokens that have lost their bars",
                        ReasoningDialect.OTHER_HOST,
                        stream(
                                delta("{\"content\":\"Let me see.<tool_calls_begin><tool_\"}"),
                                delta("{\"content\":\"call_begin>f<tool_sep>{\\\"x\\\":\"}"),
                                delta("{\"content\":\"1}<tool_call_end><tool_calls_end>\"}"),
                                finish("stop"))));
    }

    private static String call(String fields, String function) {
        return delta("{\"tool_calls\":[{" + fields + ",\"function\":{" + function + "}}]}");
    }

    private static String ownRecording() throws IOException {
        return Files.readString(Path.of("src/test/recordings/capital/001.sse"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void should_give_the_same_answer_with_any_decoration_at_any_place(Talk talk) {
        Decoded plain = talk.decoded();
        assertThat(plain.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        int places = Decorations.events(talk.body()).size();

        Decorations.ALL.forEach((name, decoration) -> {
            int step = Thorough.times(1, 8);
            for (int place = random.nextInt(step); place <= places; place += step) {
                String decorated = Decorations.decorated(talk.body(), decoration, place);
                assertSame(talk, plain, decorated, name + ", at " + place);
            }
        });
    }

    /** Only one of the words that mean a tool call says something else beside it: that it is stop is read from the calls. */
    private void assertSame(Talk talk, Decoded plain, String decorated, String what) {
        Decoded seen = Decoded.of(talk.dialect(), Decoded.cut(decorated.getBytes(UTF_8), random));
        assertThat(seen.events()).as(what).isEqualTo(plain.events());
        assertThat(seen.answer())
                .as("%s, seed %d", what, seed)
                .usingRecursiveComparison()
                .ignoringFields("finishReason")
                .isEqualTo(plain.answer());
    }

    @ParameterizedTest
    @MethodSource("streams")
    void should_give_the_same_answer_with_many_decorations(Talk talk) {
        Decoded plain = talk.decoded();
        for (int i = 0; i < Thorough.times(200, 20); i++) {
            assertSame(talk, plain, Decorations.decorated(talk.body(), random), "round " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void should_call_a_stream_that_is_cut_an_error_or_the_whole(Talk talk) {
        assertCuts(talk, talk.body());
        for (int i = 0; i < Thorough.times(2, 0); i++) {
            assertCuts(talk, Decorations.decorated(talk.body(), random));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes \ud83d\ude00\","
                        + "\"reasoning_content\":\"So\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":5}}",
                "\n\n{\"choices\":[{\"finish_reason\":\"tool_calls\",\"message\":{\"tool_calls\":[{\"id\":\"a\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}}]}}]}\n",
                "\ufeff{\"choices\":[null,{\"finish_reason\":\"STOP\",\"message\":{\"content\":\"Yes\",\"tool_calls\":[null]}},"
                        + "null],\"usage\":[],\"error\":\"\"}"
            })
    void should_call_a_whole_body_that_is_cut_an_error_or_the_whole(String body) {
        Talk talk = new Talk("whole", ReasoningDialect.DEEPSEEK, body);
        assertThat(talk.decoded().answer().ending().kind()).isEqualTo(Kind.COMPLETE);

        assertCuts(talk, body);
    }

    private void assertCuts(Talk talk, String body) {
        AssembledAnswer whole = talk.decoded(body).answer();
        byte[] bytes = body.getBytes(UTF_8);
        for (int length : cuts(bytes.length)) {
            byte[] cut = Arrays.copyOf(bytes, length);
            AssembledAnswer answer = Decoded.of(talk.dialect(), List.of(cut)).answer();
            if (answer.ending().kind() == Kind.COMPLETE) {
                assertThat(answer).as("cut at %d, seed %d", length, seed).isEqualTo(whole);
            }
            assertThat(aborted(talk, cut).ending().kind()).isEqualTo(Kind.CUT);
        }
    }

    private static AssembledAnswer aborted(Talk talk, byte[] cut) {
        AnswerDecoder decoder = new AnswerDecoder(talk.dialect(), DecoderLimits.DEFAULT, new AnswerListener() {});
        decoder.decode(ByteBuffer.wrap(cut));
        return decoder.abort();
    }

    private Iterable<Integer> cuts(int length) {
        if (length < SMALL) {
            return IntStream.range(0, length).boxed().toList();
        }
        TreeSet<Integer> some = new TreeSet<>(IntStream.range(length - Thorough.times(300, 60), length)
                .boxed()
                .toList());
        random.ints(Thorough.times(60, 15), 0, length).forEach(some::add);
        return some;
    }

    @ParameterizedTest
    @ValueSource(strings = {"deepseek-reasoning", "deepseek-text", "deepseek-tool-call"})
    void should_hold_for_what_deepseek_has_sent(String name) throws IOException {
        Path file = Recordings.folder("v3.2-vercel").resolve(name + ".chunks.txt");
        List<String> chunks = Files.readAllLines(file);

        assertHolds(stream(chunks.toArray(String[]::new)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"should-stream-reasoning-content-for-deepseek-reasoner", "should-support-streaming"})
    void should_hold_for_event_streams_of_deepseek(String name) throws IOException {
        JsonNode exchanges = MAPPER.readTree(
                Files.readString(Recordings.folder("v3.2-node-llm").resolve(name + ".json")));
        for (JsonNode exchange : exchanges) {
            assertHolds(exchange.path("response").asText());
        }
    }

    private void assertHolds(String body) {
        Talk talk = new Talk("recorded", ReasoningDialect.DEEPSEEK, body);
        Decoded plain = talk.decoded();
        assertThat(plain.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        int places = Decorations.events(body).size();
        for (var entry : Decorations.ALL.entrySet()) {
            Decoration decoration = entry.getValue();
            int place = random.nextInt(places + 1);
            assertSame(talk, plain, Decorations.decorated(body, decoration, place), entry.getKey() + ", at " + place);
        }
        for (int i = 0; i < Thorough.times(20, 5); i++) {
            assertSame(talk, plain, Decorations.decorated(body, random), "round " + i);
        }
        assertCuts(talk, body);
    }
}
