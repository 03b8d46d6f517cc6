package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.exception.InvalidRequestException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.error.UnknownModelException;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web pages as documents. */
@Timeout(60)
class DeepSeekWebPageLoaderTest {

    private static final String URL = "https://example.com/weather";

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final DeepSeekWebPageLoader loader = DeepSeekWebPageLoader.builder()
            .baseUrl(deepSeek.baseUrl())
            .apiKey("test")
            .maxRetries(0)
            .build();

    @AfterEach
    void close() {
        loader.close();
        deepSeek.close();
    }

    @Test
    void should_load_a_page_with_its_title_and_url() {
        deepSeek.onFetch(containing("weather")).page("Weather", "# Weather\n\n20 degrees");

        Document page = loader.load(URI.create(URL));

        assertThat(page.text()).isEqualTo("# Weather\n\n20 degrees");
        assertThat(page.metadata().toMap()).isEqualTo(Map.of("url", URL, "title", "Weather"));
        assertThat(deepSeek.allRequests()).singleElement().satisfies(sent -> {
            assertThat(sent.path()).isEqualTo("/v1/tools/fetch");
            assertThat(sent.body().path("url").asText()).isEqualTo(URL);
        });
    }

    @Test
    void should_refuse_half_of_a_character_in_a_url() {
        assertThatThrownBy(() -> loader.load(URL + "?q=\ud83d"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("half of a surrogate pair");
        assertThat(deepSeek.allRequests()).isEmpty();
    }

    @Test
    void should_load_a_page_without_a_title() {
        deepSeek.onFetch(anything()).page("", "20 degrees");

        assertThat(loader.loadAsync(URL).join().metadata().toMap()).isEqualTo(Map.of("url", URL));
    }

    @Test
    void should_tell_a_missing_page_from_a_missing_endpoint() {
        deepSeek.onFetch(anything())
                .error(404, "failed to fetch URL")
                .nextTime()
                .error(404, "Not found");

        assertThatThrownBy(() -> loader.load(URL))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("could not be fetched")
                .hasMessageContaining("failed to fetch URL");
        assertThatThrownBy(() -> loader.load(URL)).isInstanceOf(UnknownModelException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" \n", "\u00a0\n\u00a0", "\u200b\ufeff", "\u3000"})
    void should_not_take_a_blank_page_for_a_document(String text) {
        deepSeek.onFetch(anything()).page("Weather", text);

        assertThatThrownBy(() -> loader.load(URL))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("no text");
    }

    @Test
    void should_not_take_the_title_of_a_page_without_text_for_an_error() {
        deepSeek.onFetch(anything()).json("{\"title\":\"Weather\",\"content\":null}");

        assertThatThrownBy(() -> loader.load(URL))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessageContaining("no text")
                .hasMessageNotContaining("Weather");
    }

    @Test
    void should_tell_an_error_that_stands_in_place_of_a_text() {
        deepSeek.onFetch(anything()).json("{\"title\":\"Weather\",\"content\":null,\"message\":\"closed to us\"}");

        assertThatThrownBy(() -> loader.load(URL)).hasMessageContaining("closed to us");
    }

    /** None of them is a host to Java's URI. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://my_host.example.com/a",
                "http://my_host:8080/",
                "https://m\u00fcller.example/",
                "https://\u4f8b\u5b50.example?a=b",
                "http://[2001:db8::1]/"
            })
    void should_load_from_each_host_that_there_may_be(String url) {
        deepSeek.onFetch(anything()).page("", "20 degrees");

        assertThat(loader.load(url).metadata().getString("url")).isEqualTo(url);
        assertThat(deepSeek.allRequests().get(0).body().path("url").asText()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"content\":7}", "[]", "7"})
    void should_not_take_what_is_no_answer_for_a_page(String body) {
        deepSeek.onFetch(anything()).json(body);

        assertThatThrownBy(() -> loader.load(URL)).isInstanceOf(MalformedAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "ftp://example.com/",
                "file:///etc/passwd",
                "https:///nohost",
                "https://:80/",
                "https://_/",
                "https://anna:secret@my_host/",
                "https://anna@m\u00fcller.example/",
                "https://anna:secret@example.com/",
                "https://example.com/a b"
            })
    void should_refuse_an_url_that_is_none_before_it_is_sent(String url) {
        assertThatThrownBy(() -> loader.load(url))
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> loader.loadAsync("https://example.com/" + "x".repeat(8192)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("8192");
        assertThat(deepSeek.allRequests()).isEmpty();
    }
}
