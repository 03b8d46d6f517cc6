package io.github.deepthink4j.model;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DeepSeek as a LangChain4j {@link StreamingChatModel}: thinking first, then text, then each tool call, then the whole
 * response. Callbacks come one after the other, on threads of ours or on the executor of the builder, never on the
 * caller's; an open stream that is silent holds no thread. Thread-safe; make one and share it.
 */
public final class DeepSeekStreamingChatModel implements StreamingChatModel {

    /**
     * How {@link #start} gets its handle out of LangChain4j's {@code chat}, which returns nothing: {@code doChat} runs
     * within it, on the same thread.
     */
    private final ThreadLocal<@Nullable Starting> starting = new ThreadLocal<>();

    private final ModelSettings settings;
    private final RequestComposer composer;
    private final DeepSeekChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;

    private DeepSeekStreamingChatModel(Builder builder) {
        this.settings = builder.settings(DeepSeekStreamingChatModel.class, true);
        this.composer = new RequestComposer(settings);
        this.defaultRequestParameters = builder.builtParameters();
        this.listeners = builder.builtListeners();
    }

    @Override
    public void doChat(ChatRequest chatRequest, StreamingChatResponseHandler handler) {
        PreparedRequest request = composer.compose(chatRequest, true);
        StreamScope scope = StreamScope.current();
        ChatExchange exchange = new ChatExchange(
                settings, request, handle -> new HandlerReceiver(handler, handle, scope, settings.log()));
        if (scope != null) {
            scope.onStart(exchange);
        }
        Starting caller = starting.get();
        if (caller != null) {
            caller.handle = exchange;
        }
        exchange.start();
    }

    /**
     * As {@code chat}, but with a handle at once: a thought that nobody waits for any more can be stopped before its first
     * piece. After {@code cancel()} the handler is not called again.
     *
     * @return cancels the stream, from any thread, at any time
     */
    public StreamingHandle start(ChatRequest chatRequest, StreamingChatResponseHandler handler) {
        Starting here = new Starting();
        starting.set(here);
        try {
            chat(chatRequest, handler);
        } finally {
            starting.remove();
        }
        return requireNonNull(here.handle, "LangChain4j's chat has not called doChat on this thread");
    }

    /** A call of {@link #start} that waits for its handle. */
    private static final class Starting {

        private @Nullable StreamingHandle handle;
    }

    /**
     * The rules of the model that the {@link #defaultRequestParameters()} name; of the newest one if they name none. A request
     * that names another model gets that one's, unless a profile was set.
     */
    public ModelProfile profile() {
        return settings.profileFor(defaultRequestParameters);
    }

    @Override
    public DeepSeekChatRequestParameters defaultRequestParameters() {
        return defaultRequestParameters;
    }

    @Override
    public List<ChatModelListener> listeners() {
        return listeners;
    }

    @Override
    public ModelProvider provider() {
        return ModelProvider.OTHER;
    }

    /** JSON by a schema where the model has a JSON mode; the schema goes into the prompt. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return Capabilities.of(settings, defaultRequestParameters);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekStreamingChatModel}. */
    public static final class Builder extends DeepSeekModelBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekStreamingChatModel build() {
            return new DeepSeekStreamingChatModel(this);
        }
    }
}
