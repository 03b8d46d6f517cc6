package io.github.deepthink4j.model;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.document.Document;
import dev.langchain4j.web.search.WebSearchRequest;
import dev.langchain4j.web.search.WebSearchResults;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.ServerFaultException;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The services beside chats when things go wrong: one typed error each, and never an empty answer. */
@Timeout(120)
class ServiceFaultsTest {

    private static final String URL = "https://example.com/";

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();
    private final List<AttemptEvent> attempts = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    private <B extends DeepSeekServiceBuilder<B>> B quick(B builder) {
        return builder.baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .retryPolicy(RetryPolicy.custom()
                        .baseDelay(Duration.ofMillis(1))
                        .onAttempt(attempts::add)
                        .build());
    }

    /** Little time for what never ends, and ample time for all else: other tests run beside these. */
    private static Timeouts timeoutsFor(Fault fault) {
        boolean endless = fault.name().startsWith("STALL") || fault == Fault.SLOW_HEADERS;
        return endless
                ? Timeouts.custom()
                        .firstByte(Duration.ofMillis(800))
                        .idle(Duration.ofMillis(800))
                        .total(Duration.ofSeconds(3))
                        .build()
                : Timeouts.DEFAULT;
    }

    private DeepSeekWebSearchEngine engine() {
        return quick(DeepSeekWebSearchEngine.builder()).build();
    }

    private DeepSeekWebPageLoader loader() {
        return quick(DeepSeekWebPageLoader.builder()).build();
    }

