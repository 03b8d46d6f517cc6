package io.github.deepthink4j.internal.answer;

import static io.github.deepthink4j.internal.answer.Ending.Kind;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.settings.DecoderLimits;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyParserTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What strings are escaped with, and what ends them where it is not. */
    private static final String[] PARTS = {
        "word ", "\"", "\\", "\n", "\t", "/", "推理", "😀", "é", "\u0001", "\u007f", "\ufffd", "{", "}", "  ", "\\n",
        "\\\""
    };

    private static String body(String message) {
        return "{\"id\":\"1\",\"choices\":[{\"index\":0,\"message\":" + message + ",\"finish_reason\":\"stop\"}]}";
    }

    private static String json(String text) {
        return MAPPER.getNodeFactory().textNode(text).toString();
    }

    /** With only some parts, so that some texts have no escape, and some only those that are undone in place. */
    private static String text(Random random) {
        int from = random.nextInt(PARTS.length);
        int kinds = 1 + random.nextInt(random.nextBoolean() ? 2 : PARTS.length);
        StringBuilder text = new StringBuilder();
        int length = 900 + random.nextInt(3_000);
        while (text.length() < length) {
            text.append(PARTS[(from + random.nextInt(kinds)) % PARTS.length]);
        }
        return text.toString();
    }

    @RepeatedTest(200)
    void should_read_long_texts_of_any_kind(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        String thought = text(random);
        String answer = text(random);
        String arguments = "{\"a\":" + json(text(random)) + "}";
        String unknown = text(random);
        String message = "{\"note\":" + json(unknown) + ",\"reasoning_content\":" + json(thought) + ",\"content\":"
                + json(answer) + ",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":"
                + json(arguments) + "}}]}";

        Decoded decoded = Decoded.of(body(message));

        assertThat(decoded.answer().thinking()).isEqualTo(thought);
        assertThat(decoded.answer().text()).isEqualTo(answer);
        assertThat(decoded.answer().toolCalls())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly(arguments);
        assertThat(decoded.answer().unknownFields().get("message.note").textValue())
                .isEqualTo(unknown);
    }

    @Test
    void should_take_the_last_of_a_long_text_that_stands_twice() {
        String text = "a \"b\"\n".repeat(500);

        Decoded decoded =
                Decoded.of(body("{\"content\":" + json(text + "first") + ",\"content\":" + json(text + "last") + "}"));

        assertThat(decoded.answer().text()).isEqualTo(text + "last");
    }

    @Test
    void should_read_a_long_text_of_a_message_before_its_index() {
        String text = "a \"b\"\n".repeat(500);

        Decoded decoded = Decoded.of("{\"choices\":[{\"message\":{\"content\":" + json(text)
                + "},\"index\":0,\"finish_reason\":\"stop\"}]}");

        assertThat(decoded.answer().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\\u12x", "\u0000", "\n"})
    void should_not_take_what_is_no_json_for_a_long_text(String wrong) {
        String text = "a \\\"b\\\"\\n".repeat(500) + wrong + "c".repeat(1_000);

        Decoded decoded = Decoded.of(body("{\"content\":\"" + text + "\"}"));

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void should_say_the_error_that_stands_beside_a_long_text() {
        String body = body("{\"content\":" + json("a \"b\"\n".repeat(500)) + "}");

        Decoded decoded = Decoded.of(
                body.substring(0, body.length() - 1) + ",\"error\":{\"message\":\"overloaded\",\"code\":503}}");

        assertThat(decoded.answer().ending().kind()).isEqualTo(Kind.ERROR_IN_STREAM);
        assertThat(decoded.answer().ending().detail()).contains("overloaded");
    }

    @Test
    void should_make_little_more_of_a_body_than_its_text() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String text = "a line of \"this and that\"\n".repeat(5_000);
        byte[] body = body("{\"content\":" + json(text) + "}").getBytes(StandardCharsets.UTF_8);
        AnswerDecoder decoder =
                new AnswerDecoder(ReasoningDialect.DEEPSEEK, DecoderLimits.DEFAULT, new AnswerListener() {});
        decoder.expect(body.length);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int from = 0; from < body.length; from += 16_384) {
            decoder.decode(ByteBuffer.wrap(body, from, Math.min(16_384, body.length - from)));
        }
        String answer = decoder.end().text();
        long garbage = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(answer).isEqualTo(text);
        assertThat(garbage).as("the body, the text, and 30 KB").isLessThan(body.length + text.length() + 30_000);
    }

    @Test
    void should_read_a_text_that_is_the_same_as_in_a_stream() {
        String text = "推理 \"b\"\n\ud83d".repeat(400);
        String delta = "{\"content\":" + json(text) + "}";

        Decoded whole = Decoded.of(body(delta));
        Decoded streamed = Decoded.of(
                ReasoningDialect.DEEPSEEK,
                List.of(Decoded.stream(Decoded.delta(delta), Decoded.finish("stop"))
                        .getBytes(StandardCharsets.UTF_8)));

        assertThat(whole.answer().text()).isEqualTo(streamed.answer().text());
    }
}
