package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.common.AbstractChatModelListenerIT;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.profile.Feature;
import java.util.List;

/** LangChain4j's kit for listeners. */
abstract class ListenerKit extends AbstractChatModelListenerIT {

    private final Served served;

    ListenerKit(Served served) {
        this.served = served;
    }

    @Override
    protected ChatModel createModel(ChatModelListener listener) {
        return served.blocking()
                .modelName(modelName())
                .temperature(temperature())
                .topP(topP())
                .maxOutputTokens(maxTokens())
                .listeners(List.of(listener))
                .build();
    }

    @Override
    protected ChatModel createFailingModel(ChatModelListener listener) {
        return served.blocking()
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
