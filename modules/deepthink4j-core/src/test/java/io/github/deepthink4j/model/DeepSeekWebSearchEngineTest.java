package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web search: what goes out, what comes back, and what is refused before it is sent. */
@Timeout(60)
class DeepSeekWebSearchEngineTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final DeepSeekWebSearchEngine engine = engine(deepSeek.baseUrl()).build();

    private static DeepSeekWebSearchEngine.Builder engine(String baseUrl) {
        return DeepSeekWebSearchEngine.builder().baseUrl(baseUrl).apiKey("test").maxRetries(0);
    }

    @AfterEach
    void close() {
        engine.close();
        deepSeek.close();
    }

    @Test
    void should_find_what_the_script_says() {
        deepSeek.onSearch(containing("weather"))
                .result("Weather", "https://example.com/weather", "20 degrees in Munich")
                .result("More", "https://example.com/more", "21 degrees in Rome");

        WebSearchResults found = engine.search("weather in Munich");

        assertThat(found.results()).extracting(WebSearchOrganicResult::title).containsExactly("Weather", "More");
        WebSearchOrganicResult first = found.results().get(0);
        assertThat(first.url()).isEqualTo(URI.create("https://example.com/weather"));
        assertThat(first.content()).isEqualTo("20 degrees in Munich");
        assertThat(first.metadata())
                .containsEntry("rerank_score", "2.1")
                .containsEntry("authority", "3")
                .containsEntry("date", "2026-10-20T08:00:00Z")
                .doesNotContainKey("site_icon");
        assertThat(found.searchMetadata()).containsEntry("billedCalls", 1);
        assertThat(found.searchInformation().totalResults()).isEqualTo(2);
    }

    /** Half of a character goes out as nothing that a server would refuse, as in a chat. */
    @Test
    void should_send_half_of_a_character_as_unicode_advises() {
        engine.search(WebSearchRequest.builder()
                .searchTerms("weather \ud83d")
                .additionalParams(Map.of("ori_question", "How \udc00?"))
                .build());

        assertThat(deepSeek.allRequests()).singleElement().satisfies(sent -> {
            assertThat(sent.body().get("query").asText()).isEqualTo("weather \ufffd");
            assertThat(sent.body().get("ori_question").asText()).isEqualTo("How \ufffd?");
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void should_refuse_what_json_has_no_number_for(double value) {
        WebSearchRequest request = WebSearchRequest.builder()
                .searchTerms("weather")
                .additionalParams(Map.of("rank", List.of(value)))
                .build();

        assertThatThrownBy(() -> engine.search(request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("additionalParams.rank");
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_find_nothing_without_an_error() {
        deepSeek.onSearch(anything()).noResults();

        WebSearchResults found = engine.search("weather");

        assertThat(found.results()).isEmpty();
        assertThat(found.searchMetadata()).containsEntry("billedCalls", 0);
    }

    @Test
    void should_say_all_that_a_request_says() {
        WebSearchRequest request = WebSearchRequest.builder()
                .searchTerms("weather site:example.com")
                .maxResults(50)
                .language("de")
                .geoLocation("203.0.113.7")
                .additionalParams(Map.of("ori_question", "How is the weather?"))
                .build();
        try (DeepSeekWebSearchEngine contents =
                engine(deepSeek.baseUrl()).pageContents(true).build()) {

            contents.search(request);
        }

        assertThat(deepSeek.allRequests()).singleElement().satisfies(sent -> {
            assertThat(sent.path()).isEqualTo("/v1/tools/search");
            assertThat(sent.body()).hasToString(new ObjectMapper().readTree("""
                            {"query":"weather site:example.com lang:de","count":50,"need_content":true,
                             "localization":"203.0.113.7","ori_question":"How is the weather?"}""").toString());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/v1", "/beta"})
    void should_find_the_service_from_each_base_url(String path) {
        try (DeepSeekWebSearchEngine other = engine(deepSeek.baseUrl() + path).build()) {

            assertThat(other.search("weather").results()).hasSize(3);
        }
    }

    static Stream<WebSearchRequest> outOfRange() {
        return Stream.of(
                WebSearchRequest.from("x".repeat(129)),
                WebSearchRequest.from("\uD83C\uDF26".repeat(129)),
                WebSearchRequest.builder()
                        .searchTerms("x".repeat(122))
                        .language("de")
                        .build(),
                WebSearchRequest.from("weather", 0),
                WebSearchRequest.from("weather", 51),
                WebSearchRequest.builder()
                        .searchTerms("weather")
                        .additionalParams(Map.of("count", 7))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void should_refuse_what_is_out_of_range_before_it_is_sent(WebSearchRequest request) {
        assertThatThrownBy(() -> engine.search(request)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> engine.searchAsync(request)).isInstanceOf(InvalidRequestException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    static Stream<Object> valuesThatAreNoJson() {
        Map<String, Object> ring = new HashMap<>();
        ring.put("again", ring);
        List<Object> list = new ArrayList<>();
        list.add(list);
        return Stream.of(ring, list, new Object());
    }

    @ParameterizedTest
    @MethodSource("valuesThatAreNoJson")
    void should_refuse_a_parameter_that_holds_itself_or_is_no_json(Object value) {
        WebSearchRequest request = WebSearchRequest.builder()
                .searchTerms("weather")
                .additionalParams(Map.of("odd", value))
                .build();

        assertThatThrownBy(() -> engine.search(request))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("odd");
        assertThatThrownBy(() -> engine.search("\u00a0")).isInstanceOf(InvalidRequestException.class);
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_count_characters_and_not_javas() {
        assertThat(engine.search("\uD83C\uDF26".repeat(128)).results()).hasSize(3);
    }

    @Test
    void should_refuse_a_further_page() {
        WebSearchRequest second =
                WebSearchRequest.builder().searchTerms("weather").startPage(2).build();

        assertThatThrownBy(() -> engine.search(second)).isInstanceOf(UnsupportedFeatureException.class);
    }

    @Test
    void should_tell_a_refusal_in_the_servers_words() {
        WebSearchRequest country = WebSearchRequest.builder()
                .searchTerms("weather")
                .geoLocation("de-DE")
                .build();

        assertThatThrownBy(() -> engine.search(country))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("'localization' must be a valid IP address");
    }

    @Test
    void should_say_that_a_key_is_wrong() {
        try (DeepSeekWebSearchEngine wrong = DeepSeekWebSearchEngine.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("wrong-key")
                .build()) {

            assertThatThrownBy(() -> wrong.search("weather")).isInstanceOf(InvalidApiKeyException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"results\":null}",
                "{\"results\":\"none\"}",
                "{\"results\":[{\"title\":\"no url\"}]}",
                "{\"results\":[{\"url\":null}]}",
                "{\"results\":[{\"url\":5}]}",
                "{\"results\":[{\"url\":\" \\u00a0\"}]}",
                "[1]"
            })
    void should_not_take_what_is_no_answer_for_no_results(String body) {
        deepSeek.onSearch(anything()).json(body);

        assertThatThrownBy(() -> engine.search("weather")).isInstanceOf(MalformedAnswerException.class);
    }

    @Test
    void should_read_results_that_are_odd() {
        deepSeek.onSearch(anything()).json("""
                {"results":[{"url":"https://example.com/a b|\u00fc?q=50%","title":" ","snippet":null,"summary":"",
                             "rerank_score":null,"extra":{"a":1}}]}""");

        List<WebSearchOrganicResult> found = engine.search("weather").results();

        assertThat(found).singleElement().satisfies(result -> {
            assertThat(result.url()).isEqualTo(URI.create("https://example.com/a%20b%7C%C3%BC?q=50%25"));
            assertThat(result.title()).isEqualTo("https://example.com/a b|\u00fc?q=50%");
            assertThat(result.snippet()).isNull();
            assertThat(result.content()).isNull();
            assertThat(result.metadata()).isEqualTo(Map.of("extra", "{\"a\":1}"));
        });
    }
}
