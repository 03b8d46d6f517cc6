package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.common.AbstractStreamingChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.profile.Feature;
import java.util.List;

/** LangChain4j's kit for listeners. */
abstract class StreamingListenerKit extends AbstractStreamingChatModelListenerIT {

    private final Served served;

    StreamingListenerKit(Served served) {
        this.served = served;
    }

    @Override
    protected StreamingChatModel createModel(ChatModelListener listener) {
        return served.streaming()
                .modelName(modelName())
                .temperature(temperature())
                .topP(topP())
                .maxOutputTokens(maxTokens())
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected StreamingChatModel createFailingModel(ChatModelListener listener) {
        return served.streaming()
                .apiKey("wrong-key")
                .modelName(modelName())
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected Class<? extends Exception> expectedExceptionClass() {
        return InvalidApiKeyException.class;
    }

    @Override
    protected String modelName() {
        return served.modelName();
    }

    /** Room for the thought. */
    @Override
    protected Integer maxTokens() {
        return 30;
    }

    @Override
    protected boolean supportsTools() {
        return served.has(Feature.TOOLS);
    }
}
