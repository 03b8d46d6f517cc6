package io.github.deepthink4j.newer;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelPublisherListenerTest;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** LangChain4j's kit for what the listeners of a publisher hear: one request, and one end unless the subscriber has left. */
class PublisherListenersTest extends AbstractStreamingChatModelPublisherListenerTest {

    private final DeepSeekSimulator deepSeek =
            DeepSeekSimulator.as(Generation.V4_1).start();

    @AfterEach
    void close() {
        deepSeek.close();
    }

    @Override
    protected StreamingChatModel createModel(ChatModelListener listener, StreamScenario scenario) {
        deepSeek.respond(
                scenario.fail()
                        ? Answer.error(500, "broken")
                        : Answer.text("word ".repeat(scenario.contentChunks()))
                                .pieces(5)
                                .pause(Duration.ofMillis(scenario.spreadOverMillis() / scenario.contentChunks())));
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(deepSeek.baseUrl())
                .apiKey("test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE)
                .listeners(listener)
                .build();
    }
}
