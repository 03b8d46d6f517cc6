package io.github.deepthink4j.agent.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.common.AbstractAiServiceIT;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** LangChain4j's kit for AI services. */
abstract class RoutedAiServiceKit extends AbstractAiServiceIT {

    private final Routed routed;

    RoutedAiServiceKit(Routed routed) {
        this.routed = routed;
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(routed.blocking());
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(ChatModel model) {
        return DeepSeekTokenUsage.class;
    }

    @Override
    protected boolean supportsTools() {
        return true;
    }

    @Override
    protected boolean supportsJsonResponseFormatWithSchema() {
        return true;
    }

    @AfterAll
    void should_not_have_been_refused() {
        assertThat(routed.statuses()).isNotEmpty().containsOnly(200);
    }
}
