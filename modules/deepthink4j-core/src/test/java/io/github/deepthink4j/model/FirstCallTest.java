package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.model.CannedServer.Canned;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the first call of a fresh JVM loads, which is most of what it takes. */
@Timeout(60)
class FirstCallTest {

    private static final String ANSWER = CannedServer.event("""
                    {"id":"1","choices":[{"index":0,"delta":{"role":"assistant","content":"here"},"finish_reason":"stop"}]}""") + CannedServer.event("[DONE]");

    /** The call, in a JVM of its own. */
    public static final class Call {

        private Call() {}

        public static void main(String[] args) {
            try (DeepSeekChatModel model = DeepSeekChatModel.builder()
                    .baseUrl(args[0])
                    .apiKey("test")
                    .modelName("deepseek-flash")
                    .build()) {
                System.out.println("answer: " + model.chat("Hi"));
            }
        }
    }

    @Test
    void should_load_neither_tls_nor_data_binding_for_a_plain_host() throws Exception {
        try (CannedServer server = new CannedServer(new Canned(200, ANSWER))) {
            List<String> said = ofFreshJvm(server.url());

            assertThat(said).contains("answer: here");
            assertThat(said).noneMatch(line -> line.contains("com.fasterxml.jackson.databind.ObjectMapper"));
            assertThat(said).noneMatch(line -> line.contains("sun.security.ssl."));
        }
    }

    private static List<String> ofFreshJvm(String baseUrl) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Call.class.getName(),
                        baseUrl)
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return lines;
    }
}
