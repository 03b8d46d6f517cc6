package io.github.deepthink4j.agent.failover;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.internal.stream.GuardedEnd;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import java.util.List;

/** A part with further listeners, which are told of each of its calls. */
record ListenedStreamingChatModel(StreamingChatModel part, List<ChatModelListener> listeners)
        implements CancellableStreamingChatModel {

    static StreamingChatModel of(StreamingChatModel part, List<ChatModelListener> listeners) {
        return listeners.isEmpty() ? part : new ListenedStreamingChatModel(part, listeners);
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        part.chat(request, new GuardedEnd(handler));
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
