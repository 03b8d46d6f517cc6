package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTest {

    /** No event may be larger than this, whatever smaller limit is asked for. */
    private static final int LIMIT = 8 * 1024;

    private final List<String> heard = new ArrayList<>();
    private final SseDecoder.Events events = (buffer, offset, length, name) ->
            heard.add(name + " " + new String(buffer, offset, length, StandardCharsets.UTF_8));

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> read(String body) {
        return read(body, body.length());
    }

    private List<String> read(String body, int piece) {
        heard.clear();
        SseDecoder decoder = new SseDecoder(LIMIT);
        byte[] all = body.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < all.length; from += piece) {
            decoder.decode(ByteBuffer.wrap(all, from, Math.min(piece, all.length - from)), events);
        }
        decoder.end(events);
        return List.copyOf(heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void should_read_the_same_however_it_is_cut(String lineEnd) {
        String body = ": a comment\n\nevent: error\ndata: {\"a\":\ndata: 1}\n\nid: 7\n\ndata: two\n: between\ndata:\n"
                + "data: lines\n\n\n\nevent: ping\n\ndata: last";
        List<String> expected = List.of("ERROR {\"a\":\n1}", "MESSAGE two\n\nlines", "MESSAGE last");

        for (int piece = 1; piece <= body.length(); piece++) {
            assertThat(read(body.replace("\n", lineEnd), piece))
                    .as("pieces of %d", piece)
                    .isEqualTo(expected);
        }
    }

    @Test
    void should_take_a_line_that_is_indented_or_without_its_field() {
        assertThat(read("  data: a\n\n\tdata:b\n\n \t {\"c\":1}\n\n[2]\n\n\"[DONE]\"\n\n"))
                .containsExactly("MESSAGE a", "MESSAGE b", "MESSAGE {\"c\":1}", "MESSAGE [2]", "MESSAGE \"[DONE]\"");
    }

    @Test
    void should_take_the_mark_of_utf_8_wherever_a_line_begins() {
        assertThat(read("\ufeffdata: a\n\n\ufeff \ufeffdata: \ufeffb\n\n\ufeff{}\n\ndata: c\ufeff\n\n"))
                .containsExactly("MESSAGE a", "MESSAGE b", "MESSAGE {}", "MESSAGE c\ufeff");
    }

    @Test
    void should_take_the_field_once_that_a_relay_has_put_before_itself() {
        assertThat(read("data: data: a\n\ndata:data:data:b\n\ndata: {\"data:\":1}\n\n"))
                .containsExactly("MESSAGE a", "MESSAGE b", "MESSAGE {\"data:\":1}");
    }

    @Test
    void should_take_an_error_that_is_a_field_for_an_event_of_its_own() {
        assertThat(read("data: a\nerror: {\"code\":500}\n\nERROR:gone\n\ndata: b\n\n"))
                .containsExactly("MESSAGE a", "ERROR {\"code\":500}", "ERROR gone", "MESSAGE b");
        assertThat(read("error:\n\nerror: null\n\nerror: {}\n\nerr\n\nerrors: 1\n\n"))
                .isEmpty();
    }

    @Test
    void should_leave_out_what_is_no_data() {
        assertThat(read("dat\n\ndat: a\n\n \n\nx{}\n\n\"a\"\n\n\"[DON\n\nretry: 1\n\nevent\n\n"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', MESSAGE",
        "' message ', MESSAGE",
        "MESSAGE, MESSAGE",
        "error, ERROR",
        "stream_Error, ERROR",
        "OverloadedException, ERROR",
        "messages, OTHER",
        "ping, OTHER"
    })
    void should_know_what_the_server_calls_an_event(String name, String known) {
        assertThat(read("event:" + name + "\ndata: a\n\ndata: b\n\n")).containsExactly(known + " a", "MESSAGE b");
    }

    @Test
    void should_give_an_empty_line_of_data_as_an_event_without_any() {
        assertThat(read("data\n\ndata:\n\ndata: \n\n")).containsExactly("MESSAGE ", "MESSAGE ");
    }

    /** With its line ends, since they must have come before it can be passed on. */
    @Test
    void should_take_an_event_as_large_as_the_limit_and_no_larger() {
        for (int limit : new int[] {0, LIMIT, 3 * LIMIT}) {
            int most = Math.max(LIMIT, limit);
            String largest = "x".repeat(most - "data: \n\n".length());

            for (int piece : new int[] {most + 1, 1000, 1}) {
                heard.clear();
                assertThat(accepts(limit, "data: " + largest + "\n\n", piece)).isTrue();
                assertThat(heard).containsExactly("MESSAGE " + largest);

                heard.clear();
                assertThat(accepts(limit, "data: x" + largest + "\n\n", piece)).isFalse();
                assertThat(heard).isEmpty();
            }
        }
    }

    private boolean accepts(int limit, String body, int piece) {
        SseDecoder decoder = new SseDecoder(limit);
        byte[] all = body.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < all.length; from += piece) {
            if (!decoder.decode(ByteBuffer.wrap(all, from, Math.min(piece, all.length - from)), events)) {
                return false;
            }
        }
        return true;
    }

    /** Else a server that says for a long time only that it is there would reach the limit. */
    @Test
    void should_not_count_what_it_leaves_out_and_what_it_has_passed_on() {
        String body = (": keep-alive\n" + "\n" + "event: ping\n\ndata: a\n\n").repeat(LIMIT);

        assertThat(accepts(LIMIT, body, 1 << 20)).isTrue();
        assertThat(heard).hasSize(LIMIT).containsOnly("MESSAGE a");
    }

    /** Two streams on one thread: what one has kept is not the other's to write over, also if it fills the thread's buffer. */
    @Test
    void should_keep_a_cut_event_from_the_threads_next_stream() {
        for (int size : new int[] {1, 8_000, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 40_000}) {
            for (String before : List.of("", "data: " + "a".repeat(10_000) + "\n\n")) {
                SseDecoder one = new SseDecoder(1 << 20);
                SseDecoder other = new SseDecoder(1 << 20);
                String payload = "x".repeat(size);
                heard.clear();

                one.decode(
                        bytes(before + payload.replaceFirst("^x{1,6}", "data: ").substring(0, size)), events);
                other.decode(bytes("data: " + "z".repeat(16_000) + "\n\n"), (buffer, offset, length, name) -> {});
                one.decode(bytes((size < 6 ? "ata: ".substring(size - 1) : "") + "y\n\n"), events);

                String text = "x".repeat(Math.max(0, size - 6)) + "y";
                assertThat(heard.get(heard.size() - 1)).as("%d bytes", size).isEqualTo("MESSAGE " + text);
            }
        }
    }

    /** What comes in one line and needs no field may be the first that the buffer holds. */
    @Test
    void should_join_lines_without_a_field_at_the_very_start() {
        String body = "{\"a\":\ndata: 1}\n\n";

        for (int piece = 1; piece <= body.length(); piece++) {
            assertThat(read(body, piece)).containsExactly("MESSAGE {\"a\":\n1}");
        }
        assertThat(read("{}")).containsExactly("MESSAGE {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t ", "\ufeff", "data: a\n\n ", "data: a\n\n\ufeff"})
    void should_not_mind_a_margin_at_the_end(String body) {
        assertThat(read(body)).isEqualTo(body.contains("a") ? List.of("MESSAGE a") : List.of());
    }

    @Test
    void should_make_no_buffer_where_the_threads_own_will_do() {
        byte[] event = ("data: " + "x".repeat(3_000) + "\n\n").getBytes(StandardCharsets.UTF_8);

        assertThat(garbage(1_000, event, event.length)).isLessThan(200_000);
        // Half an event must be kept, once each time.
        assertThat(garbage(1_000, event, event.length / 2)).isBetween(1_500_000L, 2_000_000L);
        byte[] three = new String(event, StandardCharsets.UTF_8).repeat(3).getBytes(StandardCharsets.UTF_8);
        assertThat(garbage(1_000, three, three.length / 2)).isBetween(1_500_000L, 2_000_000L);
    }

    @Test
    void should_make_room_for_a_large_event_in_few_steps() {
        byte[] event = ("data: " + "x".repeat(1_000_000) + "\n\n").getBytes(StandardCharsets.UTF_8);

        assertThat(garbage(1, event, event.length)).isBetween(1_000_000L, 1_500_000L);
        assertThat(garbage(1, event, 4_000)).isLessThan(8_000_000);
    }

    /** The bytes that are made while an event comes so often in such pieces. */
    private static long garbage(int count, byte[] event, int piece) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SseDecoder decoder = new SseDecoder(1 << 24);
        SseDecoder.Events nobody = (buffer, offset, length, name) -> {};
        decoder.decode(ByteBuffer.wrap(event), nobody);
        ByteBuffer bytes = ByteBuffer.wrap(event);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < count; i++) {
            for (int from = 0; from < event.length; from += piece) {
                bytes.limit(Math.min(event.length, from + piece)).position(from);
                decoder.decode(bytes, nobody);
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Answers of several models on one thread, one cut in the midst of the other's event. */
    @Test
    void should_let_a_callback_decode_another_stream() {
        SseDecoder outer = new SseDecoder(LIMIT);
        SseDecoder inner = new SseDecoder(LIMIT);
        inner.decode(bytes("data: inner"), events);

        outer.decode(bytes("data: outer 1\n\ndata: outer 2\n\ndata: out"), (buffer, offset, length, name) -> {
            inner.decode(bytes(" more\n\ndata: inner"), events);
            events.onEvent(buffer, offset, length, name);
        });
        outer.decode(bytes("er 3\n\n"), events);

        assertThat(heard)
                .containsExactly(
                        "MESSAGE inner more",
                        "MESSAGE outer 1",
                        "MESSAGE inner more",
                        "MESSAGE outer 2",
                        "MESSAGE outer 3");
    }

    @Test
    void should_find_the_end_of_a_line_that_begins_as_the_one_before() {
        String line = "data: {\"id\":\"0123456789\",\"content\":\"a longer text\"}";
        List<String> expected = new ArrayList<>();
        StringBuilder body = new StringBuilder();
        for (int length = line.length(); length >= "data: {".length(); length--) {
            body.append(line, 0, length).append("\n\n");
            expected.add("MESSAGE " + line.substring("data: ".length(), length));
            body.append(line).append("\n\n");
            expected.add("MESSAGE " + line.substring("data: ".length()));
        }

        for (int piece : new int[] {body.length(), 1, 7, 100, 1000}) {
            assertThat(read(body.toString(), piece)).as("pieces of %d", piece).isEqualTo(expected);
        }
    }

    /** The escape becomes a line end within the buffer, where the next line has one of its own. */
    @Test
    void should_find_the_end_of_a_line_where_the_one_before_was_changed_in_place() {
        String lines = "data: {\"c\":\"a.b\"}\n\ndata: {\"c\":\"a\n\ndata: {\"c\":\"a.b\"}\n\ndata: {}\n\n";
        SseDecoder decoder = new SseDecoder(LIMIT);

        decoder.decode(bytes(lines), (buffer, offset, length, name) -> {
            heard.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
            for (int i = offset; i < offset + length; i++) {
                buffer[i] = buffer[i] == '.' ? (byte) '\n' : buffer[i];
            }
        });

        assertThat(heard).containsExactly("{\"c\":\"a.b\"}", "{\"c\":\"a", "{\"c\":\"a.b\"}", "{}");
    }
}
