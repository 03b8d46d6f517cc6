package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.thorough.Thorough;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chunk that is read by the one before says what the parser would have read. */
class ChunkTemplateTest {

    private static final String LEARNT = delta("{\"content\":\"A\",\"reasoning_content\":null}");

    /** Changes nothing, and is read by the parser, so that nothing is known of the chunk before. */
    private static final String FORGET = "data: {\"choices\":[]}\n\n";

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final List<String> heard = new ArrayList<>();
    private final Assembler pieces = new Assembler(new AnswerListener() {
        @Override
        public void onText(String text) {
            heard.add(text);
        }

        @Override
        public void onThinking(String text) {
            heard.add("(" + text + ")");
        }
    });
    private final ChunkTemplate template = new ChunkTemplate();

    private void learn(String chunk, String field, String piece) {
        byte[] bytes = bytes(chunk);
        template.learn(bytes, 0, bytes.length, field, piece);
    }

    private boolean fits(String chunk) {
        return fits(bytes(chunk));
    }

    private boolean fits(byte[] chunk) {
        byte[] among = new byte[chunk.length + 8];
        System.arraycopy(chunk, 0, among, 3, chunk.length);
        return template.pass(among, 3, chunk.length, pieces);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String chunk(String text) {
        return LEARNT.replace("\"A\"", '"' + text + '"');
    }

    @Test
    void should_read_the_same_chunk_with_another_text() {
        learn(LEARNT, null, "A");

        assertThat(fits(chunk("B"))).isTrue();
        assertThat(fits(chunk(" a longer one"))).isTrue();
        assertThat(fits(chunk("\u4e2d\u6587 \ud83d\ude00 \u00fc"))).isTrue();
        assertThat(fits(chunk("\\n\\t\\r\\b\\f\\/\\\\\\\""))).isTrue();
        assertThat(fits(chunk("\u4e2d\\n\u6587"))).isTrue();
        assertThat(heard)
                .containsExactly(
                        "B", " a longer one", "\u4e2d\u6587 \ud83d\ude00 \u00fc", "\n\t\r\b\f/\\\"", "\u4e2d\n\u6587");
    }

    @Test
    void should_read_thoughts_by_the_field_they_were_learnt_from() {
        String thought = delta("{\"reasoning\":\"A\",\"content\":\"\"}");
        learn(thought, "reasoning", "A");

        assertThat(fits(thought.replace("\"A\"", "\"So\""))).isTrue();
        assertThat(heard).containsExactly("(So)");
        assertThat(pieces.answer(pieces.ending(), null).reasoningField()).isEqualTo("reasoning");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\\u4e2d", "\ufffd", "\t", "\\", "\\x", "a\" \"b", "a\",\"content\":\"b", "\\\"\\", "\u0000"
            })
    void should_leave_other_texts_to_the_parser(String text) {
        learn(LEARNT, null, "A");

        assertThat(fits(chunk(text))).isFalse();
        assertThat(heard).isEmpty();
    }

    @Test
    void should_leave_what_is_no_utf_8_to_the_parser_as_it_came() {
        learn(LEARNT, null, "A");
        byte[] chunk = bytes(chunk("\\n\u00fc"));
        int place = new String(chunk, StandardCharsets.ISO_8859_1).indexOf('\u00c3');
        chunk[place] = (byte) 0xff;
        byte[] before = chunk.clone();

        assertThat(template.pass(chunk, 0, chunk.length, pieces)).isFalse();
        assertThat(chunk).isEqualTo(before);
    }

