package io.github.deepthink4j.reactor;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A Flux of events as a streaming model again, so that LangChain4j's kit can look at it. */
final class FluxBackedChatModel implements StreamingChatModel {

    private final DeepSeekStreamingChatModel model;
    private final ReactiveDeepSeekChatModel reactive;

    private final List<ChatModelListener> listeners;

    /**
     * @param model without the listeners, which are called on this side of the Flux
     */
    FluxBackedChatModel(DeepSeekStreamingChatModel model, List<ChatModelListener> listeners) {
        this.model = model;
        this.reactive = ReactiveDeepSeekChatModel.from(model);
        this.listeners = listeners;
    }

    /** LangChain4j wants an unsupported feature thrown, and not signalled. */
    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        AtomicReference<UnsupportedFeatureException> refused = new AtomicReference<>();
        reactive.stream(request)
                .onErrorResume(UnsupportedFeatureException.class, error -> {
                    refused.set(error);
                    return Flux.empty();
                })
                // A handler may block.
                .publishOn(Schedulers.boundedElastic())
                .subscribe(new ToHandler(handler));
        if (refused.get() != null) {
            throw refused.get();
        }
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }

    private static final class ToHandler extends BaseSubscriber<ReasoningEvent> implements StreamingHandle {

        private final StreamingChatResponseHandler handler;
        private volatile boolean cancelled;

        private ToHandler(StreamingChatResponseHandler handler) {
            this.handler = handler;
        }

        @Override
        protected void hookOnNext(ReasoningEvent event) {
            try {
                pass(event);
            } catch (RuntimeException e) {
                hookOnError(e);
            }
        }

        private void pass(ReasoningEvent event) {
            if (event instanceof ReasoningEvent.Thinking thinking) {
                handler.onPartialThinking(new PartialThinking(thinking.text()), new PartialThinkingContext(this));
            } else if (event instanceof ReasoningEvent.Answer answer) {
                handler.onPartialResponse(new PartialResponse(answer.text()), new PartialResponseContext(this));
            } else if (event instanceof ReasoningEvent.ToolCallPiece piece) {
                handler.onPartialToolCall(
                        PartialToolCall.builder()
                                .index(piece.index())
                                .id(piece.id())
                                .name(piece.name())
                                .partialArguments(piece.partialArguments())
                                .build(),
                        new PartialToolCallContext(this));
            } else if (event instanceof ReasoningEvent.ToolCall call) {
                handler.onCompleteToolCall(new CompleteToolCall(call.index(), call.call()));
            } else if (event instanceof ReasoningEvent.Completed completed) {
                handler.onCompleteResponse(completed.response());
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            try {
                handler.onError(error);
            } catch (RuntimeException e) {
                // By LangChain4j's rule this is ignored.
                return;
            }
        }

        @Override
        protected void hookOnCancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
