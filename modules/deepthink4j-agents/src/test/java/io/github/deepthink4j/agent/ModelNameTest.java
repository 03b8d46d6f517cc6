package io.github.deepthink4j.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.consensus.ConsensusChatModel;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model name in a request: it is sent to those parts that have it, and to nobody else. */
class ModelNameTest {

    /** Of some vendor: it is set to a model, and remembers what it was asked. */
    private record Vendor(String modelName, boolean fails, List<ChatRequest> asked) implements ChatModel {

        Vendor(String modelName, boolean fails) {
            this(modelName, fails, new ArrayList<>());
        }

        @Override
        public ChatRequestParameters defaultRequestParameters() {
            return DefaultChatRequestParameters.builder().modelName(modelName).build();
        }

        @Override
        public synchronized ChatResponse doChat(ChatRequest request) {
            asked.add(request);
            if (fails) {
                throw new RateLimitException("slow down");
            }
            return ChatResponse.builder().aiMessage(AiMessage.from("42")).build();
        }
    }

    private static ChatRequest naming(String modelName) {
        return ChatRequest.builder()
                .messages(UserMessage.from("6 times 7?"))
                .parameters(DeepSeekChatRequestParameters.builder()
                        .modelName(modelName)
                        .temperature(0.5)
                        .thinking(true)
                        .build())
                .build();
    }

    @ParameterizedTest(name = "{0} named: {1}, {2}, {3}")
    @CsvSource({
        // Nobody is set to it: it is meant for the first choice, and for the same model elsewhere.
        "deepseek-pro, deepseek-pro, gpt, deepseek-pro",
        // One of them is set to it.
        "gpt, deepseek-flash, gpt, deepseek-flash",
        "deepseek-flash, deepseek-flash, gpt, deepseek-flash",
    })
    void should_be_sent_to_the_parts_that_have_it(String named, String first, String second, String third) {
        Vendor own = new Vendor("deepseek-flash", true);
        Vendor other = new Vendor("gpt", true);
        Vendor mirror = new Vendor("deepseek-flash", false);

        FailoverChatModel.builder()
                .namedPart("own", own)
                .namedPart("other", other)
                .namedPart("mirror", mirror)
                .build()
                .chat(naming(named));
        ConsensusChatModel.builder()
                .part(new Vendor("deepseek-flash", true, own.asked()))
                .part(new Vendor("gpt", true, other.asked()))
                .part(new Vendor("deepseek-flash", false, mirror.asked()))
                .samples(3)
                .maxParallel(1)
                .build()
                .chat(naming(named));

        assertThat(own.asked()).extracting(ChatRequest::modelName).containsExactly(first, first);
        assertThat(other.asked()).extracting(ChatRequest::modelName).containsExactly(second, second);
        assertThat(mirror.asked()).extracting(ChatRequest::modelName).containsExactly(third, third);
        assertThat(other.asked())
                .allSatisfy(request -> assertThat(request.temperature()).isEqualTo(0.5));
    }
}
