package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.model.catalog.ModelDescription;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.MalformedAnswerException;
import io.github.deepthink4j.internal.http.Scheduler;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.settings.Timeouts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Catalog and balance: what is no answer is never "no models" or "no money". */
@Timeout(60)
class SideEndpointsTest {

    private static final String BALANCE = "{\"is_available\":true,\"balance_infos\":[{\"currency\":\"CNY\","
            + "\"total_balance\":\"110.00\",\"granted_balance\":\"10.00\",\"topped_up_balance\":\"100.00\"}]}";

    private static DeepSeekModelCatalog catalog(CannedServer server) {
        return DeepSeekModelCatalog.builder()
                .baseUrl(server.url())
                .apiKey("test")
                .build();
    }

    private static DeepSeekAccount account(CannedServer server) {
        return DeepSeekAccount.builder().baseUrl(server.url()).apiKey("test").build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {}                                                         | malformed_answer
        null                                                       | malformed_answer
        "text"                                                     | stream_error
        17                                                         | malformed_answer
        {"object":"list"}                                          | malformed_answer
        {"data":null,"is_available":null,"balance_infos":null}     | malformed_answer
        {"data":"none","is_available":"yes","balance_infos":"none"} | malformed_answer
        {"data":[{}],"is_available":true,"balance_infos":[{}]}     | malformed_answer
        <html></html>                                              | malformed_answer
        {"data":[                                                  | malformed_answer
        {"error":{"message":"Slow down","code":429}}               | rate_limit
        {"error":{"message":"Insufficient Balance"}}               | insufficient_balance
        {"code":401,"message":"No such key"}                       | invalid_api_key
        {"data":[],"is_available":false,"balance_infos":[],"error":{"message":"Authentication Fails","code":401}} | invalid_api_key
        {"data":[],"is_available":false,"balance_infos":[],"code":401,"message":"token expired"} | invalid_api_key
        {"data":[],"is_available":false,"balance_infos":[],"success":false,"message":"Rate limit"} | rate_limit
        {"data":[],"is_available":false,"balance_infos":[],"code":500,"message":"upstream timeout"} | server_fault
        {"data":[{"id":""}],"is_available":true,"balance_infos":[{}]} | malformed_answer
        {"message":"Something else"}                               | stream_error
        """)
    void should_be_an_error_where_there_is_no_answer(String body, String code) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekModelCatalog catalog = catalog(server);
                DeepSeekAccount account = account(server)) {

            assertThat(((DeepSeekError) catchThrowable(catalog::listModels)).code())
                    .isEqualTo(code);
            assertThat(((DeepSeekError) catchThrowable(account::balance)).code())
                    .isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void should_be_an_error_where_nothing_came(int status) {
        try (CannedServer server = new CannedServer(new Canned(status, ""));
                DeepSeekModelCatalog catalog = catalog(server);
                DeepSeekAccount account = account(server)) {

            assertThat(catchThrowable(catalog::listModels))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("/models")
                    .hasMessageContaining("empty");
            assertThat(catchThrowable(account::balance)).isInstanceOf(MalformedAnswerException.class);
        }
    }

    @Test
    void should_read_a_long_list() {
        String models = IntStream.range(0, 2500)
                .mapToObj(i -> "{\"id\":\"vendor/model-%d\",\"object\":\"model\",\"owned_by\":\"%s\"}"
                        .formatted(i, "o".repeat(40)))
                .collect(Collectors.joining(","));
        String body = "{\"object\":\"list\",\"data\":[" + models + "]}";
        assertThat(body).hasSizeGreaterThan(200_000);
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekModelCatalog catalog = catalog(server)) {

            assertThat(catalog.listModels())
                    .hasSize(2500)
                    .extracting(ModelDescription::name)
                    .endsWith("vendor/model-2499");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        {"object":"list","data":[]}   | 0
        {"object":"list","data":null} | 0
        {"data":[{"id":"a"}]}         | 1
        [{"id":"a"},{"id":"b"}]       | 2
        {"data":["a","b"]}            | 2
        {"data":[{"id":"a"}],"success":true,"code":200,"message":"ok"} | 1
        """)
    void should_read_the_lists_that_hosts_send(String body, int count) {
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekModelCatalog catalog = catalog(server)) {

            assertThat(catalog.listModels()).hasSize(count);
        }
    }

    @Test
    void should_read_a_balance_and_refuse_an_amount_that_is_none() {
        try (CannedServer server =
                        new CannedServer(new Canned(200, BALANCE), new Canned(200, BALANCE.replace("110.00", "much")));
                DeepSeekAccount account = account(server)) {

            assertThat(account.balance().amounts())
                    .singleElement()
                    .satisfies(amount -> assertThat(amount.total()).isEqualTo(new BigDecimal("110.00")));
            assertThat(catchThrowable(account::balance))
                    .isInstanceOf(MalformedAnswerException.class)
                    .hasMessageContaining("total_balance");
        }
    }

    /** The clock that watches the wire does nothing here, and neither does the executor. */
    @Test
    void should_keep_its_total_limit_on_an_executor_that_drops_tasks() {
        Scheduler still = new Scheduler() {
            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public Runnable schedule(Runnable task, Duration delay) {
                return () -> {};
            }
        };
        try (CannedServer server = new CannedServer(new Canned(200, BALANCE));
                DeepSeekAccount account = DeepSeekAccount.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .executor(task -> {})
                        .scheduler(still)
                        .timeouts(
                                Timeouts.custom().total(Duration.ofMillis(100)).build())
                        .build()) {

            assertThat(catchThrowable(account::balance))
                    .isInstanceOf(DeepSeekTimeoutException.class)
                    .hasMessageContaining("within 100 milliseconds");
        }
    }
}
