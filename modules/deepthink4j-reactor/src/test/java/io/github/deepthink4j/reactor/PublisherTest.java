package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import org.reactivestreams.Publisher;

/** The Flux keeps the rules of Reactive Streams. */
class PublisherTest extends PublisherKit {

    @Override
    Publisher<Object> events(DeepSeekStreamingChatModel model, ChatRequest request) {
        return ReactiveDeepSeekChatModel.from(model).stream(request).cast(Object.class);
    }

    @Override
    boolean isLast(Object event) {
        return event instanceof ReasoningEvent.Completed;
    }
}
