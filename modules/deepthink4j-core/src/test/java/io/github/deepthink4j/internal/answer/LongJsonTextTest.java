package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What looks at eight bytes at a time finds what a look at each would. */
class LongJsonTextTest {

    private static final String[] PARTS = {
        "a",
        "Hello",
        "\\\\",
        "\\\"",
        "\\n",
        "\\u0041",
        "\\x",
        "ü",
        "中文",
        "𝄞",
        "\u0080",
        "\u001f",
        " ",
        "!",
        "\t",
        "\"",
        "\\",
        "[",
        "]",
        "{",
        "}",
        "a longer piece of text in which nothing is special at all"
    };

    private final Random random = new Random(7);

    @Test
    void should_find_the_end_that_a_byte_by_byte_search_finds() {
        for (int round = 0; round < 20_000; round++) {
            // given
            byte[] bytes = bytes();
            int from = Math.min(bytes.length, random.nextInt(9));
            int limit = from + random.nextInt(bytes.length - from + 1);
            int expected = from;
            while (expected < limit && bytes[expected] != '"') {
                expected += bytes[expected] == '\\' ? 2 : 1;
            }

            // when
            int end = LongJsonText.end(bytes, from, limit);

            // then
            assertThat(end).as(shown(bytes)).isEqualTo(Math.min(expected, limit));
        }
    }

    @Test
    void should_read_what_the_short_way_reads_and_leave_to_the_parser_what_it_leaves() {
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            // given
            byte[] bytes = bytes();
            byte[] once = bytes.clone();
            byte[] again = bytes.clone();
            int from = Math.min(bytes.length, random.nextInt(9));
            int to = LongJsonText.end(bytes, from, bytes.length);

            // when
            String text = LongJsonText.read(once, from, to);

            // then
            assertThat(text).as(shown(bytes)).isEqualTo(PlainJsonText.read(again, from, to));
            if (text == null) {
                assertThat(once).isEqualTo(bytes);
            } else {
                read++;
            }
        }
        assertThat(read).isGreaterThan(1_000);
    }

    @Test
    void should_call_closed_only_what_the_parser_finds_whole_or_wrong_before_its_end() {
        int closed = 0;
        for (int round = 0; round < 20_000; round++) {
            // given
            byte[] bytes = ((random.nextBoolean() ? "{\"a\":\"" : "[\"")
                            + new String(bytes(), StandardCharsets.UTF_8)
                            + (random.nextBoolean() ? "\"}" : "\"]"))
                    .getBytes(StandardCharsets.UTF_8);

            // when
            boolean closes = LongJsonText.closes(bytes, bytes.length);

            // then
            if (closes) {
                closed++;
                assertThat(isCut(bytes)).as(shown(bytes)).isFalse();
            }
        }
        assertThat(closed).isGreaterThan(1_000);
    }

    @Test
    void should_find_line_ends_wherever_they_stand() {
        for (int length = 0; length < 40; length++) {
            for (int place = 0; place < length; place++) {
                for (char lineEnd : new char[] {'\n', '\r'}) {
                    // given
                    byte[] bytes = "中".repeat(20).getBytes(StandardCharsets.UTF_8);
                    bytes[place] = (byte) lineEnd;

                    // when
                    int found = LongBytes.lineEnd(bytes, 0, length);

                    // then
                    assertThat(found).isEqualTo(place);
                    assertThat(LongBytes.lineEnd(bytes, place + 1, length)).isEqualTo(length);
                }
            }
        }
    }

    @Test
    void should_tell_a_single_byte_that_is_no_ascii() {
        for (int length = 1; length < 40; length++) {
            for (int place = 0; place < length; place++) {
                // given
                byte[] bytes = "a".repeat(length).getBytes(StandardCharsets.US_ASCII);
                assertThat(LongBytes.isAscii(bytes, 0, length)).isTrue();
                bytes[place] = (byte) 0x80;

                // when
                boolean ascii = LongBytes.isAscii(bytes, 0, length);

                // then
                assertThat(ascii).isFalse();
                assertThat(LongBytes.isAscii(bytes, place + 1, length)).isTrue();
            }
        }
    }

    private byte[] bytes() {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(12);
        int kinds = 1 + random.nextInt(PARTS.length);
        for (int part = 0; part < parts; part++) {
            text.append(PARTS[random.nextInt(kinds)]);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static boolean isCut(byte[] bytes) {
        try (JsonParser parser = new JsonFactory().createParser(bytes)) {
            parser.nextToken();
            parser.skipChildren();
            parser.finishToken();
            return false;
        } catch (JsonEOFException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
