package io.github.deepthink4j.model;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import io.github.deepthink4j.internal.stream.StreamScope;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.List;
import java.util.Set;

/**
 * DeepSeek as a LangChain4j {@link StreamingChatModel}: thinking first, then text, then each tool call, then the whole
 * response. Callbacks come one after the other, on threads of ours or on the executor of the builder, never on the
 * caller's; an open stream that is silent holds no thread. Thread-safe; make one and share it.
 */
public final class DeepSeekStreamingChatModel implements CancellableStreamingChatModel, ProfiledModel, AutoCloseable {

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
        Inquiry inquiry = OpenQuestions.begin(chatRequest.messages());
        PreparedRequest request = composed(chatRequest, inquiry);
        ChatExchange exchange = new ChatExchange(
                settings, request, handle -> new HandlerReceiver(handler, handle, inquiry, SafeLog.of(settings.log())));
        StreamScope.begin(exchange, handler, exchange::start);
    }

    private PreparedRequest composed(ChatRequest chatRequest, Inquiry inquiry) {
        try {
            return composer.compose(chatRequest, true);
        } catch (RuntimeException e) {
            inquiry.failed(e);
            throw e;
        }
    }

    @Override
    public StreamingHandle start(ChatRequest chatRequest, StreamingChatResponseHandler handler) {
        return StreamScope.handleOf(() -> chat(chatRequest, handler));
    }

    /**
     * The rules of the model that the {@link #defaultRequestParameters()} name; of the newest one if they name none. A request
     * that names another model gets that one's, unless a profile was set.
     */
    @Override
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
        return settings.capabilities(defaultRequestParameters);
    }

    /**
     * Ends the model: calls that run fail at once with a {@code ConnectionFailedException} of reason {@code CLOSED}, further ones
     * with an {@code IllegalStateException}, and connections and threads are let go of. An executor or HTTP client of the user's is
     * left alone. Closing again does nothing; a model that is dropped without being closed is freed by the garbage collector.
     */
    @Override
    public void close() {
        settings.lifetime().close();
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
