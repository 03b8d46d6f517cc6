package io.github.deepthink4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator takes HTTP as clients and proxies send it, byte by byte. */
@Timeout(60)
class HttpTest {

    private static final String BODY =
            "{\"model\":\"deepseek-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String KEY = "Host: here\r\nAuthorization: Bearer sk-test\r\n";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @BeforeEach
    void answer() {
        deepSeek.brain(request -> Answer.text("Hello"));
    }

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), deepSeek.port());
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static String post(String more, String body) {
        return "POST /chat/completions HTTP/1.1\r\n" + KEY + more + "\r\n" + body;
    }

    private static String sized(String more, String body) {
        return post(more + "Content-Length: " + body.length() + "\r\n", body);
    }

    private static String chunked(String extension, String body) {
        int half = body.length() / 2;
        return Integer.toHexString(half) + extension + "\r\n" + body.substring(0, half) + "\r\n"
                + Integer.toHexString(body.length() - half).toUpperCase() + extension + "\r\n" + body.substring(half)
                + "\r\n0" + extension + "\r\n";
    }

    /** Until the server closes. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connect()) {
            write(socket, request);
            return rest(socket);
        }
    }

    private static String until(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("the connection is open; so far came " + read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            ''              | ''
            ;name=value     | ''
            ' ; a="b;c" ;d' | X-Checksum: 1
            ''              | X-One: 1 + X-Two: 2
            """)
    void should_read_chunks_with_extensions_and_trailers(String extension, String trailer) throws IOException {
        String trailers = trailer.isEmpty() ? "" : trailer.replace(" + ", "\r\n") + "\r\n";
        try (Socket socket = connect()) {
            write(socket, post("Transfer-Encoding: chunked\r\n", chunked(extension, BODY) + trailers + "\r\n"));
            assertThat(until(socket, "0\r\n\r\n")).startsWith("HTTP/1.1 200").contains("Hello");

            write(socket, sized("", BODY));
            assertThat(until(socket, "0\r\n\r\n")).as("nothing is left over").startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void should_tell_a_client_that_waits_to_go_on() throws IOException {
        try (Socket socket = connect()) {
            write(socket, post("Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n", ""));
            assertThat(until(socket, "\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            write(socket, BODY);
            assertThat(until(socket, "0\r\n\r\n")).startsWith("HTTP/1.1 200").contains("Hello");
        }
        try (Socket socket = connect()) {
            write(socket, post("Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n", ""));
            assertThat(until(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100");

            write(socket, chunked("", BODY) + "\r\n");
            assertThat(until(socket, "0\r\n\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void should_close_if_asked_to() throws IOException {
        assertThat(exchange(sized("Connection: close\r\n", BODY)))
                .startsWith("HTTP/1.1 200")
                .contains("Connection: close\r\n")
                .contains("Hello");
        assertThat(exchange(sized("Connection: TE, Close\r\n", BODY.replace("{\"model", "{\"stream\":true,\"model"))))
                .contains("Connection: close\r\n")
                .contains("[DONE]");
        assertThat(exchange(sized("Connection: close\r\n", "{}")))
                .startsWith("HTTP/1.1 400")
                .contains("Connection: close\r\n");
    }

    @Test
    void should_close_if_a_script_says_so() throws IOException {
        deepSeek.onAnyMessage().answer("Bye").header("Connection", "close");

        assertThat(exchange(sized("", BODY)))
                .containsOnlyOnce("Connection: close")
                .contains("Bye");
    }

    @Test
    void should_send_no_chunks_to_http_1_0() throws IOException {
        assertThat(exchange(sized("", BODY).replace("HTTP/1.1", "HTTP/1.0")))
                .contains("\r\n\r\n{\"id\"")
                .doesNotContain("chunked")
                .contains("Connection: close")
                .endsWith("}");
    }

    @Test
    void should_answer_pipelined_requests_in_their_order() throws IOException {
        deepSeek.brain(request -> Answer.text("to " + request.lastUserText()));

        String answers = exchange(sized("", BODY) + "\r\n" + sized("", BODY.replace("Hi", "Ho"))
                + sized("Connection: close\r\n", BODY.replace("Hi", "Hu")));

        assertThat(answers)
                .containsSubsequence("HTTP/1.1 200", "to Hi", "HTTP/1.1 200", "to Ho", "HTTP/1.1 200", "to Hu");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HEAD    | /models            | 200
            GET     | /models            | 200
            GET     | /v1/models?limit=1 | 200
            HEAD    | /user/balance      | 200
            GET     | /models/nothing    | 404
            OPTIONS | /chat/completions  | 204
            OPTIONS | /nowhere           | 404
            GET     | /chat/completions  | 405
            DELETE  | /models            | 405
            POST    | /user/balance      | 405
            GET     | /nowhere           | 404
            GET     | /chat/completions/ | 404
            GET     | //models           | 404
            GET     | http://here:1/models        | 200
            GET     | https://api.deepseek.com/v1/models?a=b | 200
            GET     | http://here        | 404
            """)
    void should_know_methods_and_targets(String method, String target, int status) throws IOException {
        String answer = exchange(method + " " + target + " HTTP/1.1\r\n" + KEY + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.contains("Allow: ")).isEqualTo(status == 405 || status == 204);
        if (method.equals("HEAD")) {
            assertThat(answer).endsWith("\r\n\r\n").doesNotContain("Content-Length: 0");
        }
    }

    @Test
    void should_chat_at_an_absolute_target_with_a_query() throws IOException {
        String request = sized("Connection: close\r\n", BODY)
                .replace("/chat/completions", "http://here/v1/chat/completions?api-version=1");

        assertThat(exchange(request)).startsWith("HTTP/1.1 200").contains("Hello");
        assertThat(deepSeek.lastRequest().path()).isEqualTo("/v1/chat/completions?api-version=1");
    }

    @Test
    void should_not_ask_a_browser_for_the_key_beforehand() throws IOException {
        assertThat(exchange("OPTIONS /chat/completions HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 204")
                .contains("Allow: POST, OPTIONS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | GET /models
            400 | hello
            505 | GET /models HTTP/2.0
            505 | GET /models HTTP/0.9
            400 | POST /chat/completions HTTP/1.1\\r\\nno header
            400 | POST /chat/completions HTTP/1.1\\r\\nName : value
            400 | POST /chat/completions HTTP/1.1\\r\\n folded: value
            400 | POST /chat/completions HTTP/1.1\\r\\nContent-Length: many
            400 | POST /chat/completions HTTP/1.1\\r\\nContent-Length: -1
            400 | POST /chat/completions HTTP/1.1\\r\\nContent-Length: 3\\r\\nContent-Length: 4
            413 | POST /chat/completions HTTP/1.1\\r\\nContent-Length: 99999999999
            417 | POST /chat/completions HTTP/1.1\\r\\nExpect: miracles
            501 | POST /chat/completions HTTP/1.1\\r\\nTransfer-Encoding: gzip, chunked
            400 | POST /chat/completions HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz
            400 | POST /chat/completions HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\nabc
            """)
    void should_refuse_what_is_no_request_and_close(int status, String head) throws IOException {
        String answer = exchange(head.replace("\\r\\n", "\r\n") + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Connection: close\r\n");
    }

    @Test
    void should_refuse_a_head_that_is_too_long() throws IOException {
        assertThat(exchange(post("X-Many: " + "x".repeat(70_000) + "\r\n", ""))).startsWith("HTTP/1.1 431 ");
        assertThat(exchange(post("X-Many: y\r\n".repeat(7_000), ""))).startsWith("HTTP/1.1 431 ");
        assertThat(exchange(post("X-Fits: " + "x".repeat(30_000) + "\r\nConnection: close\r\n", "")))
                .startsWith("HTTP/1.1 400 ")
                .contains("EOF while parsing a value at line 1 column 0");
    }

    @Test
    void should_serve_on_after_a_client_that_breaks_off() throws IOException {
        try (Socket socket = connect()) {
            write(socket, post("Content-Length: 1000\r\n", "{"));
        }
        try (Socket socket = connect()) {
            write(socket, post("Transfer-Encoding: chunked\r\n", "ff\r\n{"));
        }

        assertThat(exchange(sized("Connection: close\r\n", BODY))).startsWith("HTTP/1.1 200");
        assertThat(deepSeek.requests()).hasSize(1);
    }
}
