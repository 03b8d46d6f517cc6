package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.stream.AnswerPublisher;
import io.github.deepthink4j.internal.stream.ListenedCall;
import io.github.deepthink4j.internal.stream.ListenedHandler;
import io.github.deepthink4j.internal.stream.Relay;
import java.util.concurrent.Flow;

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

    /** As LangChain4j's, with the listeners told of one request and one end, also where the model throws before it has sent anything. */
    @Override
    default void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        ListenedCall call = ListenedCall.begin(this, request, options);
        try {
            call.report().inCall(() -> doChat(call.request(), new ListenedHandler(handler, call)));
        } catch (Throwable e) {
            call.failed(e);
            throw e;
        }
    }

    /**
     * The answer as a publisher of LangChain4j's streaming events, with the same listeners, default parameters and errors as
     * {@code chat} with a handler: {@code PartialThinking}, {@code PartialResponse}, {@code PartialToolCall},
     * {@code CompleteToolCall} and, as the last one, {@code CompleteResponse}. LangChain4j has this method since 1.20 and it overrides
     * that one there; on 1.19, which has no {@code CompleteResponse}, the last event is the {@code ChatResponse} itself.
     *
     * <ul>
     *   <li>Cold: nothing is sent before it is subscribed to, and each subscription is a request of its own.
     *   <li>Demand: while events wait for the subscriber, nothing is read from the connection.
     *   <li>Cancel closes the connection at once, also before the first byte and between two attempts. Listeners hear no end then, but for a {@code CallListener}.
     *   <li>Events come on the threads of {@code chat}'s callbacks, or on the thread that asks for more.
     * </ul>
     *
     * <p>The raw type is the one that overrides LangChain4j's {@code Flow.Publisher<ChatModelStreamingEvent>} without naming a type
     * that 1.19 lacks; through a variable of type {@code StreamingChatModel} it is typed.
     *
     * @return never {@code null}
     */
    @SuppressWarnings({"rawtypes", "unchecked"})
    default Flow.Publisher chat(ChatRequest request) {
        return new AnswerPublisher(handler -> chat(request, handler));
    }

    /** What {@link #chat(ChatRequest)} gives, without listeners and default parameters. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    default Flow.Publisher doChat(ChatRequest request) {
        return new AnswerPublisher(handler -> doChat(request, handler));
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
