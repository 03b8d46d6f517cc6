package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of errors in the shapes that hosts, and gateways in front of them, give them. */
class ServerWordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"error":{"message":"busy"}}                                          | busy
        {"error":{"message":"busy","error":{"message":"full"}}}               | busy (full)
        {"message":"busy","error":{"message":"busy"}}                         | busy
        {"error":{"message":" ","details":"full"}}                            | full
        {"error":{"message":"no","metadata":{"raw":"{\\"message\\":\\"full\\"}"}}} | no (full)
        {"error":{"message":"[{\\"message\\":\\"full\\"}]"}}                  | full
        {"error":{"message":"[cut off"}}                                      | [cut off
        {"error":{"message":"{no JSON}"}}                                     | {no JSON}
        {"error":{"message":"{\\"other\\":1}"}}                               | {"other":1}
        ["first",{"message":"second"}]                                        | first (second)
        "just words"                                                          | just words
        just words                                                            | just words
        {"data":"of no error"}                                                | {"data":"of no error"}
        {"data":{"message":"within"}}                                         | within
        {"code":7}                                                            | {"code":7}
        {"detail":[{"msg":"field required"}]}                                 | [{"msg":"field required"}]
        {"message":"wrong","detail":[{"msg":"field required"}]}               | wrong
        {"detail":{"reason":"x","message":"within"}}                          | within
        {"details":{"message":"not looked at"},"message":"shown"}             | shown
        <!doctype html><html>                                                 | an HTML page
        """)
    void should_show_what_was_said(String body, String message) {
        assertThat(ServerWords.of(body).message()).isEqualTo(message);
        assertThat(ServerWords.of("\uFEFF \n" + body + "\n").message()).isEqualTo(message);
    }

    @Test
    void should_show_nothing_where_nothing_was_said() {
        assertThat(ServerWords.of(" \n")).isEqualTo(ServerWords.of(""));
        assertThat(ServerWords.of("").message()).isNull();
        assertThat(ServerWords.of("").text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"error":{"code":429}}                     | 429
        {"error":{"code":"429"}}                   | 429
        {"error":429}                              | 429
        {"code":503.0}                             | 503
        {"error":"503 Service Unavailable"}        | 503
        {"error":{"message":"503 Service Unavailable"}} | 503
        {"error":{"code":503,"status":429}}        | 503
        {"code":500,"error":{"code":429}}          | 500
        [{"http_status":"404"}]                    | 404
        {"error":{"code":4290}}                    |
        {"error":{"code":"600"}}                   |
        {"error":{"code":200}}                     |
        {"error":{"code":"429er"}}                 |
        {"data":429}                               |
        """)
    void should_know_a_status_by_its_figures(String body, Integer status) {
        assertThat(ServerWords.of(body).status()).isEqualTo(status);
    }

    @Test
    void should_look_words_up_in_lower_case_but_not_in_what_a_request_has_sent() {
        ServerWords said = ServerWords.of("{\"error\":{\"code\":\"Rate_Limit\",\"message\":\"Slow DOWN\","
                + "\"detail\":[{\"input\":\"content exists risk\"}]}}");

        assertThat(said.codes()).containsExactly("rate_limit");
        assertThat(said.text()).contains("slow down").doesNotContain("content exists risk");
    }

    @Test
    void should_look_six_layers_deep() {
        assertThat(ServerWords.of(nested(6)).message()).isEqualTo("deep");
        assertThat(ServerWords.of(nested(7)).message()).isEqualTo(nested(7));
        assertThat(ServerWords.of("[".repeat(6) + "\"deep\"" + "]".repeat(6)).message())
                .isEqualTo("deep");
        assertThat(ServerWords.of("[".repeat(7) + "\"deep\"" + "]".repeat(7)).message())
                .isEqualTo("[".repeat(7) + "\"deep\"" + "]".repeat(7));
    }

    private static String nested(int depth) {
        return "{\"error\":".repeat(depth) + "{\"message\":\"deep\"}" + "}".repeat(depth);
    }

    @Test
    void should_read_no_more_than_was_meant_to_be_read() {
        byte[] body = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThat(ServerWords.of(body).message()).hasSize(64 * 1024);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"error":{"message":"busy"}} | true
        {"code":429}                 | true
        {"object":"list","data":[]}  | false
        {"code":0}                   | false
        """)
    void should_tell_an_error_from_other_json(String json, boolean error) throws JsonProcessingException {
        assertThat(ServerWords.isError(new ObjectMapper().readTree(json))).isEqualTo(error);
        assertThat(HttpErrors.isError(new ObjectMapper().readTree(json))).isEqualTo(error);
    }
}
