package io.github.deepthink4j.samples.agent;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import java.util.Set;

/**
 * Keeps hold of what runs: an AI service gives no handle before the first piece, and a person who presses Ctrl-C does not wait for
 * one. After a stop no further round begins either, not even when a tool that ran meanwhile has ended: each question has one of its own.
 */
final class Stoppable implements CancellableStreamingChatModel {

    private final CancellableStreamingChatModel model;
    private StreamingHandle running;
    private boolean stopped;

    Stoppable(CancellableStreamingChatModel model) {
        this.model = model;
    }

    synchronized void stop() {
        stopped = true;
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public synchronized void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        // After a stop nobody waits any more, and nobody is to be told: the turn has been ended by the same hand.
        if (!stopped) {
            running = model.start(request, handler);
        }
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
