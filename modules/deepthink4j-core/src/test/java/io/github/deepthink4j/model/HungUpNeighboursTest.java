package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call that is ended early, for whatever reason, must not take the connection of a good one with it. */
class HungUpNeighboursTest {

    @ParameterizedTest
    @CsvSource({
        "true,  HTML_WITH_200",
        "true,  ERROR_IN_STREAM_DATA",
        "true,  GARBAGE_JSON",
        "false, HTML_WITH_200",
    })
    @Timeout(120)
    void should_leave_good_calls_alone(boolean ownTransport, Fault fault) throws Exception {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)
                        .brain(request -> request.lastUserText().equals("bad")
                                ? Answer.thinking("a b c").thenText("d e f").fault(fault)
                                : Answer.text("good"));
                DeepSeekChatModel model = model(deepSeek, ownTransport)) {
            ExecutorService callers = Executors.newFixedThreadPool(16);
            List<Future<String>> good = new ArrayList<>();
            List<Future<String>> bad = new ArrayList<>();
            for (int i = 0; i < Thorough.times(400, 40); i++) {
                good.add(callers.submit(() -> ask(model, "good")));
                bad.add(callers.submit(() -> ask(model, "bad")));
            }
            for (Future<String> each : good) {
                assertThat(each.get()).isEqualTo("good");
            }
            for (Future<String> each : bad) {
                assertThatThrownBy(each::get).isNotNull();
            }
            callers.shutdown();
        }
    }

    private static DeepSeekChatModel model(DeepSeekSimulator deepSeek, boolean ownTransport) {
        DeepSeekChatModel.Builder builder = DeepSeekChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE);
        return ownTransport
                ? builder.build()
                : builder.httpClientBuilder(JdkHttpClient.builder()).build();
    }

    private static String ask(DeepSeekChatModel model, String question) {
        return model.chat(ChatRequest.builder()
                        .messages(UserMessage.from(question))
                        .build())
                .aiMessage()
                .text();
    }
}
