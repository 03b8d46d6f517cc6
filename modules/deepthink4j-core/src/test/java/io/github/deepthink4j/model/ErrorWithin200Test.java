package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.ContentRefusedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.error.StreamErrorException;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.thorough.Thorough;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts and gateways begin with a 200 and find out later: what they say then is what the same status would have been. */
@Timeout(60)
class ErrorWithin200Test {

    private static final String CHUNK =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"So far\"},\"finish_reason\":null}]}";

    private static DeepSeekChatModel model(CannedServer server) {
        return DeepSeekChatModel.builder()
                .baseUrl(server.url())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.custom()
                        .baseDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(2))
                        .build())
                .build();
    }

    private static Throwable error(Canned canned) {
        try (CannedServer server = new CannedServer(canned);
                DeepSeekChatModel model = model(server)) {
            return catchThrowable(() -> model.chat("Hi"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"error":{"message":"Rate limit exceeded: free models per day","code":429}}          | rate_limit           | 3
        {"error":{"message":"Slow down","code":"429"}}                                       | rate_limit           | 3
        {"error":{"message":"Slow down","type":"rate_limit_exceeded"}}                       | rate_limit           | 3
        {"error":429}                                                                        | rate_limit           | 3
        {"error":"429 Too Many Requests"}                                                    | rate_limit           | 3
        {"error":{"status":429}}                                                             | rate_limit           | 3
        {"error":"Rate limit exceeded"}                                                      | rate_limit           | 3
        {"code":429,"message":"Slow down"}                                                   | rate_limit           | 3
        {"code":"429","msg":"Slow down","data":null}                                         | rate_limit           | 3
        {"object":"error","message":"Slow down","type":"TooManyRequests","code":429}         | rate_limit           | 3
        {"statusCode":429,"message":"Rate limit is exceeded. Try again in 17 seconds."}      | rate_limit           | 3
        {"status":429,"title":"Too Many Requests","detail":"Slow down"}                      | rate_limit           | 3
        {"errors":[{"code":429,"message":"Slow down"}],"success":false}                      | rate_limit           | 3
        [{"error":{"code":429,"message":"Slow down","status":"RESOURCE_EXHAUSTED"}}]         | rate_limit           | 3
        {"error":{"error":{"code":429,"message":"Slow down"}}}                               | rate_limit           | 3
        {"error":{"message":"{\\"error\\":{\\"code\\":429,\\"message\\":\\"Slow down\\"}}"}} | rate_limit           | 3
        {"choices":[],"error":{"code":429,"message":"Slow down"}}                            | rate_limit           | 3
        {"choices":[{"index":0,"delta":{"content":""},"error":{"code":429,"message":"x"}}]}  | rate_limit           | 3
        {"error":{"code":503,"message":"The request queue is full."}}                        | server_overloaded    | 3
        {"error":{"message":"The server is overloaded","type":"overloaded_error"}}           | server_overloaded    | 3
        {"error":{"code":502,"message":"Network connection lost."}}                          | server_fault         | 3
        {"error":{"message":"Oh","type":"server_error"}}                                     | server_fault         | 3
        {"error":{"code":408,"message":"Too slow"}}                                          | timeout_server       | 3
        {"error":{"code":402,"message":"Insufficient credits"}}                              | insufficient_balance | 1
        {"error":{"message":"Insufficient Balance","code":"invalid_request_error"}}          | insufficient_balance | 1
        {"code":30001,"message":"Sorry, your account balance is insufficient","data":null}   | insufficient_balance | 1
        {"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}               | insufficient_balance | 1
        {"error":{"message":"too much","code":"context_length_exceeded"}}                    | context_too_long     | 1
        {"error":{"code":500,"message":"Context size has been exceeded."}}                   | context_too_long     | 1
        {"error":{"code":400,"message":"Model Not Exist"}}                                   | unknown_model        | 1
        {"error":{"code":"data_inspection_failed","message":"Input data may contain"}}       | content_refused      | 1
        {"Response":{"Error":{"Code":"AuthFailure","Message":"Rate limit"},"RequestId":"1"}} | rate_limit           | 3
        {"error":{"code":401,"message":"No auth"}}                                           | invalid_api_key      | 1
        {"error":{"code":400,"message":"Wrong"}}                                             | request_rejected     | 1
        {"error":{"message":"Something else"}}                                               | stream_error         | 1
        {"detail":"Something else"}                                                          | stream_error         | 1
        {"message":"Insufficient Balance"}                                                   | insufficient_balance | 1
        {"detail":"Invalid API key"}                                                         | invalid_api_key      | 1
        {"detail":[{"loc":["body"],"msg":"field required"}]}                                 | stream_error         | 1
        {"detail":{"error":{"code":402,"message":"Pay"}}}                                    | insufficient_balance | 1
        {"code":0,"message":"ok"}                                                            | stream_error         | 1
        {"code":429.0,"message":"Slow down"}                                                 | rate_limit           | 3
        {"error":{"code":429.0,"message":"Slow down"}}                                       | rate_limit           | 3
        {"error":500}                                                                        | server_fault         | 3
        {"error":"Something"}                                                                | stream_error         | 1
        {"status":503,"message":"Full"}                                                      | server_overloaded    | 3
        {"status":503.0,"detail":"Full"}                                                     | server_overloaded    | 3
        {"success":false,"msg":"Rate limit"}                                                 | rate_limit           | 3
        {"success":"false","msg":"Something"}                                                | stream_error         | 1
        {"ok":false,"msg":"Something"}                                                       | stream_error         | 1
        {"errors":[{"message":"Service unavailable"}]}                                       | server_overloaded    | 3
        {"base_resp":{"status_code":1004,"status_msg":"login fail"}}                         | invalid_api_key      | 1
        {"base_resp":{"status_code":1002,"status_msg":"rate limit"},"choices":null}          | rate_limit           | 3
        {"error_code":18,"error_msg":"Open api qps request limit reached"}                   | rate_limit           | 3
        {"error_code":110,"error_msg":"Access token invalid or no longer valid"}             | invalid_api_key      | 1
        {"error_code":336003,"error_msg":"the max length of current question is 4800"}       | context_too_long     | 1
        """)
    void should_be_what_the_status_would_have_been(String body, String code, int attempts) {
        List<Canned> forms = List.of(
                new Canned(200, body), new Canned(200, event(body)), new Canned(200, "event: error\n" + event(body)));
        for (Canned canned : Thorough.orOne(forms, body.hashCode())) {
            try (CannedServer server = new CannedServer(canned);
                    DeepSeekChatModel model = model(server)) {

                Throwable error = catchThrowable(() -> model.chat("Hi"));

                assertThat(error).isInstanceOf(DeepSeekError.class);
                assertThat(((DeepSeekError) error).code()).isEqualTo(code);
                assertThat(((DeepSeekError) error).partialMessage()).isNull();
                assertThat(server.paths()).hasSize(attempts);
            }
        }
    }

    /** Groq's, as a status and within a stream: the next try may be none. */
    @Test
    void should_try_again_what_was_a_slip_of_the_model() {
        String slip =
                "{\"error\":{\"message\":\"Failed to call a function.\",\"code\":\"tool_use_failed\",\"status_code\":400}}";
        try (CannedServer server = new CannedServer(
                        new Canned(400, slip),
                        new Canned(200, "event: error\n" + event(slip)),
                        new Canned(200, event(CHUNK.replace("null}]", "\"stop\"}]")) + event("[DONE]")));
                DeepSeekChatModel model = model(server)) {

            assertThat(model.chat("Hi")).isEqualTo("So far");
            assertThat(server.paths()).hasSize(3);
        }
        assertThat(error(new Canned(400, slip)))
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining("could not read")
                .hasMessageContaining("Failed to call a function");
    }

    @Test
    void should_try_again_and_be_answered() {
        try (CannedServer server = new CannedServer(
                        new Canned(200, event("{\"error\":{\"code\":503,\"message\":\"Full.\"}}")),
                        new Canned(200, "{\"code\":502,\"message\":\"Lost.\"}"),
                        new Canned(
                                200, event(CHUNK) + event(CHUNK.replace("null}]", "\"stop\"}]")) + event("[DONE]")));
                DeepSeekChatModel model = model(server)) {

            assertThat(model.chat("Hi")).isEqualTo("So farSo far");
            assertThat(server.paths()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"error":{"message":"Slow down","code":429}}                     | stream_error
        {"error":{"message":"The server is overloaded"}}                 | stream_error
        {"error":{"code":"DataInspectionFailed","message":"Output data"}} | content_refused
        {"error":{"message":"Insufficient Balance"}}                     | insufficient_balance
        """)
    void should_keep_what_had_arrived_and_not_ask_again(String said, String code) {
        try (CannedServer server = new CannedServer(new Canned(200, event(CHUNK) + event(said)));
                DeepSeekChatModel model = model(server)) {

            Throwable error = catchThrowable(() -> model.chat("Hi"));

            assertThat(((DeepSeekError) error).code()).isEqualTo(code);
            assertThat(((DeepSeekError) error).partialMessage().text()).isEqualTo("So far");
            assertThat(server.paths()).hasSize(1);
        }
    }

    @Test
    void should_hear_what_a_relay_writes_right_behind_half_an_event() {
        String half = "data: " + CHUNK.substring(0, CHUNK.length() / 2);

        Throwable error = error(new Canned(
                200, event(CHUNK) + half + "\ndata: {\"error\":{\"type\":\"relay\",\"message\":\"source lost\"}}\n\n"));

        assertThat(error).isInstanceOf(StreamErrorException.class).hasMessageContaining("source lost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"code\":500,\"message\":\"died\"",
                "\"success\":false,\"message\":\"died\"",
                "\"status\":\"error\",\"message\":\"died\"",
                "\"errors\":[{\"message\":\"died\"}]",
                "\"object\":\"error\",\"message\":\"died\"",
                "\"error_code\":336003,\"error_msg\":\"died\"",
                "\"base_resp\":{\"status_code\":1027,\"status_msg\":\"died\"}",
                "\"error\":{\"message\":\"died\",\"code\":null}",
            })
    void should_hear_an_error_beside_an_answer(String error) {
        String whole = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                + error + "}";
        String chunk = whole.replace("message\":{\"content", "delta\":{\"content");

        assertThat(error(new Canned(200, whole)))
                .isInstanceOf(DeepSeekError.class)
                .hasMessageContaining("died");
        assertThat(error(new Canned(200, event(chunk) + "data: [DONE]\n\n")))
                .isInstanceOf(DeepSeekError.class)
                .hasMessageContaining("died");
    }

    /** Apertis and others write the empty value of their type (litellm#18407). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"\",\"type\":\"\",\"param\":\"\",\"code\":null}",
                "{\"code\":0,\"message\":\"\"}",
                "{\"message\":null,\"type\":null,\"code\":null}",
                "{\"code\":null}",
                "{\"error\":{\"message\":\"\"}}",
                "[null]",
                "[{}]",
                "\"None\"",
                "\" \"",
            })
    void should_not_take_an_error_of_nothing_for_one(String error) {
        String whole =
                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"error\":"
                        + error + "}";
        String chunk = whole.replace("message\":{\"content", "delta\":{\"content");
        for (String body : new String[] {whole, event(chunk) + "data: [DONE]\n\n"}) {
            try (CannedServer server = new CannedServer(new Canned(200, body));
                    DeepSeekChatModel model = model(server)) {

                assertThat(model.chat("Hi")).isEqualTo("Hi");
            }
        }
    }

    /** MiniMax has it in the chunk that ends the stream. */
    @Test
    void should_hear_an_error_beside_the_end_of_an_answer() {
        Throwable error = error(new Canned(
                200,
                event(CHUNK)
                        + event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],"
                                + "\"base_resp\":{\"status_code\":1000,\"status_msg\":\"unknown error\"}}")
                        + "data: [DONE]\n\n"));

        assertThat(error).isInstanceOf(StreamErrorException.class).hasMessageContaining("unknown error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"error":null,"code":0,"message":"success","status":"ok",
        {"error":"","code":200,"message":"OK","success":true,
        {"error":{},"base_resp":{"status_code":0,"status_msg":"success"},
        {"error":false,"code":"1","message":"a notice",
        """)
    void should_not_take_for_an_error_what_stands_beside_an_answer(String beside) {
        String answer =
                beside + "\"choices\":[{\"index\":0,\"message\":{\"content\":\"Fine\"},\"finish_reason\":\"stop\"}]}";
        try (CannedServer server = new CannedServer(new Canned(200, answer));
                DeepSeekChatModel model = model(server)) {

            assertThat(model.chat("Hi")).isEqualTo("Fine");
        }
    }

    /** What gateways put around an answer, or write as a text, and the older completions' form: it is the answer that they hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"code\":0,\"msg\":\"ok\",\"data\":%s}",
                "{\"data\":%s,\"code\":200,\"message\":\"success\",\"success\":true}",
                "{\"status\":\"ok\",\"result\":%s}",
                "{\"code\":0,\"data\":{\"response\":%s}}",
                "{\"statusCode\":200,\"body\":%s}",
                "{\"code\":0,\"msg\":\"ok\",\"data\":\"%q\"}",
                "\"%q\"",
                "%s"
            })
    void should_read_the_answer_that_is_wrapped(String envelope) {
        for (String piece : new String[] {"{\"content\":\"Fi\\nne\"}", "older"}) {
            String[] forms = {
                "{\"choices\":[{\"index\":0,\"message\":" + piece
                        + ",\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":7}}",
                "{\"choices\":[{\"index\":0,\"delta\":" + piece + ",\"finish_reason\":null}]}",
                "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"
            };
            String[] wrapped = new String[forms.length];
            for (int i = 0; i < forms.length; i++) {
                String form = forms[i];
                if (piece.equals("older")) {
                    form = form.replaceAll("\"(message|delta)\":older", "\"text\":\"Fi\\\\nne\"")
                            .replace("\"delta\":{}", "\"text\":\"\"");
                }
                wrapped[i] = envelope.replace("%q", form.replace("\\", "\\\\").replace("\"", "\\\""))
                        .replace("%s", form);
            }
            String twice = event(wrapped[1]) + event(wrapped[1]);
            try (CannedServer server = new CannedServer(
                            new Canned(200, wrapped[0]), new Canned(200, twice + event(wrapped[2]) + event("[DONE]")));
                    DeepSeekChatModel model = model(server)) {

                assertThat(model.chat("Hi")).as(wrapped[0]).isEqualTo("Fi\nne");
                assertThat(model.chat("Hi")).as(wrapped[1]).isEqualTo("Fi\nneFi\nne");
                assertThat(server.paths()).hasSize(2);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "{\\"error\\":{\\"message\\":\\"Rate limit reached\\",\\"code\\":429}}" | rate_limit           | 3
        "{\\"message\\":\\"Insufficient Balance\\"}"                           | insufficient_balance | 1
        {"code":0,"msg":"ok","data":{"error":{"message":"Slow down","code":429}}}         | rate_limit           | 3
        """)
    void should_hear_an_error_that_is_wrapped(String body, String code, int attempts) {
        should_be_what_the_status_would_have_been(body, code, attempts);
    }

    @Test
    void should_not_repeat_what_an_envelope_says_of_itself() {
        Throwable error = error(new Canned(
                200, "{\"code\":0,\"msg\":\"ok\",\"data\":{\"error\":{\"message\":\"Wrong\",\"code\":400}}}"));

        assertThat(error).hasMessageContaining("The server said: Wrong.");
    }

    /** llama.cpp's servers before 2025: a field of its own, in the place of an answer and behind some of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: {\"code\":500,\"message\":\"Context size has been exceeded.\",\"type\":\"server_error\"}\n\n",
                "error:{\"error\":{\"code\":500,\"message\":\"Context size has been exceeded.\"}}",
                "Error: Context size has been exceeded.\n",
                "id: 1\nerror: {\"message\":\"Context size has been exceeded.\"}\n\ndata: [DONE]\n\n"
            })
    void should_hear_an_error_that_is_a_field_of_its_own(String line) {
        for (String before : new String[] {"", event(CHUNK), "data: " + CHUNK + "\n"}) {
            Throwable error = error(new Canned(200, before + line));

            assertThat(error).as(before).isInstanceOfSatisfying(DeepSeekError.class, told -> {
                assertThat(told.code()).isEqualTo("context_too_long");
                assertThat(told.partialMessage() == null).isEqualTo(before.isEmpty());
            });
        }
    }

    /** They may be about anything, such as the place in a queue: a stream that then breaks off is asked for again. */
    @Test
    void should_not_take_a_notice_on_the_way_for_an_error() {
        Throwable error = error(new Canned(200, event("{\"status\":\"queued\",\"message\":\"third in the queue\"}")));

        assertThat(error).isInstanceOf(StreamCutException.class);
    }

    @Test
    void should_not_take_for_an_error_what_was_said_before_an_answer() {
        try (CannedServer server = new CannedServer(new Canned(
                        200,
                        event("{\"message\":\"Rate limit: 3 left\"}")
                                + event(CHUNK.replace("null}]", "\"stop\"}]"))
                                + event("[DONE]")));
                DeepSeekChatModel model = model(server)) {

            assertThat(model.chat("Hi")).isEqualTo("So far");
        }
    }

    /** Ollama's own protocol, a stream without server-sent events, a page of something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"done\":false}\n"
                        + "{\"model\":\"m\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n",
                CHUNK + "\n" + CHUNK + "\n",
                "upstream is fine",
                "\"Hello\"",
                "OK"
            })
    void should_say_that_it_is_no_answer(String body) {
        Throwable error = error(new Canned(200, body).with("Content-Type", "text/plain"));

        assertThat(error)
                .isInstanceOf(MalformedAnswerException.class)
                .hasMessageContaining(" as text/plain is not")
                .hasMessageContaining(body.substring(0, 2));
    }

    @Test
    void should_ask_again_for_a_whole_answer_that_was_cut() {
        String whole = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"Fine\"},\"finish_reason\":\"stop\"}]}";
        try (CannedServer server = new CannedServer(
                        new Canned(200, whole.substring(0, 50)),
                        new Canned(200, whole.substring(0, whole.length() - 1)),
                        new Canned(200, whole));
                DeepSeekChatModel model = model(server)) {

            assertThat(model.chat("Hi")).isEqualTo("Fine");
            assertThat(server.paths()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html><h1>404 Not Found</h1></html>", "404 page not found", "{\"detail\":\"Not Found\"}", ""})
    void should_say_which_url_there_is_not(String body) {
        Throwable error = error(new Canned(404, body));

        assertThat(error)
                .hasMessageContaining("/chat/completions")
                .hasMessageContaining("Check the model name and the base url");
    }

    @Test
    void should_pass_over_events_about_something_else() {
        try (CannedServer server = new CannedServer(new Canned(
                        200,
                        event("{\"type\":\"ping\"}")
                                + event("{\"status\":\"queued\",\"message\":\"third in the queue\"}")
                                + event(CHUNK.replace("null}]", "\"stop\"}]"))
                                + event("[DONE]")));
                DeepSeekChatModel model = model(server)) {

            assertThat(model.chat("Hi")).isEqualTo("So far");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"content":"","refusal":"I won't "} | {"refusal":"do that."}
        {"content":null,"refusal":"I won't "} | {"content":"","refusal":"do that."}
        """)
    void should_tell_a_refusal_in_the_models_own_words(String first, String second) {
        String chunk = "{\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]}";
        String last = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
        String whole = "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\","
                + "\"content\":null,\"refusal\":\"I won't do that.\"}}]}";
        String stream = event(chunk.formatted(first)) + event(chunk.formatted(second)) + event(last) + event("[DONE]");
        for (String body : new String[] {stream, whole}) {
            try (CannedServer server = new CannedServer(new Canned(200, body));
                    DeepSeekChatModel model = model(server)) {

                Throwable error = catchThrowable(() -> model.chat("Hi"));

                assertThat(error).isInstanceOf(ContentRefusedException.class).hasMessageContaining("I won't do that.");
                assertThat(((DeepSeekError) error).details().providerMessage()).isEqualTo("I won't do that.");
                assertThat(server.paths()).hasSize(1);
            }
        }
    }

    @Test
    void should_show_no_html() {
        Throwable error = error(new Canned(524, "<!DOCTYPE html><html>" + "<p>x</p>".repeat(500) + "</html>"));

        assertThat(error).hasMessageContaining("HTTP 524").hasMessageNotContaining("<p>");
        assertThat(error(new Canned(200, "<html></html>"))).isInstanceOf(MalformedAnswerException.class);
    }
}
