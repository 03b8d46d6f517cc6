package io.github.deepthink4j.agent.failover;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.internal.AsyncParts;
import io.github.deepthink4j.model.AsyncChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A part with further listeners, which LangChain4j's own {@code chat} tells of each of its calls. */
record ListenedChatModel(ChatModel part, List<ChatModelListener> listeners, AsyncParts parts)
        implements AsyncChatModel {

    static ChatModel of(ChatModel part, List<ChatModelListener> listeners, AsyncParts parts) {
        return listeners.isEmpty() ? part : new ListenedChatModel(part, listeners, parts);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return part.chat(request);
    }

    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        return parts.ask(part, request);
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
