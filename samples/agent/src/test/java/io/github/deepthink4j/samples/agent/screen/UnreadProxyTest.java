package io.github.deepthink4j.samples.agent.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.ErrorDetails;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreadProxyTest {

    private static Throwable failed(Reason reason) {
        return new ConnectionFailedException("There is no host.", ErrorDetails.NONE, null, reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        HTTPS_PROXY | http://proxy.example:3128          | -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128
        https_proxy | proxy.example:3128                 | -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=3128
        http_proxy  | http://10.0.0.1:8080/              | -Dhttp.proxyHost=10.0.0.1 -Dhttp.proxyPort=8080
        HTTPS_PROXY | http://bob:hunter2@proxy.example:1 | -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=1
        HTTPS_PROXY | hunter2 nonsense                   | -Dhttps.proxyHost=... -Dhttps.proxyPort=...
        HTTPS_PROXY | http://proxy.example               | -Dhttps.proxyHost=proxy.example -Dhttps.proxyPort=...
        ALL_PROXY   | socks5://127.0.0.1:1080            | goes through no SOCKS proxy
        """)
    void should_say_how_java_is_told_of_a_proxy(String name, String value, String said) {
        assertThat(UnreadProxy.hint(Map.of(name, value), failed(Reason.UNKNOWN_HOST)))
                .startsWith(name + " is set, but Java does not read it")
                .contains(said)
                .doesNotContain("hunter2", "bob");
    }

    @Test
    void should_say_nothing_where_that_is_not_the_reason() {
        Map<String, String> set = Map.of("HTTPS_PROXY", "http://proxy.example:3128");

        assertThat(UnreadProxy.hint(Map.of("HTTPS_PROXY", " "), failed(Reason.REFUSED)))
                .isEmpty();
        assertThat(UnreadProxy.hint(set, failed(Reason.TLS))).isEmpty();
        assertThat(UnreadProxy.hint(set, failed(Reason.CLOSED))).isEmpty();
        assertThat(UnreadProxy.hint(set, new IllegalArgumentException("DEEPSEEK_BASE_URL is none.")))
                .isEmpty();
    }
}
