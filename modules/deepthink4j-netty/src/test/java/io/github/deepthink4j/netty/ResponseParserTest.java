package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses whatever their framing and their cuts, beside what Netty's own decoder makes of them. */
class ResponseParserTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** What was read of one response. */
    private static final class Read implements ResponseParser.Sink {

        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        final ResponseParser parser = new ResponseParser(this);
        int status;
        Map<String, List<String>> headers = Map.of();
        int left;

        static Read of(String response) throws IOException {
            return of(response, response.length());
        }

        static Read of(String response, int step) throws IOException {
            Read read = new Read();
            read.parser.begin(false);
            byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < bytes.length; at += step) {
                ByteBuf part = Unpooled.wrappedBuffer(bytes, at, Math.min(step, bytes.length - at));
                read.parser.read(part);
                read.left += part.readableBytes();
            }
            return read;
        }

        @Override
        public void head(int status, Map<String, List<String>> headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        public void body(ByteBuf from, int length) {
            byte[] part = new byte[length];
            from.readBytes(part);
            body.writeBytes(part);
        }

        String text() {
            return body.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void should_read_chunks_with_extensions_and_trailers(int step) throws Exception {
        Read read = Read.of(
                CHUNKED + "5;name=\"a;b\"\r\nhello\r\n1 \r\n \r\n00A\r\n1234567890\r\n0;last\r\nX-Sum: 1\r\n\r\n",
                step);

        assertThat(read.text()).isEqualTo("hello 1234567890");
        assertThat(read.parser.isOver()).isTrue();
        assertThat(read.parser.keepsConnection()).isTrue();
        assertThat(read.left).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 1000})
    void should_pass_over_what_comes_before_the_response(int step) throws Exception {
        Read read = Read.of(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
                        + "HTTP/1.1 429 \r\nRetry-After:  3 \r\nX: a\r\n  b\r\ncontent-length: 2\r\n\r\nhi",
                step);

        assertThat(read.status).isEqualTo(429);
        assertThat(read.headers)
                .containsEntry("Retry-After", List.of("3"))
                .containsEntry("X", List.of("a b"))
                .doesNotContainKey("Link");
        assertThat(read.headers.get("CONTENT-LENGTH")).containsExactly("2");
        assertThat(read.text()).isEqualTo("hi");
    }

    @Test
    void should_take_lines_that_end_without_a_carriage_return() throws Exception {
        Read read = Read.of("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nhi\n0\n\n");

        assertThat(read.text()).isEqualTo("hi");
        assertThat(read.parser.isOver()).isTrue();
    }

    @Test
    void should_read_until_the_connection_is_closed_where_nothing_else_is_said() throws Exception {
        Read read = Read.of("HTTP/1.0 200 OK\r\n\r\nall of it");

        assertThat(read.parser.isOver()).isFalse();
        read.parser.closed();
        assertThat(read.parser.isOver()).isTrue();
        assertThat(read.parser.keepsConnection()).isFalse();
        assertThat(read.text()).isEqualTo("all of it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                CHUNKED + "5\r\nhello\r\n",
                CHUNKED + "5\r\nhello\r\n0\r\n",
            })
    void should_say_that_the_end_is_missing(String cut) throws Exception {
        Read read = Read.of(cut);

        assertThatThrownBy(read.parser::closed).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1.1, '',                      true",
        "1.1, 'Connection: close',     false",
        "1.1, 'Connection: x, Close',  false",
        "1.0, '',                      false",
        "1.0, 'Connection: keep-alive',true",
    })
    void should_know_whether_the_connection_goes_on(String version, String header, boolean keeps) throws Exception {
        Read read = Read.of("HTTP/" + version + " 200 OK\r\nContent-Length: 0\r\n" + header
                + (header.isEmpty() ? "" : "\r\n") + "\r\n");

        assertThat(read.parser.isOver()).isTrue();
        assertThat(read.parser.keepsConnection()).isEqualTo(keeps);
    }

    @Test
    void should_not_trust_a_connection_whose_body_has_two_lengths() throws Exception {
        Read read = Read.of("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

        assertThat(read.parser.isOver()).isTrue();
        assertThat(read.parser.keepsConnection()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void should_expect_no_body_where_there_is_none(int status) throws Exception {
        Read read = Read.of("HTTP/1.1 " + status + " None\r\nContent-Length: 7\r\n\r\n");

        assertThat(read.parser.isOver()).isTrue();
    }

    @Test
    void should_leave_what_comes_after_the_response() throws Exception {
        Read read = Read.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 200 OK\r\n");

        assertThat(read.left).isEqualTo("HTTP/1.1 200 OK\r\n".length());
    }

    @Test
    void should_pass_over_what_is_no_header() throws Exception {
        Read read = Read.of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nno colon\r\n goes on\r\n\r\nhi");

        assertThat(read.body).hasToString("hi");
        assertThat(read.headers).containsOnlyKeys("Content-Length");
    }

    @Test
    void should_read_a_body_that_is_what_it_is() throws Exception {
        assertThat(Read.of("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi").body)
                .hasToString("hi");
    }

    @Test
    void should_read_a_header_as_long_as_the_jdks_client_does() throws Exception {
        String value = "x".repeat(200_000);

        assertThat(Read.of("HTTP/1.1 200 OK\r\nX: " + value + "\r\nContent-Length: 0\r\n\r\n").headers)
                .containsEntry("X", List.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "\r\n",
                "HTTP/2 200\r\n",
                "HTTP/1.1 20 OK\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nspace : x\r\n",
                "HTTP/1.1 200 OK\r\n folded\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
                CHUNKED + "\r\n",
                CHUNKED + "xyz\r\n",
                CHUNKED + "-1\r\n",
                CHUNKED + "1ffffffffffffffff\r\n",
                CHUNKED + "2\r\nhi!\r\n",
            })
    void should_refuse_what_is_no_response(String broken) {
        assertThatThrownBy(() -> Read.of(broken)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Read.of(broken, 1)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void should_bound_heads_extensions_and_trailers() {
        String much = "x".repeat(ResponseParser.MOST_HEAD_BYTES + 1);

        assertThatThrownBy(() -> Read.of("HTTP/1.1 200 OK\r\nX: " + much)).hasMessageContaining("bytes of headers");
        assertThatThrownBy(() -> Read.of("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(80_000)))
                .hasMessageContaining("bytes of headers");
        assertThatThrownBy(() -> Read.of(CHUNKED + "1;" + much)).hasMessageContaining("bytes of headers");
        assertThatThrownBy(() -> Read.of(CHUNKED + "0\r\n" + "X: y\r\n".repeat(80_000)))
                .hasMessageContaining("bytes of headers");
    }

    @Test
    void should_read_what_nettys_decoder_reads() throws Exception {
        Random random = new Random(4711);
        for (int i = 0; i < 500; i++) {
            String response = random(random);
            int step = 1 + random.nextInt(response.length());

            Read read = Read.of(response, step);

            assertThat(read.text()).as(response).isEqualTo(byNetty(response));
            assertThat(read.parser.isOver()).as(response).isTrue();
        }
    }

    private static String random(Random random) {
        StringBuilder response = new StringBuilder();
        if (random.nextInt(4) == 0) {
            response.append("HTTP/1.1 100 Continue\r\n\r\n");
        }
        response.append("HTTP/1.1 200 OK\r\nDate: now\r\n");
        String text = "data: \r\n0123456789\n".repeat(random.nextInt(20));
        if (random.nextBoolean()) {
            return response + "Content-Length: " + text.length() + "\r\n\r\n" + text;
        }
        response.append("Transfer-Encoding: ")
                .append(random.nextBoolean() ? "chunked" : "Chunked")
                .append("\r\n\r\n");
        for (int at = 0; at < text.length(); ) {
            int size = 1 + random.nextInt(text.length() - at);
            response.append(
                            random.nextBoolean()
                                    ? Integer.toHexString(size)
                                    : Integer.toHexString(size).toUpperCase())
                    .append(random.nextInt(3) == 0 ? ";a=b" : "")
                    .append("\r\n")
                    .append(text, at, at + size)
                    .append("\r\n");
            at += size;
        }
        return response + "0\r\n" + (random.nextBoolean() ? "X-Trailer: y\r\n" : "") + "\r\n";
    }

    private static String byNetty(String response) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseDecoder());
        channel.writeInbound(Unpooled.wrappedBuffer(response.getBytes(StandardCharsets.ISO_8859_1)));
        StringBuilder text = new StringBuilder();
        int status = 0;
        int ends = 0;
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            if (next instanceof HttpResponse head) {
                status = head.status().code();
            }
            if (next instanceof HttpContent content) {
                text.append(content.content().toString(StandardCharsets.ISO_8859_1));
            }
            ends += next instanceof LastHttpContent ? 1 : 0;
            ReferenceCountUtil.release(next);
        }
        channel.finishAndReleaseAll();
        assertThat(status).isEqualTo(200);
        assertThat(ends).isPositive();
        return text.toString();
    }
}
