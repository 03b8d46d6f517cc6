package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.CannedServer.Canned;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RetryAfterTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        429 | retry-after    | 31536000                      | 1 year
        429 | retry-after    | 99999999999999999999999       | 100 years
        503 | retry-after    | 1e400                         | 100 years
        500 | retry-after-ms | 9e99                          | 100 years
        429 | retry-after    | Fri, 31 Dec 9999 23:59:59 GMT | 100 years
        """)
    void should_fail_at_once_where_nobody_would_wait(int status, String header, String value, String words) {
        try (CannedServer server = new CannedServer(new Canned(status, "{}").with(header, value));
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(server.url())
                        .apiKey("test")
                        .modelName("deepseek-flash")
                        .timeout(Duration.ofDays(100_000))
                        .build()) {

            Throwable error = catchThrowable(() -> model.chat("Hi"));

            assertThat(error).isInstanceOf(DeepSeekError.class).hasMessageContaining("asked again in " + words);
            assertThat(server.paths()).hasSize(1);
        }
    }
}
