package io.github.deepthink4j.reactor;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Events from any streaming model, and views on them, to be used as {@code events.transform(Reasoning::answerText)} and
 * {@code events.as(Reasoning::collect)}. A view subscribes to the events; two views of one cold Flux are two requests.
 */
public final class Reasoning {

    private Reasoning() {}

    /**
     * What {@link ReactiveDeepSeekChatModel#stream} gives, from any {@link StreamingChatModel}: routed, failing over, or of
     * another vendor. Cold too: each subscription is a call of {@code chat}.
     *
     * <p>Where the model passes the call on to a {@code DeepSeekStreamingChatModel} on the same thread, in a last callback of
     * one, or on another thread with a handler that passes all events on, demand and cancel reach the socket as they do
     * there. What can't be had from other models:
     *
     * <ul>
     *   <li>Demand does not reach the socket. What the model sends and the subscriber has not asked for yet waits in memory,
     *       without a bound.
     *   <li>Cancel reaches the model with its first piece, since LangChain4j gives no handle before, and not at all if the
     *       model can't be cancelled; what it still sends is dropped.
     *   <li>A model that blocks in {@code chat} blocks the subscribing thread; {@code subscribeOn} puts it elsewhere.
     *   <li>Thread-locals out of Reactor's Context are set while {@code chat} is called, for {@code onRequest} of its
     *       listeners; on which thread they are called later is the model's business.
     *   <li>Errors are whatever the model gives to {@code onError}.
     * </ul>
     */
    public static Flux<ReasoningEvent> flux(StreamingChatModel model, ChatRequest request) {
        requireNonNull(model, "model");
        requireNonNull(request, "request");
        return EventPipe.flux(pipe -> model.chat(request, new EventHandler(pipe)));
    }

    /** The answer's text alone, piece by piece. */
    public static Flux<String> answerText(Flux<ReasoningEvent> events) {
        return events.ofType(ReasoningEvent.Answer.class).map(ReasoningEvent.Answer::text);
    }

    /** The chain of thought alone, piece by piece; it completes with the whole answer, not with the thought. */
    public static Flux<String> thinkingText(Flux<ReasoningEvent> events) {
        return events.ofType(ReasoningEvent.Thinking.class).map(ReasoningEvent.Thinking::text);
    }

    /**
     * The whole answer: that of the {@link ReasoningEvent.Completed} event. {@code NoSuchElementException} if there is none,
     * such as after {@code take(n)}.
     */
    public static Mono<ChatResponse> collect(Flux<ReasoningEvent> events) {
        return events.ofType(ReasoningEvent.Completed.class).last().map(ReasoningEvent.Completed::response);
    }
}
