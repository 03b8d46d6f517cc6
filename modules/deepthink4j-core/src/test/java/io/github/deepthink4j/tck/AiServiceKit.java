package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractAiServiceIT;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.profile.Feature;
import java.util.List;

/** LangChain4j's kit for AI services. */
abstract class AiServiceKit extends AbstractAiServiceIT {

    private final Served served;

    AiServiceKit(Served served) {
        this.served = served;
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(served.blocking().modelName(served.modelName()).build());
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
        return DeepSeekTokenUsage.class;
    }

    @Override
    protected boolean supportsTools() {
        return served.has(Feature.TOOLS);
    }

    @Override
    protected boolean supportsJsonResponseFormatWithSchema() {
        return served.has(Feature.JSON_MODE);
    }
}
