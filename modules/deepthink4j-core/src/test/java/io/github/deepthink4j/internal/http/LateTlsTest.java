package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.deepthink4j.faults.SelfSigned;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LateTlsTest {

    @Test
    void should_give_the_jdks_client_the_protocols_of_its_default() {
        HttpClient late = HttpClient.newBuilder().sslContext(LateTls.context()).build();

        assertThat(late.sslParameters().getProtocols())
                .isEqualTo(HttpClient.newHttpClient().sslParameters().getProtocols());
    }

    @Test
    void should_make_the_engines_of_the_default() throws Exception {
        SSLContext late = LateTls.context();
        SSLContext soon = SSLContext.getDefault();

        SSLEngine engine = late.createSSLEngine("localhost", 443);

        assertThat(engine.getPeerHost()).isEqualTo("localhost");
        assertThat(engine.getEnabledCipherSuites())
                .isEqualTo(soon.createSSLEngine().getEnabledCipherSuites());
        assertThat(late.getSupportedSSLParameters().getProtocols())
                .isEqualTo(soon.getSupportedSSLParameters().getProtocols());
        assertThat(late.getClientSessionContext()).isSameAs(soon.getClientSessionContext());
    }

    @Test
    void should_speak_what_the_jvm_is_told_to_speak() throws Exception {
        // What is told here is what the other tests of this JVM speak anyway.
        System.setProperty("jdk.tls.client.protocols", "TLSv1.3,TLSv1.2");
        try {
            SSLParameters late = LateTls.context().getDefaultSSLParameters();
            SSLParameters soon = SSLContext.getDefault().getDefaultSSLParameters();
            assertThat(late.getProtocols()).isEqualTo(soon.getProtocols());
            assertThat(late.getCipherSuites()).isNotEmpty().isEqualTo(soon.getCipherSuites());
        } finally {
            System.clearProperty("jdk.tls.client.protocols");
        }
    }

    @Test
    void should_trust_nobody_whom_the_default_does_not(@TempDir Path folder) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(SelfSigned.in(folder.resolve("keys.p12")).serving()));
        server.start();
        URI uri = URI.create("https://localhost:" + server.getAddress().getPort());
        HttpClient client =
                HttpClient.newBuilder().sslContext(LateTls.context()).build();

        try {
            assertThatThrownBy(() -> client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("PKIX");
        } finally {
            server.stop(0);
        }
    }
}
