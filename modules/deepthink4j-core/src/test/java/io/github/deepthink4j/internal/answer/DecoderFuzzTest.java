package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Decoded.delta;
import static io.github.deepthink4j.internal.answer.Decoded.finish;
import static io.github.deepthink4j.internal.answer.Decoded.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.answer.Ending.Kind;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.thorough.Thorough;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any cut of the bytes gives the same; bytes that make no sense give an ending, and nothing that is larger than they are. */
@Timeout(60)
class DecoderFuzzTest {

    private static final int ROUNDS = Thorough.times(5000, 1000);

    /** Tags and call markup are looked for as well, so that all stages are in the way. */
    private static final ReasoningDialect EVERYTHING = ReasoningDialect.OTHER_HOST;

    private static final String BODY = ": keep-alive\r\n\r\n"
            + stream(
                    delta("{\"content\":null,\"reasoning_content\":\"So \\u00fc \u4e2d\u6587 \ud83d\ude00\"}"),
                    delta("{\"content\":\"Yes \\ud83d\\ude00 \u00fc\u4e2d\",\"reasoning_content\":null}"),
                    "{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"a\","
                            + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"\u00fc\\\"}\"}}]}}]}",
                    finish("tool_calls"));

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void should_come_to_the_same_however_the_bytes_are_cut() {
        byte[] bytes = BODY.getBytes(StandardCharsets.UTF_8);
        Decoded whole = Decoded.of(BODY);
        assertThat(whole.answer().ending().kind()).isEqualTo(Kind.COMPLETE);
        assertThat(whole.answer().toolCalls()).hasSize(1);

        for (int i = 0; i < ROUNDS / 5; i++) {
            assertThat(Decoded.of(ReasoningDialect.DEEPSEEK, Decoded.cut(bytes, random)))
                    .as("seed %d, round %d", seed, i)
                    .isEqualTo(whole);
        }
    }

    @Test
    void should_never_throw_on_a_stream_with_wrong_bytes() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] mutated = body.clone();
            for (int flips = random.nextInt(20); flips >= 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            decode(mutated, i);
        }
    }

    @RepeatedTest(2)
    void should_never_throw_on_random_bytes() {
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            decode(bytes, i);
        }
    }

    /** Nearer to the truth than bytes: what a stream is made of, in any order. */
    @Test
    void should_never_throw_on_shreds_of_a_stream() {
        String[] shreds = {
            "data: ",
            "event: error",
            "\n",
            "\n\n",
            "\r",
            "{",
            "}",
            "[",
            "]",
            "\"choices\"",
            "\"delta\"",
            ":",
            ",",
            "\"content\"",
            "\"reasoning_content\"",
            "\"tool_calls\"",
            "\"error\"",
            "null",
            "-1",
            "1e999",
            "\"<think>",
            "</think>\"",
            "\"<\uff5cDSML\uff5ctool_calls>\"",
            "[DONE]",
            "\"\\ud83d\"",
            "\"usage\"",
            "\"finish_reason\"",
            "\"stop\"",
            "{\"choices\":[{\"delta\":{\"content\":\""
        };
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int count = random.nextInt(60); count > 0; count--) {
                text.append(shreds[random.nextInt(shreds.length)]);
            }
            decode(text.toString().getBytes(StandardCharsets.UTF_8), i);
        }
    }

    private void decode(byte[] bytes, int round) {
        AssembledAnswer answer =
                Decoded.of(EVERYTHING, Decoded.cut(bytes, random)).answer();

        assertThat(answer.ending()).as("seed %d, round %d", seed, round).isNotNull();
        assertThat(length(answer.text()) + length(answer.thinking()))
                .as("seed %d, round %d", seed, round)
                .isLessThanOrEqualTo(bytes.length);
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }
}
