package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import java.util.concurrent.Semaphore;
import reactor.core.publisher.Flux;

/** Lets at most so many calls run at a time; the others wait their turn, in order. */
class AtMost implements ChatModel {

    private final ChatModel model;
    private final Semaphore places;

    AtMost(int calls, ChatModel model) {
        this.model = model;
        this.places = new Semaphore(calls, true);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        places.acquireUninterruptibly();
        try {
            return model.chat(request);
        } finally {
            places.release();
        }
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    /** Of many requests, ten run at a time, and no thread waits. */
    static Flux<ChatResponse> all(ReactiveDeepSeekChatModel model, Flux<ChatRequest> requests) {
        return requests.flatMap(model::chat, 10);
    }
}
