package io.github.deepthink4j.samples.agent;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** The tools, of which none begins after a stop: the rest of a model's calls may pay something that nobody waits for any more. */
    Map<ToolSpecification, ToolExecutor> whileItRuns(Map<ToolSpecification, ToolExecutor> tools) {
        Map<ToolSpecification, ToolExecutor> executors = new LinkedHashMap<>();
        tools.forEach((specification, tool) -> executors.put(specification, new ToolExecutor() {
            @Override
            public ToolExecutionResult executeWithContext(ToolExecutionRequest request, InvocationContext context) {
                if (isStopped()) {
                    throw new ShopException("The tool " + request.name() + " was stopped.");
                }
                return tool.executeWithContext(request, context);
            }

            @Override
            public String execute(ToolExecutionRequest request, Object memoryId) {
                return executeWithContext(request, null).resultText();
            }
        }));
        return executors;
    }

    private synchronized boolean isStopped() {
        return stopped;
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
