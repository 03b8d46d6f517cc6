package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.web.search.WebSearchRequest;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.model.CannedServer.Canned;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the services that have far more in them than was asked for, and what no machine can hold. */
@Timeout(60)
class LargeAnswersTest {

    private static DeepSeekWebSearchEngine engineAt(CannedServer server) {
        return DeepSeekWebSearchEngine.builder()
                .baseUrl(server.url())
                .apiKey("test")
                .maxResults(5)
                .build();
    }

    private static String results(int count) {
        return "{\"results\":["
                + String.join(",", Collections.nCopies(count, "{\"title\":\"x\",\"url\":\"http://a/\"}")) + "]}";
    }

    @Test
    void should_take_some_results_more_than_were_asked_for() {
        try (CannedServer server = new CannedServer(new Canned(200, results(12)));
                DeepSeekWebSearchEngine engine = engineAt(server)) {

            assertThat(engine.search("q").results()).hasSize(12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {56, 300_000})
    void should_tell_of_results_that_nobody_has_asked_for(int count) {
        try (CannedServer server = new CannedServer(new Canned(200, results(count)));
                DeepSeekWebSearchEngine engine = engineAt(server)) {

            assertThatThrownBy(() -> engine.search(WebSearchRequest.from("q")))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining(count == 56 ? "56 results, and 5 were asked for" : "more than can be read");
            assertThat(server.paths()).hasSize(1);
        }
    }

    @Test
    void should_tell_of_very_many_errors_in_one() {
        String body = "{\"error\":["
                + String.join(",", Collections.nCopies(100_000, "{\"message\":\"boom\"},{\"message\":\"bang\"}"))
                + "]}";
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekWebSearchEngine engine = engineAt(server)) {

            assertThat(catchThrowable(() -> engine.search("q")))
                    .isInstanceOf(DeepSeekError.class)
                    .hasMessageContaining("boom");
        }
    }

    @Test
    void should_end_at_once_with_an_error_of_the_machine() {
        OutOfMemoryError broken = new OutOfMemoryError("no room, expected by this test");
        try (CannedServer server = new CannedServer(new Canned(200, "{}"));
                ServiceCalls calls = DeepSeekFiles.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .calls(LargeAnswersTest.class)) {
            ServiceRequest<String> request = calls.bare("GET", calls.endpoints().files("", ""), answer -> {
                throw broken;
            });

            CompletableFuture<String> started = calls.start(request);

            assertThat(catchThrowable(() -> calls.call(request))).isSameAs(broken);
            assertThat(catchThrowable(started::join)).hasCause(broken);
            assertThat(server.paths()).hasSize(2);
        }
    }
}
