package io.github.deepthink4j.testkit;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Search and fetch: enforced, scripted and faulty. */
class WebServicesTest {

    private static final String SEARCH = "/v1/tools/search";
    private static final String FETCH = "/v1/tools/fetch";

    private final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);
    private final Api api = new Api(deepSeek);

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @Test
    void should_find_and_fetch_without_a_script() {
        JsonNode found = Api.json(api.post(SEARCH, "{\"query\":\"weather\",\"count\":2}"));
        JsonNode page = Api.json(api.post(FETCH, "{\"url\":\"https://example.com/1\"}"));

        assertThat(found.path("results")).hasSize(2);
        assertThat(found.at("/results/0/summary").asText()).contains("weather");
        assertThat(page.path("content").asText()).contains("https://example.com/1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        /v1/tools/search | {}                                          | 400 | missing field 'query'
        /v1/tools/search | {"query":" "}                               | 400 | 'query' must be between 1 and 128 characters
        /v1/tools/search | {"query":"a","count":0}                     | 400 | 'count' must be between 1 and 50
        /v1/tools/search | {"query":"a","count":51}                    | 400 | 'count' must be between 1 and 50
        /v1/tools/search | {"query":"a","count":"5"}                   | 400 | 'count' must be between 1 and 50
        /v1/tools/search | {"query":"a","localization":"zh-CN"}        | 400 | 'localization' must be a valid IP address
        /v1/tools/search | {"query":"a","ori_question":""}             | 400 | 'ori_question' must be between 1 and 128 characters
        /v1/tools/search | {"query":                                   | 400 | EOF while parsing
        /v1/tools/fetch  | {}                                          | 400 | missing field 'url'
        /v1/tools/fetch  | {"url":"example.com"}                       | 400 | 'url' must be a valid HTTP or HTTPS URL
        /v1/tools/fetch  | {"url":"https://anna:pw@example.com"}       | 400 | 'url' must be a valid HTTP or HTTPS URL
        /v1/tools/fetch  | {"url":"https://anna:pw@my_host/"}          | 400 | 'url' must be a valid HTTP or HTTPS URL
        /v1/tools/fetch  | {"url":"https://:80/"}                      | 400 | 'url' must be a valid HTTP or HTTPS URL
        /tools/search    | {"query":"a"}                               | 404 | Not found
        """)
    void should_refuse_what_is_out_of_the_rules(String path, String body, int status, String words) {
        HttpResponse<String> response = api.post(path, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Api.json(response).at("/error/message").asText()).contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://my_host:8080/a", "https://m\u00fcller.example/"})
    void should_fetch_from_hosts_that_are_none_to_java(String url) {
        assertThat(api.post("/v1/tools/fetch", "{\"url\":\"" + url + "\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void should_want_a_key_and_a_post() {
        HttpRequest keyless = HttpRequest.newBuilder(URI.create(deepSeek.baseUrl() + SEARCH))
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"a\"}"))
                .build();

        assertThat(Api.send(keyless).statusCode()).isEqualTo(401);
        assertThat(api.get(FETCH).statusCode()).isEqualTo(405);
    }

    @Test
    void should_answer_by_script_in_its_order() {
        deepSeek.onFetch(containing("example"))
                .error(404, "failed to fetch URL")
                .nextTime()
                .page("Weather", "# 20 degrees");
        String body = "{\"url\":\"https://example.com/\"}";

        assertThat(api.post(FETCH, body).statusCode()).isEqualTo(404);
        assertThat(Api.json(api.post(FETCH, body)).path("title").asText()).isEqualTo("Weather");
        assertThat(Api.json(api.post(FETCH, body)).path("title").asText()).isEqualTo("Weather");
    }

    @Test
    void should_answer_by_the_request_and_where_it_is_asked_to() {
        deepSeek.onSearch(anything()).noResults();
        deepSeek.onSearch(anything())
                .when(request -> request.body().path("count").asInt() == 1)
                .reply(request -> ServiceAnswer.noResults()
                        .andResult(request.body().path("query").asText(), "https://example.com/", "Found"));

        assertThat(Api.json(api.post(SEARCH, "{\"query\":\"a\"}")).path("results"))
                .isEmpty();
        assertThat(Api.json(api.post(SEARCH, "{\"query\":\"a\",\"count\":1}"))
                        .at("/results/0/title")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void should_fail_a_test_that_asks_for_what_was_not_set_up() {
        deepSeek.onSearch(containing("weather")).noResults();

        HttpResponse<String> other = api.post(SEARCH, "{\"query\":\"news\"}");

        assertThat(other.statusCode()).isEqualTo(400);
        assertThatThrownBy(deepSeek::verify)
                .hasMessageContaining("\"news\"")
                .hasMessageContaining("onSearch(containing \"weather\")");
    }

    @Test
    void should_meet_a_fault_once_and_forget_scripts_when_it_is_reset() {
        deepSeek.onSearch(anything()).noResults();
        deepSeek.fault(Fault.HTML_WITH_200);
        String body = "{\"query\":\"a\"}";

        assertThat(api.post(SEARCH, body).body()).contains("Welcome to the proxy");
        assertThat(Api.json(api.post(SEARCH, body)).path("results")).isEmpty();
        deepSeek.reset();
        assertThat(Api.json(api.post(SEARCH, body)).path("results")).hasSize(3);
    }
}
