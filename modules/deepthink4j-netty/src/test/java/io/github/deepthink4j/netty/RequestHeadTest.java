package io.github.deepthink4j.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.internal.http.Secrets;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.settings.Timeouts;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestHeadTest {

    private static final ProxySelector NONE = ProxySelector.of(null);

    private static String head(String url, Map<String, String> headers, byte[] body, ProxySelector proxies) {
        URI uri = URI.create(url);
        TransportRequest request = new TransportRequest(
                body == null ? "GET" : "POST", uri, headers, body, Timeouts.DEFAULT, Secrets.of(uri, headers, null));
        return new String(RequestHead.of(request, Route.to(uri, proxies)), StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.deepseek.com,                  /,                       api.deepseek.com",
        "https://api.deepseek.com:443/v1,           /v1,                     api.deepseek.com",
        "http://[::1]:8080/a%20b?c=%26,             /a%20b?c=%26,            [::1]:8080",
        "http://localhost:443/,                     /,                       localhost:443",
    })
    void should_name_the_place_and_the_host(String url, String target, String host) {
        assertThat(head(url, Map.of(), null, NONE))
                .isEqualTo("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void should_say_how_long_the_body_is() {
        assertThat(head("http://localhost/x", Map.of("Authorization", "Bearer k"), new byte[7], NONE))
                .isEqualTo(
                        "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 7\r\nAuthorization: Bearer k\r\n\r\n");
    }

    @Test
    void should_name_the_whole_place_to_a_proxy_that_reads_it_alone() {
        ProxySelector proxy = ProxySelector.of(new InetSocketAddress("127.0.0.1", 3128));

        assertThat(head("http://deepseek.invalid/x", Map.of(), null, proxy))
                .startsWith("GET http://deepseek.invalid/x HTTP/1.1\r\nHost: deepseek.invalid\r\n");
        assertThat(head("https://deepseek.invalid/x", Map.of(), null, proxy)).startsWith("GET /x HTTP/1.1\r\n");
        assertThat(new String(
                        RequestHead.connect(Route.to(URI.create("https://deepseek.invalid/x"), proxy)),
                        StandardCharsets.US_ASCII))
                .isEqualTo("CONNECT deepseek.invalid:443 HTTP/1.1\r\nHost: deepseek.invalid:443\r\n\r\n");
    }

    @Test
    void should_send_no_header_that_says_where_a_message_ends() {
        for (String name : new String[] {"Host", "content-length", "Transfer-Encoding", "Connection", "a b", ""}) {
            assertThatThrownBy(() -> head("http://localhost", Map.of(name, "x"), null, NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("header name");
        }
        for (String value : new String[] {"key\r\nX: y", "key\n", "key\0", "k\u0100"}) {
            assertThatThrownBy(() -> head("http://localhost", Map.of("X-Mine", value), null, NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("invalid header value of X-Mine");
        }
    }

    @Test
    void should_lead_nowhere_without_a_host() {
        assertThatThrownBy(() -> Route.to(URI.create("ftp://localhost/"), NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Route.to(URI.create("http:///x"), NONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
