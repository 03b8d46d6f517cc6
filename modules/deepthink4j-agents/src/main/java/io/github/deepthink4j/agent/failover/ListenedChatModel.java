package io.github.deepthink4j.agent.failover;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;

/** A part with further listeners, which LangChain4j's own {@code chat} tells of each of its calls. */
record ListenedChatModel(ChatModel part, List<ChatModelListener> listeners) implements ChatModel {

    static ChatModel of(ChatModel part, List<ChatModelListener> listeners) {
        return listeners.isEmpty() ? part : new ListenedChatModel(part, listeners);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return part.chat(request);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return part.defaultRequestParameters();
    }

    @Override
    public ModelProvider provider() {
        return part.provider();
    }
}
