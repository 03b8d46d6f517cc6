package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that writes down what it hears. */
final class HeardCalls implements ChatModelListener {

    private final List<String> ends = new CopyOnWriteArrayList<>();
    private volatile Map<Object, Object> attributes = Map.of();

    List<String> ends() {
        return ends;
    }

    /** Of the last call. */
    Map<Object, Object> attributes() {
        return attributes;
    }

    @Override
    public void onRequest(ChatModelRequestContext context) {
        attributes = context.attributes();
        ends.add("request");
    }

    @Override
    public void onResponse(ChatModelResponseContext context) {
        ends.add("response");
    }

    @Override
    public void onError(ChatModelErrorContext context) {
        ends.add("error " + context.error().getClass().getSimpleName());
    }
}
