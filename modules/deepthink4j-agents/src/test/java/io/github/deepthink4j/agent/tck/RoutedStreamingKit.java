package io.github.deepthink4j.agent.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractStreamingAiServiceIT;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's kit for streaming AI services. */
abstract class RoutedStreamingKit extends AbstractStreamingAiServiceIT {

    private final Routed routed;

    RoutedStreamingKit(Routed routed) {
        this.routed = routed;
    }

    @Override
    protected List<StreamingChatModel> models() {
        return List.of(routed.streaming());
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return CombinedChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
        return DeepSeekTokenUsage.class;
    }

    @AfterAll
    void should_not_have_been_refused() {
        assertThat(routed.statuses()).isNotEmpty().containsOnly(200);
    }
}
