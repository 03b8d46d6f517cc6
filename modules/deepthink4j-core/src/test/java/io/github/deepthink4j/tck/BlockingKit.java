package io.github.deepthink4j.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelIT;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.profile.Feature;
import java.util.List;

/** LangChain4j's kit for blocking models. */
abstract class BlockingKit extends AbstractChatModelIT {

    private final Served served;

    BlockingKit(Served served) {
        this.served = served;
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(served.blocking().modelName(served.modelName()).build());
    }

    @Override
    protected String customModelName() {
        return served.otherModelName();
    }

    /** One token would be none for a model that thinks first. */
    @Override
    protected ChatRequestParameters saveTokens(ChatRequestParameters parameters) {
        return parameters;
    }

    /** Room for the thought, and for the beginning of an answer. */
    @Override
    protected int maxOutputTokens() {
        return 15;
    }

    @Override
    protected ChatRequestParameters createIntegrationSpecificParameters(int maxOutputTokens) {
        return DeepSeekChatRequestParameters.builder()
                .maxOutputTokens(maxOutputTokens)
                .build();
    }

    /** On R1 the limit is on the answer alone. */
    @Override
    protected void assertOutputTokenCount(TokenUsage usage, Integer maxOutputTokens) {
        int thought = served == Served.R1 ? ((DeepSeekTokenUsage) usage).reasoningTokenCount() : 0;
        assertThat(usage.outputTokenCount() - thought).isEqualTo(maxOutputTokens);
    }

    @Override
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(ChatModel model) {
        return DeepSeekChatResponseMetadata.class;
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
    protected boolean supportsToolChoiceRequired() {
        return served.has(Feature.TOOLS) && !served.thinks();
    }

    @Override
    protected boolean supportsToolChoiceRequiredWithSingleTool() {
        return supportsToolChoiceRequired();
    }

    @Override
    protected boolean supportsToolChoiceRequiredWithMultipleTools() {
        return supportsToolChoiceRequired();
    }

    @Override
    protected boolean supportsJsonResponseFormat() {
        return served.has(Feature.JSON_MODE);
    }

    @Override
    protected boolean supportsJsonResponseFormatWithSchema() {
        return served.has(Feature.JSON_MODE);
    }

    @Override
    protected boolean supportsJsonResponseFormatWithRawSchema() {
        return served.has(Feature.JSON_MODE);
    }

    @Override
    protected boolean supportsToolsAndJsonResponseFormatWithSchema() {
        return served.has(Feature.TOOLS) && served.has(Feature.JSON_MODE);
    }

    @Override
    protected boolean supportsSingleImageInputAsBase64EncodedString() {
        return served.has(Feature.IMAGES);
    }

    @Override
    protected boolean supportsMultipleImageInputsAsBase64EncodedStrings() {
        return served.has(Feature.IMAGES);
    }

    @Override
    protected boolean supportsSingleImageInputAsPublicURL() {
        return served.has(Feature.IMAGES);
    }

    @Override
    protected boolean supportsMultipleImageInputsAsPublicURLs() {
        return served.has(Feature.IMAGES);
    }

    @Override
    protected ChatModel createModelWith(ChatRequestParameters parameters) {
        var builder = served.blocking().defaultRequestParameters(parameters);
        return parameters.modelName() == null
                ? builder.modelName(served.modelName()).build()
                : builder.build();
    }
}
