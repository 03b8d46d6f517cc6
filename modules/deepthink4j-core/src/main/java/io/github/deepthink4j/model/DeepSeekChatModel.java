package io.github.deepthink4j.model;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.internal.stream.CallReport;
import io.github.deepthink4j.internal.stream.StreamScope;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * DeepSeek as a LangChain4j {@link ChatModel}: the answer in {@code aiMessage().text()}, the chain of thought in
 * {@code aiMessage().thinking()}, by the rules of whichever generation the model id names.
 *
 * <p>The answer streams on the wire although the call blocks: so a thought of ten minutes dies of no read timeout, an
 * interrupted thread stops the spending, and an answer that was cut is seen to be cut. Every failure is one of the types
 * of {@code io.github.deepthink4j.error}. Thread-safe; make one and share it.
 */
public final class DeepSeekChatModel implements AsyncChatModel, ProfiledModel, AutoCloseable {

    private final ModelSettings settings;
    private final RequestComposer composer;
    private final DeepSeekChatRequestParameters defaultRequestParameters;
    private final List<ChatModelListener> listeners;

    private DeepSeekChatModel(Builder builder) {
        this.settings = builder.settings(DeepSeekChatModel.class, builder.streamOnWire);
        this.composer = new RequestComposer(settings);
        this.defaultRequestParameters = builder.builtParameters();
        this.listeners = builder.builtListeners();
    }

    @Override
    public ChatResponse doChat(ChatRequest chatRequest) {
        Inquiry inquiry = OpenQuestions.begin(chatRequest.messages());
        try {
            return answer(chatRequest);
        } catch (RuntimeException e) {
            inquiry.failed(e);
            throw e;
        }
    }

    /**
     * As {@link #doChat}, without a thread that waits: the future is completed on the executor of the builder, or on the threads that
     * bring the bytes. To cancel it closes the connection in every phase, also before the first byte and between two attempts.
     */
    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest chatRequest) {
        if (chatRequest == null) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("chatRequest cannot be null"));
        }
        AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
        Inquiry inquiry = OpenQuestions.begin(chatRequest.messages());
        try {
            PreparedRequest request = composer.compose(chatRequest, settings.streamOnWire());
            ChatExchange exchange = new ChatExchange(
                    settings, request, handle -> new FutureReceiver(answer, inquiry, CallReport.current()));
            answer.stoppedBy(exchange::cancel);
            StreamScope.outside(exchange::start);
        } catch (Throwable e) {
            inquiry.failed(e);
            answer.failed(e);
        }
        return answer;
    }

    private ChatResponse answer(ChatRequest chatRequest) {
        PreparedRequest request = composer.compose(chatRequest, settings.streamOnWire());
        BlockingReceiver receiver = new BlockingReceiver(CallReport.current());
        ChatExchange exchange = new ChatExchange(settings, request, handle -> receiver);
        exchange.start();
        return receiver.await(exchange, settings.timeouts().total(), request.asked());
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

    /** Builds a {@link DeepSeekChatModel}. */
    public static final class Builder extends DeepSeekModelBuilder<Builder> {

        private boolean streamOnWire = true;

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Whether answers stream on the wire; on by default. Off is for hosts that cannot stream. */
        public Builder streamOnWire(boolean streamOnWire) {
            this.streamOnWire = streamOnWire;
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekChatModel build() {
            return new DeepSeekChatModel(this);
        }
    }
}
