package io.github.deepthink4j.agent;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part with further listeners, which LangChain4j's own {@code chat} tells of each of its calls. */
final class ListenedStreamingChatModel extends CancellableStreamingChatModel {

    private final StreamingChatModel part;
    private final List<ChatModelListener> listeners;

    private ListenedStreamingChatModel(StreamingChatModel part, List<ChatModelListener> listeners) {
        this.part = part;
        this.listeners = listeners;
    }

    static StreamingChatModel of(StreamingChatModel part, List<ChatModelListener> listeners) {
        return listeners.isEmpty() ? part : new ListenedStreamingChatModel(part, listeners);
    }

    @Override
    @Nullable
    StreamingHandle begin(ChatRequest request, StreamingChatResponseHandler handler) {
        return start(part, request, handler);
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
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
