package io.github.deepthink4j.tck;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithJsonSchemaIT;
import java.util.List;

/** LangChain4j's kit for AI services with JSON schemas. */
abstract class JsonSchemaKit extends AbstractAiServiceWithJsonSchemaIT {

    private final Served served;

    JsonSchemaKit(Served served) {
        this.served = served;
    }

    @Override
    protected List<ChatModel> models() {
        return List.of(served.blocking().modelName(served.modelName()).build());
    }

    @Override
    protected boolean supportsRecursion() {
        return true;
    }
}
