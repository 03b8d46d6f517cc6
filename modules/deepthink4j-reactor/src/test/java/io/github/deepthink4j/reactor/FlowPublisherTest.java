package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.PartialResponse;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.thorough.OnlyThorough;
import java.util.concurrent.Flow;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;

/** So does core's own publisher, which this module has no part in; the kit and BlockHound are at hand here. */
@OnlyThorough
class FlowPublisherTest extends PublisherKit {

    @Override
    Publisher<Object> events(DeepSeekStreamingChatModel model, ChatRequest request) {
        return FlowAdapters.toPublisher(published(model, request));
    }

    @SuppressWarnings("unchecked")
    static Flow.Publisher<Object> published(DeepSeekStreamingChatModel model, ChatRequest request) {
        return model.chat(request);
    }

    /** On LangChain4j 1.19 it is the response itself, later an event that holds it. */
    @Override
    boolean isLast(Object event) {
        return !(event instanceof PartialResponse);
    }
}
