package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.tck.Served;
import io.github.deepthink4j.tck.StreamingKit;
import java.util.List;

/** LangChain4j's kit for streaming models, with the Flux in the middle of the way. */
class FluxBackedChatModelIT extends StreamingKit {

    FluxBackedChatModelIT() {
        super(Served.V4_1);
    }

    @Override
    protected StreamingChatModel build(DeepSeekStreamingChatModel.Builder builder, List<ChatModelListener> listeners) {
        return new FluxBackedChatModel(builder.build(), listeners);
    }
}
