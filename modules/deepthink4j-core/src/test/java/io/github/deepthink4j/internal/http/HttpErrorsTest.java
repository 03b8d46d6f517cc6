package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import io.github.deepthink4j.error.ContextTooLongException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.http.HttpErrors.Asked;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpErrorsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    static Asked asked(@Nullable Integer contextWindow) {
        URI uri = URI.create("https://api.example.com/v1/chat/completions");
        Map<String, String> headers = Map.of("Authorization", "Bearer key-of-a-host-0123456789");
        return new Asked(uri, "m", contextWindow, Secrets.of(uri, headers, null));
    }

    private static RuntimeException error(int status, String body) {
        return HttpErrors.of(
                status,
                Map.of("X-DS-Trace-Id", List.of("trace-1")),
                body.getBytes(StandardCharsets.UTF_8),
                asked(65_536),
                NOW);
    }

    private static String deepSeek(String message) {
        return "{\"error\":{\"message\":\"" + message
                + "\",\"type\":\"unknown_error\",\"param\":null,\"code\":\"invalid_request_error\"}}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400 | Messages are wrong                                | request_rejected
                    400 | Model Not Exist                                   | unknown_model
                    400 | This model's maximum context length is 65536 tokens | context_too_long
                    400 | Content Exists Risk                               | content_refused
                    401 | Authentication Fails, Your api key: ****abcd is invalid | invalid_api_key
                    402 | Insufficient Balance                              | insufficient_balance
                    403 | Forbidden                                         | invalid_api_key
                    404 | Not Found                                         | unknown_model
                    408 | Too slow                                          | timeout_server
                    409 | Conflict                                          | request_rejected
                    413 | Too large                                         | request_rejected
                    422 | thinking: invalid type                            | request_rejected
                    429 | Rate limit reached for TPM                        | rate_limit
                    500 | Oh                                                | server_fault
                    502 | Oh                                                | server_fault
                    503 | Oh                                                | server_overloaded
                    504 | Oh                                                | server_fault
                    520 | Oh                                                | server_fault
                    302 | Moved                                             | request_rejected
                    451 | For legal reasons                                 | content_refused
                    529 | Oh                                                | server_overloaded
                    499 | Oh                                                | request_rejected
                    """)
    void should_tell_causes_apart(int status, String message, String code) {
        RuntimeException error = error(status, deepSeek(message));

        assertThat(error).hasMessageContaining(message).hasMessageContaining("HTTP " + status + ", request trace-1");
        DeepSeekError details = (DeepSeekError) error;
        assertThat(details.code()).isEqualTo(code);
        assertThat(details.httpStatus()).isEqualTo(status);
        assertThat(details.requestId()).isEqualTo("trace-1");
        assertThat(details.partialMessage()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v1/chat/completions             | No such File object: file-api-0123          | file-api-0123
        /v1/chat/completions             | The file 'file-abcd' was not found           | file-abcd
        /v1/chat/completions             | Not Found                                    |
        /files/v1/chat/completions       | Not Found                                    |
        /v1/chat/completions             | Model Not Exist: file-model                  |
        """)
    void should_blame_a_file_that_is_gone_on_no_model(String path, String message, @Nullable String file) {
        URI uri = URI.create("https://api.example.com" + path);
        Asked asked = new Asked(uri, "m", null, Secrets.of(uri, Map.of(), null));

        RuntimeException error =
                HttpErrors.of(404, Map.of(), deepSeek(message).getBytes(StandardCharsets.UTF_8), asked, NOW);

        assertThat(((DeepSeekError) error).code()).isEqualTo(file == null ? "unknown_model" : "request_rejected");
        if (file != null) {
            assertThat(error).hasMessageContaining("There is no file " + file).hasMessageNotContaining("model");
        }
    }

    @Test
    void should_be_what_a_caller_catches_already() {
        assertThat(error(401, "")).isInstanceOf(AuthenticationException.class);
        assertThat(error(402, "")).isInstanceOf(InvalidRequestException.class);
        assertThat(error(404, "")).isInstanceOf(ModelNotFoundException.class);
        assertThat(error(408, "")).isInstanceOf(TimeoutException.class);
        assertThat(error(422, "")).isInstanceOf(InvalidRequestException.class);
        assertThat(error(429, "")).isInstanceOf(RateLimitException.class);
        assertThat(error(500, "")).isInstanceOf(InternalServerException.class);
        assertThat(error(503, "")).isInstanceOf(InternalServerException.class);
        assertThat(error(400, "Content Exists Risk")).isInstanceOf(ContentFilteredException.class);
    }

    @Test
    void should_read_the_limit_and_when_to_come_back() {
        String body = deepSeek("Your current concurrency is 40, which exceeds your concurrency limit of 39 based on"
                + " your remaining balance. Please top up your balance to restore your concurrency.");
        RuntimeException error = HttpErrors.of(
                429, Map.of("retry-after", List.of("2")), body.getBytes(StandardCharsets.UTF_8), asked(65_536), NOW);

        assertThat(error).isInstanceOfSatisfying(DeepSeekRateLimitException.class, limit -> {
            assertThat(limit.limit()).hasValue(39);
            assertThat(limit.retryAfter()).contains(Duration.ofSeconds(2));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    retry-after    | 3                             | PT3S
                    Retry-After    | 0.5                           | PT0.5S
                    retry-after    | Tue, 24 Nov 2026 12:00:10 GMT | PT10S
                    retry-after    | Tue, 24 Nov 2026 11:00:10 GMT | PT0S
                    retry-after-ms | 250                           | PT0.25S
                    retry-after    | soon                          |
                    retry-after    | -1                            |
                    retry-after    | NaN                           |
                    retry-after    | 31536000                      | PT8760H
                    retry-after    | 9999999999999999999999        | PT876000H
                    retry-after    | 1e400                         | PT876000H
                    retry-after    | Infinity                      | PT876000H
                    retry-after-ms | 99999999999999999999          | PT876000H
                    retry-after    | Fri, 31 Dec 9999 23:59:59 GMT | PT876000H
                    retry-after    | Fri, 31 Dec 99999 23:59:59 GMT | PT876000H
                    retry-after    | Tuesday, 24-Nov-26 12:00:10 GMT | PT10S
                    retry-after    | Tuesday, 24-Nov-94 12:00:10 GMT | PT0S
                    retry-after    | Tue Nov 24 12:00:10 2026       | PT10S
                    retry-after    | Tue Nov 24 12:00:10 UTC 2026   | PT10S
                    retry-after    | Tue Dec  1 12:00:00 2026       | PT168H
                    retry-after    | Tue, 24 Nov 2026 12:00:10 UTC  | PT10S
                    retry-after    | Tue, 24-Nov-2026 12:00:10 GMT  | PT10S
                    retry-after    | Mon, 24 Nov 2026 12:00:10 GMT  | PT10S
                    retry-after    | tue, 24 nov 2026 12:00:10 gmt  | PT10S
                    retry-after    | Tue, 24 Nov 2026 14:00:10 +0200 | PT10S
                    retry-after    | 24 Nov 2026 12:00:10 GMT       | PT10S
                    retry-after    | 2026-11-24T12:00:10Z           | PT10S
                    retry-after    | 2026-11-24T12:00:10.500Z       | PT10.5S
                    retry-after    | 2026-11-24T14:00:10+02:00      | PT10S
                    retry-after    | 2026-11-24T12:00:10            | PT10S
                    retry-after    | 2026-11-24 12:00:10 UTC        | PT10S
                    retry-after    | "Tue, 24 Nov 2026 12:00:10 GMT" | PT10S
                    retry-after    | "7200"                         | PT2H
                    retry-after    | '7200'                         | PT2H
                    retry-after    | 7200s                          | PT2H
                    retry-after    | 2h                             | PT2H
                    retry-after    | 2 hours                        | PT2H
                    retry-after    | 1h30m                          | PT1H30M
                    retry-after    | 6m0.5s                         | PT6M0.5S
                    retry-after    | 500ms                          | PT0.5S
                    retry-after    | 30 seconds                     | PT30S
                    retry-after    | 1d                             | PT24H
                    retry-after    | PT2H                           | PT2H
                    retry-after-ms | 2s                             | PT2S
                    retry-after    | 7200, 7200                     | PT2H
                    retry-after    | 0, 7200                        | PT2H
                    retry-after    | 3, soon                        | PT3S
                    retry-after    | 7200; see the docs             | PT2H
                    retry-after    | Tue, 24 Nov 2026 12:00:05 GMT, Tue, 24 Nov 2026 12:00:10 GMT | PT10S
                    retry-after    | 3, Tue, 24 Nov 2026 12:00:10 GMT | PT10S
                    retry-after    | 1795521610                     | PT10S
                    retry-after    | 1795521610.5                   | PT10.5S
                    retry-after    | 1795521610500                  | PT10.5S
                    retry-after    | 1600000000                     | PT0S
                    retry-after-ms | 1795521610500                  | PT10.5S
                    retry-after-ms | 1795521610                     | PT498H45M21.61S
                    retry-after    | 7200x                          |
                    retry-after    | Tue, 31 Nov                    |
                    retry-after    | ''                             |
                    """)
    void should_read_when_to_come_back(String name, String value, Duration expected) {
        assertThat(RetryAfter.parse(Map.of(name, List.of(value)), NOW).orElse(null))
                .isEqualTo(expected);
    }

    @Test
    void should_say_in_words_when_the_server_wants_to_be_asked_again() {
        Map<String, List<String>> headers = Map.of("retry-after", List.of("31536000"));

        assertThat(HttpErrors.of(429, headers, new byte[0], asked(null), NOW))
                .hasMessageContaining("The server wants to be asked again in 1 year.");
        assertThat(HttpErrors.of(503, headers, new byte[0], asked(null), NOW))
                .hasMessageContaining("The server wants to be asked again in 1 year.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"error":"flat"}                        | flat
                    {"message":"gateway"}                   | gateway
                    {"detail":"fastapi"}                    | fastapi
                    {"detail":[{"msg":"field required"}]}   | field required
                    {"broken":                              | broken
                    <html>                                  | an HTML page
                    plain text                              | plain text
                    """)
    void should_find_the_words_in_any_body(String body, String words) {
        assertThat(error(500, "\n\n" + body)).hasMessageContaining(words);
    }

    @Test
    void should_do_without_a_body() {
        assertThat(error(500, " \n")).hasMessageNotContaining("said");
    }

    @Test
    void should_never_repeat_a_secret_nor_say_too_much() {
        RuntimeException error =
                error(400, deepSeek("key sk-0123456789abcdef and Bearer abc.def-ghi in a header" + " x".repeat(5000)));

        assertThat(error.getMessage())
                .doesNotContain("0123456789abcdef")
                .doesNotContain("abc.def-ghi")
                .hasSizeLessThan(1000);
    }

    @Test
    void should_survive_serialization() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(error(429, deepSeek("concurrency limit of 5")));
        }

        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read).isInstanceOfSatisfying(DeepSeekRateLimitException.class, error -> {
            assertThat(error.details()).isEqualTo(ErrorDetails.NONE);
            assertThat(error.limit()).hasValue(5);
        });
    }

    /** By the profile only at DeepSeek: another host may run a model with less than it has at home. */
    @Test
    void should_say_how_large_the_window_is_where_that_is_known() {
        byte[] body = deepSeek("Context size has been exceeded.").getBytes(StandardCharsets.UTF_8);

        assertThat(HttpErrors.of(400, Map.of(), body, deepSeekAsked(65_536), NOW))
                .isInstanceOf(ContextTooLongException.class)
                .hasMessageContaining("context window of 65536 tokens.");
        assertThat(HttpErrors.of(400, Map.of(), body, deepSeekAsked(null), NOW))
                .hasMessageContaining("context window. ");
        assertThat(HttpErrors.of(400, Map.of(), body, asked(65_536), NOW))
                .isInstanceOf(ContextTooLongException.class)
                .hasMessageContaining("context window. ")
                .hasMessageNotContaining("65536");
    }

    private static Asked deepSeekAsked(@Nullable Integer contextWindow) {
        URI uri = URI.create("https://api.deepseek.com/chat/completions");
        return new Asked(uri, "m", contextWindow, Secrets.of(uri, Map.of(), null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        This model's maximum context length is 8192 tokens. However, you requested 9000 tokens.           | 8192
        You passed 40961 input tokens. However, the model's context length is only 40960 tokens           | 40960
        Requested tokens (5120) exceed context window of 4096                                              | 4096
        Prompt tokens (9000) exceeds context size (4096)                                                   | 4096
        request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it          | 8192
        The input (61709 tokens) is longer than the model's context length (40960 tokens).                 | 40960
        The decoder prompt (length 10127) is longer than the maximum model length of 8192.                 | 8192
        Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens).                    | 59862
        prompt token count of 391491 exceeds the limit of 128000                                           | 128000
        This model's maximum prompt length is 131072 but the request contains 537812 tokens                | 131072
        length of prompt_tokens (68957) must be less than max_seq_len (65536).                             |
        prompt too long; exceeded max context length by 1700 tokens                                        |
        Your input exceeds the context window. You sent 9000 tokens.                                       |
        """)
    void should_name_the_window_that_the_server_names(String words, @Nullable String window) {
        RuntimeException error =
                HttpErrors.of(400, Map.of(), words.getBytes(StandardCharsets.UTF_8), asked(65_536), NOW);

        assertThat(error)
                .isInstanceOf(ContextTooLongException.class)
                .hasMessageContaining(
                        "context window" + (window == null ? "" : " of " + window + " tokens") + ". The server said");
    }

    @Test
    void should_speak_of_the_limit_of_deepseek_at_deepseek_only() {
        assertThat(HttpErrors.of(429, Map.of(), new byte[0], deepSeekAsked(null), NOW))
                .hasMessageContaining("DeepSeek's limit also shrinks with the balance.");
        assertThat(HttpErrors.of(429, Map.of(), new byte[0], asked(null), NOW))
                .hasMessageContaining("Send fewer at once.")
                .hasMessageNotContaining("DeepSeek");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    400 | The server did not accept the request. Change the request; sent again as it is
                    405 | The server did not accept the request to https://api.example.com/v1/chat/completions, where no chat
                    300 | The server redirects elsewhere
                    399 | The server redirects elsewhere
                    401 | The API key was not accepted. Check the key
                    402 | The account has no balance left. Top up the account
                    404 | There is no model 'm', or no such endpoint as https://api.example.com/v1/chat/completions.
                    408 | The server gave up waiting for the request. Try again.
                    429 | Too many requests at a time. Send fewer at once
                    451 | The provider's content filter refused the prompt. Change the prompt.
                    500 | The server has failed. Try again later.
                    503 | The server is overloaded. Try again later.
                    """)
    void should_say_what_happened_and_what_to_do(int status, String words) {
        assertThat(HttpErrors.of(status, Map.of(), new byte[0], asked(null), NOW))
                .hasMessageContaining(words);
    }

    @Test
    void should_ask_again_at_once_where_the_server_names_no_time() {
        Map<String, List<String>> now = Map.of("retry-after", List.of("0"));

        assertThat(HttpErrors.of(503, now, new byte[0], asked(null), NOW))
                .hasMessageNotContaining("wants to be asked again");
        assertThat(HttpErrors.of(500, Map.of("retry-after", List.of("60")), new byte[0], asked(null), NOW))
                .hasMessageContaining("The server wants to be asked again in 1 minute. Try again later.");
    }

    @Test
    void should_name_the_endpoint_alone_where_no_model_was_asked_for() {
        URI uri = URI.create("https://api.example.com/v1/models?api_key=0123456789abcdef");
        Asked models = new Asked(uri, "", null, Secrets.of(uri, Map.of(), null));

        assertThat(HttpErrors.of(404, Map.of(), new byte[0], models, NOW))
                .hasMessageContaining("There is no such endpoint as https://api.example.com/v1/models?api_key=***.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"error":{"code":429,"message":"Slow down"}}          | rate_limit           | stream_error
                    {"error":{"code":500,"message":"Rate limit"}}         | server_fault         | stream_error
                    {"error":{"code":500,"message":"Model Not Exist"}}    | unknown_model        | unknown_model
                    {"error":{"message":"invalid api key"}}               | invalid_api_key      | invalid_api_key
                    {"error":{"code":401,"message":"Who are you?"}}       | invalid_api_key      | invalid_api_key
                    {"error":{"message":"Something"}}                     | stream_error         | stream_error
                    """)
    void should_be_what_the_status_would_have_been_until_an_answer_has_begun(
            String body, String atFirst, String inItsMidst) {
        ErrorDetails begun = ErrorDetails.custom()
                .requestId("r-1")
                .partialMessage(AiMessage.from("So far"))
                .build();

        DeepSeekError first = (DeepSeekError) HttpErrors.within(body, Map.of(), asked(null), ErrorDetails.NONE, NOW);
        DeepSeekError late = (DeepSeekError) HttpErrors.within(body, Map.of(), asked(null), begun, NOW);

        assertThat(first.code()).isEqualTo(atFirst);
        assertThat(late.code()).isEqualTo(inItsMidst);
        assertThat(late.requestId()).isEqualTo("r-1");
        assertThat(late.partialMessage()).isEqualTo(AiMessage.from("So far"));
    }

    @Test
    void should_say_whether_an_error_within_a_success_came_in_place_of_an_answer() {
        ErrorDetails begun =
                ErrorDetails.custom().partialMessage(AiMessage.from("So far")).build();
        String body = "{\"error\":{\"message\":\"Something\"}}";

        RuntimeException first = HttpErrors.within(body, Map.of(), asked(null), ErrorDetails.NONE, NOW);

        assertThat(first)
                .hasMessage(
                        "The server reported an error in place of an answer. The server said: Something. Try again.");
        assertThat(((DeepSeekError) first).httpStatus()).isNull();
        assertThat(HttpErrors.within(body, Map.of(), asked(null), begun, NOW))
                .hasMessageContaining("The server reported an error in the midst of the answer.");
    }

    @Test
    void should_keep_status_and_time_that_an_error_within_a_success_names() {
        RuntimeException error = HttpErrors.within(
                "{\"error\":{\"code\":429,\"message\":\"a limit of 7 requests\"}}",
                Map.of("retry-after-ms", List.of("1500")),
                asked(null),
                ErrorDetails.NONE,
                NOW);

        assertThat(error).isInstanceOfSatisfying(DeepSeekRateLimitException.class, limit -> {
            assertThat(limit.limit()).hasValue(7);
            assertThat(limit.retryAfter()).contains(Duration.ofMillis(1500));
            assertThat(limit.httpStatus()).isEqualTo(429);
        });
        assertThat(((DeepSeekRateLimitException) error(429, "Slow down")).limit())
                .isEmpty();
        assertThat(((DeepSeekRateLimitException) error(429, "")).limit()).isEmpty();
    }

    @Test
    void should_read_the_requests_id_and_the_contents_type_off_the_headers() {
        Secrets secrets = asked(null).secrets();

        assertThat(HttpErrors.requestId(
                        Map.of("X-DS-Trace-Id", List.of("trace"), "x-request-id", List.of("request")), secrets))
                .isEqualTo("request");
        assertThat(HttpErrors.requestId(Map.of("X-DeepSeek-Request-Id", List.of("own")), secrets))
                .isEqualTo("own");
        assertThat(HttpErrors.requestId(Map.of("x-request-id", List.of(" ")), secrets))
                .isNull();
        assertThat(HttpErrors.contentType(Map.of("Content-Type", List.of("text/html")), secrets))
                .isEqualTo("text/html");
        assertThat(HttpErrors.contentType(Map.of(), secrets)).isNull();
    }

    @Test
    void should_take_the_seconds_where_the_milliseconds_can_not_be_read() {
        Map<String, List<String>> both = Map.of("retry-after-ms", List.of("soon"), "retry-after", List.of("3"));
        Map<String, List<String>> exact = Map.of("retry-after-ms", List.of("2500"), "retry-after", List.of("3"));

        assertThat(RetryAfter.parse(both, NOW)).contains(Duration.ofSeconds(3));
        assertThat(RetryAfter.parse(exact, NOW)).contains(Duration.ofMillis(2500));
        assertThat(RetryAfter.parse(Map.of("retry-after", List.of(" 0 ")), NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse(Map.of(), NOW)).isEmpty();
        assertThat(RetryAfter.parse(Map.of("retry-after", List.of("0", "7200", "60")), NOW))
                .as("repeated")
                .contains(Duration.ofHours(2));
    }
}