    /** What the table of faults is to a chat it is to them: what may pass is tried again, all else told once. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void should_tell_each_fault_or_try_again(Fault fault) {
        boolean isNone = fault == Fault.NO_DONE || fault == Fault.EMPTY_ANSWER || fault == Fault.BUDGET_EATEN;
        deepSeek.onSearch(anything()).fault(fault);
        deepSeek.onFetch(anything()).fault(fault);
        Timeouts timeouts = timeoutsFor(fault);
        try (DeepSeekWebSearchEngine engine = quick(DeepSeekWebSearchEngine.builder())
                        .timeouts(timeouts)
                        .build();
                DeepSeekWebPageLoader loader = quick(DeepSeekWebPageLoader.builder())
                        .timeouts(timeouts)
                        .build()) {

            Throwable ofSearch = catchThrowable(() -> engine.search("weather"));
            Throwable ofFetch = catchThrowable(() -> loader.load(URL));

            if (isNone) {
                assertThat(ofSearch).isNull();
            } else {
                assertThat(ofSearch).isInstanceOf(DeepSeekError.class);
            }
            if (isNone && fault != Fault.EMPTY_ANSWER) {
                assertThat(ofFetch).isNull();
            } else {
                assertThat(ofFetch).isInstanceOf(DeepSeekError.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"RESET", "CUT_BEFORE_FIRST_PIECE", "CUT_IN_ANSWER", "RESET_IN_ANSWER", "ERROR_IN_STREAM_DATA"})
    void should_try_again_what_may_pass(Fault fault) {
        deepSeek.onSearch(anything())
                .fault(fault)
                .nextTime()
                .result("Weather", "https://example.com/weather", "20 degrees");
        try (DeepSeekWebSearchEngine engine = engine()) {

            assertThat(engine.search("weather").results()).hasSize(1);
            assertThat(attempts).hasExactlyElementsOfTypes(AttemptEvent.Failed.class, AttemptEvent.Succeeded.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HTML_WITH_200", "BLANK_BODY", "GARBAGE_JSON", "REDIRECT_ELSEWHERE", "STALL_SILENT"})
    void should_ask_once_where_another_try_is_of_no_use(Fault fault) {
        deepSeek.onSearch(anything()).fault(fault);
        try (DeepSeekWebSearchEngine engine = quick(DeepSeekWebSearchEngine.builder())
                .timeouts(timeoutsFor(fault))
                .build()) {

            assertThat(catchThrowable(() -> engine.search("weather"))).isInstanceOf(DeepSeekError.class);
            assertThat(deepSeek.allRequests()).hasSize(1);
        }
    }

    @Test
    void should_wait_as_long_as_the_server_asks_for() {
        deepSeek.onSearch(anything())
                .error(429, "Too many requests")
                .header("Retry-After", "1")
                .nextTime()
                .noResults();
        try (DeepSeekWebSearchEngine engine = engine()) {

            assertThat(engine.search("weather").results()).isEmpty();
            assertThat(attempts.get(0)).isInstanceOfSatisfying(AttemptEvent.Failed.class, failed -> {
                assertThat(failed.error()).isInstanceOf(DeepSeekRateLimitException.class);
                assertThat(failed.delayBeforeNext()).isEqualTo(Duration.ofSeconds(1));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503})
    void should_give_up_after_three_attempts(int status) {
        deepSeek.onFetch(anything()).error(status, "Down");
        try (DeepSeekWebPageLoader loader = loader()) {

            assertThatThrownBy(() -> loader.load(URL))
                    .isInstanceOf(DeepSeekError.class)
                    .hasMessageContaining("Down");
            assertThat(deepSeek.allRequests()).hasSize(3);
        }
    }

    @Test
    void should_bound_all_attempts_together() {
        deepSeek.onSearch(anything()).error(500, "Down");
        try (DeepSeekWebSearchEngine engine = quick(DeepSeekWebSearchEngine.builder())
                .timeout(Duration.ofMillis(300))
                .retryPolicy(RetryPolicy.custom()
                        .maxAttempts(100)
                        .baseDelay(Duration.ofMillis(20))
                        .build())
                .build()) {

            assertThat(catchThrowable(() -> engine.search("weather")))
                    .isInstanceOfAny(ServerFaultException.class, DeepSeekTimeoutException.class);
            assertThat(deepSeek.allRequests().size()).isLessThan(100);
        }
    }

    @Test
    void should_hang_up_when_a_future_is_cancelled() throws Exception {
        deepSeek.onSearch(anything()).after(Duration.ofMinutes(1));
        try (DeepSeekWebSearchEngine engine =
                quick(DeepSeekWebSearchEngine.builder()).build()) {
            CompletableFuture<WebSearchResults> found = engine.searchAsync(WebSearchRequest.from("weather"));
            SimulatedRequest sent = arrived();

            found.cancel(false);

            assertThatThrownBy(found::join).isInstanceOf(CancellationException.class);
            assertThat(sent.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(sent.cancelled()).isTrue();
        }
    }

    @Test
    void should_hang_up_when_a_thread_is_interrupted() throws Exception {
        deepSeek.onFetch(anything()).after(Duration.ofMinutes(1));
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (DeepSeekWebPageLoader loader =
                quick(DeepSeekWebPageLoader.builder()).build()) {
            Thread waiting = new Thread(() -> thrown.add(catchThrowable(() -> loader.load(URL))));
            waiting.start();
            SimulatedRequest sent = arrived();

            waiting.interrupt();
            waiting.join();

            assertThat(thrown).singleElement().isInstanceOf(CallInterruptedException.class);
            assertThat(sent.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(sent.cancelled()).isTrue();
        }
    }

    @Test
    void should_end_calls_when_it_is_closed() throws Exception {
        deepSeek.onFetch(anything()).after(Duration.ofMinutes(1));
        DeepSeekWebPageLoader loader = quick(DeepSeekWebPageLoader.builder()).build();
        CompletableFuture<Document> page = loader.loadAsync(URL);
        arrived();

        loader.close();

        assertThat(catchThrowable(page::join))
                .cause()
                .isInstanceOfSatisfying(
                        ConnectionFailedException.class,
                        error -> assertThat(error.reason()).isEqualTo(ConnectionFailedException.Reason.CLOSED));
        assertThatThrownBy(() -> loader.load(URL)).isInstanceOf(IllegalStateException.class);
    }

    private SimulatedRequest arrived() throws InterruptedException {
        while (deepSeek.allRequests().isEmpty()) {
            Thread.sleep(2);
        }
        return deepSeek.allRequests().get(0);
    }

    /** Half of them fail or are cancelled, and none gets another's answer. */
    @Test
    void should_keep_many_at_once_apart() throws Exception {
        int calls = 320;
        deepSeek.onSearch(anything()).reply(request -> {
            String query = request.body().path("query").asText();
            return query.endsWith("3")
                    ? ServiceAnswer.error(400, "refused " + query)
                    : ServiceAnswer.noResults()
                            .andResult(query, URL, query)
                            .delay(query.endsWith("1") ? Duration.ofSeconds(60) : Duration.ZERO);
        });
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (DeepSeekWebSearchEngine engine =
                quick(DeepSeekWebSearchEngine.builder()).build()) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                String query = "query " + i / 4 + " " + i % 4;
                outcomes.add(threads.submit(() -> outcome(engine, query)));
            }

            for (int i = 0; i < calls; i++) {
                String query = "query " + i / 4 + " " + i % 4;
                String expected = switch (i % 4) {
                    case 1 -> "cancelled";
                    case 3 -> "refused " + query;
                    default -> query;
                };
                assertThat(outcomes.get(i).get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(deepSeek.allRequests()).allMatch(request -> request.awaitEnd(Duration.ofSeconds(30)));
    }

    private static String outcome(DeepSeekWebSearchEngine engine, String query) {
        CompletableFuture<WebSearchResults> found = engine.searchAsync(WebSearchRequest.from(query));
        if (query.endsWith("1")) {
            found.cancel(true);
            return found.isCancelled() ? "cancelled" : "not cancelled";
        }
        try {
            return found.join().results().get(0).title();
        } catch (CompletionException e) {
            return String.valueOf(((DeepSeekError) e.getCause()).details().providerMessage());
        }
    }
}
