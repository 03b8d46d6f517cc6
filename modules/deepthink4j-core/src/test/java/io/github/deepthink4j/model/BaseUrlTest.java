package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.model.CannedServer.Canned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {

    private static final Canned ANSWER = new Canned(
            200,
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Fine\"},\"finish_reason\":\"stop\"}]}")
                    + event("[DONE]"));

    private static DeepSeekChatModel.Builder at(String baseUrl) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("key-of-a-host-0123456789")
                .modelName("deepseek-flash");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        https://me:a-pass-word@example.com/v1       | user info
        https://a-pass-word@example.com             | user info
        https://example.com/v1#a-pass-word          | #
        https://example.com:99999/v1?k=a-pass-word  | 99999
        https://example.com:0/v1                    | port 0
        https://example.com:123456789012/a-pass-word | host
        example.com/v1?key=a-pass-word              | http or https
        ftp://example.com/a-pass-word               | http or https
        http:///v1?a-pass-word                      | host
        http://my_server:8000/a-pass-word           | underscore in its host
        https://_x.example.com/v1?k=a-pass-word     | give the server a name with a hyphen
        https://exa mple.com/a-pass-word            | can't be sent
        https://例子.com/a-pass-word            | holds 例 (U+4F8B) at place 9 of 26, and only ASCII
        https：//example.com/a-pass-word        | holds ： (U+FF1A)
        https://example.com/路/a-pass-word      | a path with %
        https://exa​mple.com/a-pass-word       | an invisible one
        https://me:密a-pass-word@example.com     | can't be sent
        https://example.com/v1/%zz/a-pass-word      | not a url
        """)
    void should_refuse_what_is_no_base_url_without_showing_more_than_needed(String baseUrl, String why) {
        Throwable refused = catchThrowable(() -> at(baseUrl).build());

        assertThat(refused)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl")
                .hasMessageContaining(why)
                .hasMessageNotContaining("a-pass-word")
                .hasNoCause();
    }

    /** What is meant for another host, and says so with an empty variable, must not go to DeepSeek. */
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0\ufeff"})
    void should_refuse_a_blank_one(String blank) {
        List<Callable<?>> builders = List.of(
                () -> key(DeepSeekChatModel.builder(), blank)
                        .modelName("deepseek-flash")
                        .build(),
                () -> key(DeepSeekStreamingChatModel.builder(), blank)
                        .modelName("deepseek-flash")
                        .build(),
                () -> key(DeepSeekFimModel.builder(), blank)
                        .modelName("deepseek-flash")
                        .build(),
                () -> key(DeepSeekStreamingFimModel.builder(), blank)
                        .modelName("deepseek-flash")
                        .build(),
                () -> key(DeepSeekFiles.builder(), blank).build(),
                () -> key(DeepSeekOcr.builder(), blank).build(),
                () -> key(DeepSeekWebSearchEngine.builder(), blank).build(),
                () -> key(DeepSeekWebPageLoader.builder(), blank).build(),
                () -> key(DeepSeekModelCatalog.builder(), blank).build(),
                () -> key(DeepSeekAccount.builder(), blank).build());

        assertThat(builders)
                .allSatisfy(builder -> assertThat(catchThrowable(builder::call))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("baseUrl is blank"));
        assertThat(at(null).build()).isNotNull();
    }

    private static <B extends DeepSeekConnectionBuilder<B>> B key(B builder, String baseUrl) {
        return builder.apiKey("key-of-a-host-0123456789").baseUrl(baseUrl);
    }

    @Test
    void should_refuse_a_character_that_nobody_sees_and_take_those_at_the_ends_off() {
        assertThat(catchThrowable(() -> at("https://example.com\u200b/v1").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invisible");
        assertThat(at("\ufeff https://example.com/v1/\u00a0\n").build()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1,                                   /v1/chat/completions",
        "/v1/,                                  /v1/chat/completions",
        "/v1/chat/completions,                  /v1/chat/completions",
        "/v1/chat/completions/,                 /v1/chat/completions",
        "/openai/d?api-version=2024-10-21,      /openai/d/chat/completions?api-version=2024-10-21",
        "/v1/chat/completions?api-version=2024, /v1/chat/completions?api-version=2024",
        "/v1/chat/completions/?api-version=2024, /v1/chat/completions?api-version=2024",
        "/v1//chat/completions,                 /v1/chat/completions",
        "/v1/?a=1&&b=,                          /v1/chat/completions?a=1&b=",
        "/v1?,                                  /v1/chat/completions",
        "/v1/chat/completions?,                 /v1/chat/completions",
        "/v1?next=/chat/completions,            /v1/chat/completions?next=/chat/completions",
        "/v1/chat/completions-proxy,            /v1/chat/completions-proxy/chat/completions",
    })
    void should_call_the_endpoint_that_is_meant(String path, String called) {
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekChatModel model = at(server.url() + path).build()) {

            assertThat(model.chat("Hi")).isEqualTo("Fine");
            assertThat(server.paths()).containsExactly(called);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',                        ?api-version=2024-10-21&b=x%26y",
        "?,                         ?api-version=2024-10-21&b=x%26y",
        "?api-version=2024-10-21,   ?api-version=2024-10-21&b=x%26y",
        "?api%2Dversion=2024-10-21, ?api%2Dversion=2024-10-21&b=x%26y",
        "?b=x%26y,                  ?b=x%26y&api-version=2024-10-21",
        "?a=1&a=2,                  ?a=1&a=2&api-version=2024-10-21&b=x%26y",
    })
    void should_send_each_query_parameter_once_and_in_order(String query, String called) {
        Map<String, String> custom = new LinkedHashMap<>();
        custom.put("api-version", "2024-10-21");
        custom.put("b", "x&y");
        try (CannedServer server = new CannedServer(ANSWER);
                DeepSeekChatModel model = at(server.url() + "/v1" + query)
                        .customQueryParams(custom)
                        .build()) {
            assertThat(model.chat("Hi")).isEqualTo("Fine");
            assertThat(server.paths()).containsExactly("/v1/chat/completions" + called);
        }
    }

    @ParameterizedTest
    @CsvSource({"?api-version=2023", "?api-version", "?api-version=2024&api-version=2023", "?api%2Dversion=2023"})
    void should_refuse_a_query_parameter_with_two_values(String query) {
        assertThat(catchThrowable(() -> at("https://example.com/v1" + query)
                        .customQueryParams(Map.of("api-version", "2024"))
                        .build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customQueryParams has api-version, to which the query of baseUrl gives another value:"
                        + " say it in one of the two");
    }

    @Test
    void should_refuse_a_query_parameter_without_a_name_or_a_value() {
        assertThat(catchThrowable(() -> at("https://example.com").customQueryParams(Map.of("", "a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customQueryParams has a parameter without a name");
        assertThat(catchThrowable(() ->
                        at("https://example.com").customQueryParams(Collections.singletonMap("api-version", null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customQueryParams has no value for api-version");
        for (Map<String, String> half : List.of(Map.of("user", "a\ud83d"), Map.of("user\udc00", "a"))) {
            assertThat(catchThrowable(() -> at("https://example.com").customQueryParams(half)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("customQueryParams", "user", "half of a surrogate pair");
        }
    }

    @Test
    void should_name_the_address_that_was_not_found_but_no_secret_in_it() {
        try (CannedServer server = new CannedServer(new Canned(404, "{\"detail\":\"Not Found\"}"));
                DeepSeekChatModel model =
                        at(server.url() + "/api?api_key=short&v=1").build()) {

            assertThat(catchThrowable(() -> model.chat("Hi")))
                    .isInstanceOf(UnknownModelException.class)
                    .hasMessageContaining(server.url() + "/api/chat/completions?api_key=***&v=1");
        }
    }
}
