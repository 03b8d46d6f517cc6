package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.stream.Relay;

/**
 * A streaming model that gives its handle at once. LangChain4j's {@code chat} returns nothing and hands a handle over with the
 * first piece, but a thought that nobody waits for any more must be stoppable before that too.
 *
 * <p>All streaming models of this project are such models. A decorator of one's own becomes one by naming this interface: it
 * implements {@code doChat} as always, by {@code delegate.chat(request, handler)}, and has {@link #start} for nothing.
 */
public interface CancellableStreamingChatModel extends StreamingChatModel {

    /**
     * As {@code chat}, with the same listeners and default parameters, but with a handle at once. Throws what {@code chat}
     * throws on this thread. After {@code cancel()} the handler is not called again.
     *
     * @return stops whatever streams for this request, from any thread, at any time; never {@code null}
     */
    default StreamingHandle start(ChatRequest request, StreamingChatResponseHandler handler) {
        return Relay.start(this, request, handler);
    }

    /**
     * Starts any model, with a handle at once. One that is no {@code CancellableStreamingChatModel}, such as another vendor's,
     * is stopped by the handle that its first piece brings; what it sends after {@code cancel()} does not reach the handler.
     *
     * @return never {@code null}
     */
    static StreamingHandle start(StreamingChatModel model, ChatRequest request, StreamingChatResponseHandler handler) {
        return model instanceof CancellableStreamingChatModel own
                ? own.start(request, handler)
                : Relay.start(model, request, handler);
    }
}
