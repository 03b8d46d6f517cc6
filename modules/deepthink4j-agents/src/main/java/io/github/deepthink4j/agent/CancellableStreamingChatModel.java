package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import org.jspecify.annotations.Nullable;

/**
 * A streaming model that gives its handle at once: LangChain4j gives none before the first piece, and what nobody waits for any
 * more must be stoppable then too.
 */
public abstract sealed class CancellableStreamingChatModel implements StreamingChatModel
        permits ToolRoutingStreamingChatModel, FailoverStreamingChatModel, ListenedStreamingChatModel {

    /** As in {@link DeepSeekStreamingChatModel}: {@code doChat} runs within {@code chat}, on the same thread. */
    private final ThreadLocal<@Nullable Starting> starting = new ThreadLocal<>();

    CancellableStreamingChatModel() {}

    /** Begins to stream; returns at once. The handle is {@code null} where only the pieces bring one. */
    abstract @Nullable StreamingHandle begin(ChatRequest request, StreamingChatResponseHandler handler);

    @Override
    public final void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        // Whatever a part starts on this thread is not what the caller waits for.
        Starting caller = starting.get();
        starting.remove();
        StreamingHandle handle = begin(request, handler);
        if (caller != null) {
            caller.handle = handle;
        }
    }

    /**
     * As {@code chat}, but with a handle at once. After {@code cancel()} the handler is not called again.
     *
     * @return stops whichever part runs, from any thread, at any time
     */
    public final StreamingHandle start(ChatRequest request, StreamingChatResponseHandler handler) {
        return requireNonNull(startOrNull(request, handler), "LangChain4j's chat has not called doChat on this thread");
    }

    private @Nullable StreamingHandle startOrNull(ChatRequest request, StreamingChatResponseHandler handler) {
        Starting here = new Starting();
        starting.set(here);
        try {
            chat(request, handler);
        } finally {
            starting.remove();
        }
        return here.handle;
    }

    /** Starts any model; the handle is {@code null} where only the model's pieces bring one. */
    static @Nullable StreamingHandle start(
            StreamingChatModel model, ChatRequest request, StreamingChatResponseHandler handler) {
        if (model instanceof DeepSeekStreamingChatModel own) {
            return own.start(request, handler);
        }
        if (model instanceof CancellableStreamingChatModel own) {
            return own.startOrNull(request, handler);
        }
        model.chat(request, handler);
        return null;
    }

    /** A call of {@link #start} that waits for its handle. */
    private static final class Starting {

        private @Nullable StreamingHandle handle;
    }
}
