package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.github.deepthink4j.model.DeepSeekChatModel;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;

/** A model makes use of {@link DrainKit}'s rules. */
@Timeout(120)
class DrainTest {

    @ParameterizedTest
    @NullSource
    @MethodSource("spi")
    void should_give_the_answer_of_a_server_that_falls_silent_and_hang_up(HttpClientBuilder client) throws Exception {
        try (LingeringServer server = LingeringServer.thatFallsSilent();
                DeepSeekChatModel model = DeepSeekChatModel.builder()
                        .baseUrl(server.url())
                        .modelName("deepseek-flash")
                        .httpClientBuilder(client)
                        .build()) {
            AiMessage answer = model.chat(UserMessage.from("Hello")).aiMessage();

            assertThat(answer.text()).isEqualTo("Hi");
            server.awaitClosedByClient();
        }
    }

    static Stream<HttpClientBuilder> spi() {
        return Stream.of(JdkHttpClient.builder());
    }
}
