package io.github.deepthink4j.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.atLeast;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.mockito.InOrder;

/** LangChain4j's kit for streaming models; other modules fit it to what they build on one. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(OneStreamAtATime.class)
public abstract class StreamingKit extends AbstractStreamingChatModelIT {

    private final Served served;

    protected StreamingKit(Served served) {
        this.served = served;
    }

    DeepSeekSimulator simulator() {
        return served.simulator();
    }

    /** What is tested: the model itself, or what another module makes of it. */
    protected StreamingChatModel build(DeepSeekStreamingChatModel.Builder builder, List<ChatModelListener> listeners) {
        return builder.listeners(listeners).build();
    }

    @Override
    protected List<StreamingChatModel> models() {
        return List.of(build(served.streaming().modelName(served.modelName()), List.of()));
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
    protected Class<? extends ChatResponseMetadata> chatResponseMetadataType(StreamingChatModel model) {
        return DeepSeekChatResponseMetadata.class;
    }

    @Override
    protected Class<? extends TokenUsage> tokenUsageType(StreamingChatModel model) {
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
    protected StreamingChatModel createModelWith(ChatRequestParameters parameters) {
        var builder = served.streaming().defaultRequestParameters(parameters);
        return build(parameters.modelName() == null ? builder.modelName(served.modelName()) : builder, List.of());
    }

    @Override
    public StreamingChatModel createModelWith(ChatModelListener listener) {
        return build(served.streaming().modelName(served.modelName()), List.of(listener));
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, StreamingChatModel model) {
        verifyThinking(handler, order);
        super.verifyToolCallbacks(handler, order, model);
    }

    /** The thought comes before everything else. */
    private void verifyThinking(StreamingChatResponseHandler handler, InOrder order) {
        if (served.thinks()) {
            order.verify(handler, atLeast(1)).onPartialThinking(any(), any());
        }
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String id) {
        verifyThinking(handler, order);
        verifyCall(handler, order, 0, id, "getWeather");
    }

    @Override
    protected void verifyToolCallbacks(StreamingChatResponseHandler handler, InOrder order, String id1, String id2) {
        verifyThinking(handler, order);
        verifyCall(handler, order, 0, id1, "getWeather");
        verifyCall(handler, order, 1, id2, "getTime");
    }

    /** Pieces of a call, and then the call; in this order, for one call after the other. */
    private static void verifyCall(
            StreamingChatResponseHandler handler, InOrder order, int index, String id, String name) {
        order.verify(handler, atLeast(1))
                .onPartialToolCall(
                        argThat(piece -> piece.index() == index
                                && piece.id().equals(id)
                                && piece.name().equals(name)),
                        any());
        order.verify(handler)
                .onCompleteToolCall(argThat(call -> call.index() == index
                        && call.toolExecutionRequest().id().equals(id)
                        && call.toolExecutionRequest().name().equals(name)));
    }
}
