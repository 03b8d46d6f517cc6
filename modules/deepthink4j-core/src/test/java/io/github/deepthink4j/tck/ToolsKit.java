package io.github.deepthink4j.tck;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.common.AbstractAiServiceWithToolsIT;
import io.github.deepthink4j.profile.Feature;
import java.util.List;

/** LangChain4j's kit for AI services with tools. */
abstract class ToolsKit extends AbstractAiServiceWithToolsIT {

    private final Served served;

    ToolsKit(Served served) {
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

    @Override
    protected boolean supportsMultimodalToolResults() {
        return served.has(Feature.IMAGES);
    }

    /** The kit's own would be fetched from the internet; the bytes do not matter, only that they arrive. */
    @Override
    protected Image catImage() {
        return Image.builder().base64Data("Y2F0").mimeType("image/png").build();
    }
}
