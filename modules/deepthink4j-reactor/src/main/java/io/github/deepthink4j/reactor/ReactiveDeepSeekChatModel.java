package io.github.deepthink4j.reactor;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * DeepSeek for Reactor: an answer is a cold {@link Flux} of {@link ReasoningEvent}s, with demand that reaches the socket
 * and a cancel that closes it. It goes the way of the streaming model that it is made from, with its timeouts, retries,
 * listeners and errors. Thread-safe; make one and share it.
 *
 * <p>Events come on the threads of the streaming model ({@code executor(...)} of its builder), or on the thread that asks
 * for more; no thread waits for an open stream. Nothing here blocks.
 */
public final class ReactiveDeepSeekChatModel {

    private final DeepSeekStreamingChatModel model;

    private ReactiveDeepSeekChatModel(DeepSeekStreamingChatModel model) {
        this.model = requireNonNull(model, "model");
    }

    /** All settings are the streaming model's; it may be used on its own beside this. */
    public static ReactiveDeepSeekChatModel from(DeepSeekStreamingChatModel model) {
        return new ReactiveDeepSeekChatModel(model);
    }

    /**
     * The answer as it comes: thinking, then text, then tool calls, each with its pieces before it, and one
     * {@link ReasoningEvent.Completed} as the last event. Nothing is sent before it is subscribed to, and each subscription
     * is a request of its own.
     *
     * <ul>
     *   <li>Demand: while events wait for the subscriber, nothing is read from the connection. What is read ahead of him is
     *       what came with the same network read (16 KiB at a time, at most three of them), once more right at the start,
     *       and what the client and the operating system hold in their buffers.
     *   <li>Cancel closes the connection at once, also before the first byte and between two attempts.
     *   <li>Errors are those of {@code io.github.deepthink4j.error}, and LangChain4j's {@code UnsupportedFeatureException}
     *       for a request that the model can't serve. Core's retries come before the first event; Reactor's begin anew.
     *   <li>Context: {@code ChatModelListener}s find the subscriber's {@link ContextView} among their attributes, under the
     *       key {@code ContextView.class}; with Micrometer's context-propagation on the class path its thread-locals are
     *       set while they are called.
     * </ul>
     */
    public Flux<ReasoningEvent> stream(ChatRequest request) {
        requireNonNull(request, "request");
        return EventPipe.flux(pipe -> model.chat(request, options(pipe.context()), new EventHandler(pipe)));
    }

    /** The whole answer; as {@link #stream} in all else. It streams on the wire, so a long thought meets no read timeout. */
    public Mono<ChatResponse> chat(ChatRequest request) {
        return stream(request).as(Reasoning::collect);
    }

    private static ChatRequestOptions options(ContextView context) {
        return ChatRequestOptions.builder()
                .listenerAttributes(Map.of(ContextView.class, context))
                .build();
    }
}