    @Test
    void should_leave_other_chunks_to_the_parser() {
        learn(LEARNT, null, "A");

        assertThat(fits(chunk("B").replace("\"1\"", "\"2\""))).isFalse();
        assertThat(fits(chunk("B").replace("null}", "\"stop\"}"))).isFalse();
        assertThat(fits(chunk("B") + " ")).isFalse();
        assertThat(fits("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"A\"}},{\"index\":1,\"delta\":{\"content\":\"A\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"B\",\"content\":\"A\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":[{\"type\":\"text\",\"text\":\"A\"}]}}]}",
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"A\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\\u0041\"}}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"B\"}}]}"
            })
    void should_not_learn_where_it_is_not_certain_which_text_is_the_piece(String chunk) {
        learn(chunk, null, "A");

        assertThat(fits(chunk)).isFalse();
    }

    /** Each says the same again, and each counts. */
    @Test
    void should_not_pass_over_what_stands_beside_a_text() {
        String call = "\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"1\"}}]";
        String more = "\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"1\"}}]";
        String both = delta("{\"content\":\"B\",\"reasoning_content\":\"A\"}");
        String thought = delta("{\"reasoning_content\":\"A\",\"content\":\"\"}");

        Decoded calls = Decoded.ofChunks(
                delta("{\"content\":\"B\"," + call + "}"),
                delta("{\"content\":\"B\"," + more + "}"),
                delta("{\"content\":\"B\"," + more + "}"),
                delta("{\"content\":\"B\"," + more + "}"),
                Decoded.finish("tool_calls"));
        Decoded texts = Decoded.ofChunks(both, both, both, thought, thought, both, Decoded.finish("stop"));

        assertThat(calls.answer().text()).isEqualTo("BBBB");
        assertThat(calls.answer().toolCalls().get(0).arguments()).isEqualTo("1111");
        assertThat(texts.answer().text()).isEqualTo("BBBB");
        assertThat(texts.answer().thinking()).isEqualTo("AAAAAA");
    }

    @Test
    void should_not_go_on_learning_of_a_stream_in_which_each_chunk_differs() {
        for (int i = 0; i < 100; i++) {
            learn(LEARNT.replace("\"1\"", "\"" + i + "\""), null, "A");
        }

        assertThat(fits(LEARNT.replace("\"1\"", "\"99\""))).isFalse();
    }

    @Test
    void should_give_the_parsers_answer_for_all_recordings() throws IOException {
        int streams = 0;
        try (Stream<Path> files = Files.list(Recordings.folder("v3.2-vercel"))) {
            for (Path file :
                    (Iterable<Path>) files.filter(each -> each.toString().endsWith(".chunks.txt"))::iterator) {
                streams++;
                String body = stream(Files.readAllLines(file).toArray(String[]::new));
                assertSame(body, ReasoningDialect.DEEPSEEK);
                assertSame(body, ReasoningDialect.OTHER_HOST);
            }
        }
        assertThat(streams).isEqualTo(3);
    }

    @Test
    void should_give_the_parsers_answer_for_random_streams() {
        for (int round = 0; round < Thorough.times(2_000, 500); round++) {
            String[] chunks = new String[1 + random.nextInt(8)];
            String base = delta(random.nextBoolean() ? "{\"content\":\"?\",\"role\":null}" : "{\"reasoning\":\"?\"}");
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = mutated(base.replace("?", text()));
            }
            assertSame(
                    stream(chunks).replace("data: [DONE]", "data: " + finish("stop") + "\n\ndata: [DONE]"),
                    ReasoningDialect.OTHER_HOST);
        }
    }

    private String text() {
        String[] words = {
            "a",
            "So",
            "\\n",
            "\\\"",
            "\\u00e9",
            "\u4e2d",
            "\ud83d\ude00",
            "\\ud83d",
            "\\ude00",
            "\"",
            "\\",
            "}",
            "{\"",
            "",
            "\ufffd"
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(words[random.nextInt(random.nextInt(4) == 0 ? words.length : 7)]);
        }
        return text.toString();
    }

    private String mutated(String chunk) {
        if (random.nextInt(6) > 0) {
            return chunk;
        }
        int at = random.nextInt(chunk.length());
        return chunk.substring(0, at) + (char) (32 + random.nextInt(90)) + chunk.substring(at + random.nextInt(2));
    }

    /** With an event behind each that makes the parser read the next. */
    private void assertSame(String body, ReasoningDialect dialect) {
        Decoded byTemplate = Decoded.of(dialect, List.of(bytes(body)));
        Decoded byParser = Decoded.of(dialect, List.of(bytes(body.replace("\n\n", "\n\n" + FORGET))));

        assertThat(byTemplate).as("seed %d: %s", seed, body).isEqualTo(byParser);
    }

    @Test
    void should_leave_next_to_no_garbage_but_the_text() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String text : List.of(" token", "\u63a8\u7406\u6b65\u9aa4")) {
            String[] chunks = new String[10_000];
            for (int i = 0; i < chunks.length; i++) {
                chunks[i] = chunk(text + i);
            }
            byte[] body = bytes(stream(chunks));
            AnswerDecoder decoder =
                    new AnswerDecoder(ReasoningDialect.DEEPSEEK, DecoderLimits.DEFAULT, new AnswerListener() {});
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int from = 0; from < body.length; from += 4_000) {
                decoder.decode(ByteBuffer.wrap(body, from, Math.min(4_000, body.length - from)));
            }
            long garbage = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(decoder.hasPieces()).isTrue();
            assertThat(garbage / chunks.length).as("bytes a chunk").isLessThan(300);
        }
    }
}
