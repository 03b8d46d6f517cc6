package io.github.deepthink4j.reactor;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import reactor.blockhound.BlockHound;

/** A test against a simulator, with BlockHound watching. After each test no connection to the model is open. */
@Timeout(60)
abstract class Simulated {

    static final ChatRequest HI = request("Hi");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    static {
        BlockHound.install();
    }

    final DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1);

    @AfterEach
    void should_have_left_no_connection_open() {
        await("no connection is open", () -> deepSeek.openConnections() == 0 && deepSeek.runningAnswers() == 0);
        deepSeek.close();
    }

    DeepSeekStreamingChatModel.Builder builder() {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(
                        RetryPolicy.custom().baseDelay(Duration.ofMillis(1)).build());
    }

    ReactiveDeepSeekChatModel model() {
        return ReactiveDeepSeekChatModel.from(builder().build());
    }

    /** Sets answers up after which the server closes the connection: one kept alive would count as open. */
    void respond(Answer... answers) {
        deepSeek.respond(Stream.of(answers).map(Simulated::closing).toArray(Answer[]::new));
    }

    static Answer closing(Answer answer) {
        return answer.header("Connection", "close");
    }

    static ChatRequest request(String message) {
        return ChatRequest.builder().messages(UserMessage.from(message)).build();
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("has not come about: " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
