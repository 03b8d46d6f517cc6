package io.github.deepthink4j.internal.stream;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * An answer as LangChain4j's streaming events, by the rules of Reactive Streams: cold, a request for each subscription, with demand
 * that reaches the connection and a cancel that closes it at any moment.
 */
public final class AnswerPublisher implements Flow.Publisher<Object> {

    private final Consumer<StreamingChatResponseHandler> start;

    /**
     * @param start begins a stream, once for each subscription; what it throws is the error of the subscription
     */
    public AnswerPublisher(Consumer<StreamingChatResponseHandler> start) {
        this.start = start;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Object> subscriber) {
        new AnswerSubscription(requireNonNull(subscriber, "subscriber")).open(start);
    }
}
