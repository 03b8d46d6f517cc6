package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractStreamingAiServiceIT;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import java.util.List;

/** LangChain4j's kit for streaming AI services. */
abstract class StreamingAiServiceKit extends AbstractStreamingAiServiceIT {

    private final Served served;

    StreamingAiServiceKit(Served served) {
        this.served = served;
    }

    @Override
    protected List<StreamingChatModel> models() {
        return List.of(served.streaming().modelName(served.modelName()).build());
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return DeepSeekChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
        return DeepSeekTokenUsage.class;
    }
}
