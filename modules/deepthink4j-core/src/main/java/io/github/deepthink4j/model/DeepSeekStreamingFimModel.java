package io.github.deepthink4j.model;

import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.language.StreamingLanguageModel;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.stream.ListenedCall;
import io.github.deepthink4j.internal.stream.ListenedHandler;
import io.github.deepthink4j.internal.stream.StreamScope;
import io.github.deepthink4j.profile.ModelProfile;
import org.jspecify.annotations.Nullable;

/**
 * Fill in the middle, as LangChain4j's {@link StreamingLanguageModel}: completes a text between what stands before and what stands
 * behind it, piece by piece. Callbacks come as those of {@link DeepSeekStreamingChatModel} do. Thread-safe; make one and share it.
 */
public final class DeepSeekStreamingFimModel implements StreamingLanguageModel, ProfiledModel, AutoCloseable {

    private final FimCalls calls;

    private DeepSeekStreamingFimModel(Builder builder) {
        this.calls = builder.calls(DeepSeekStreamingFimModel.class, true);
    }

    /** Goes on from a text. */
    @Override
    public void generate(String prompt, StreamingResponseHandler<String> handler) {
        start(prompt, null, handler);
    }

    /**
     * What belongs between two texts, see {@link DeepSeekFimModel#generate(String, String)}.
     *
     * @param suffix what stands behind; {@code null} if nothing does
     */
    public void generate(String prompt, @Nullable String suffix, StreamingResponseHandler<String> handler) {
        start(prompt, suffix, handler);
    }

    /**
     * The same with a handle at once: {@code handle.cancel()} stops it at any moment, such as when the user types on.
     *
     * @param suffix what stands behind; {@code null} if nothing does
     */
    public StreamingHandle start(String prompt, @Nullable String suffix, StreamingResponseHandler<String> handler) {
        if (handler == null) {
            throw new IllegalArgumentException("handler must not be null");
        }
        ListenedCall call = calls.begin(prompt, suffix);
        try {
            return call.report().inCall(() -> begin(prompt, suffix, new ListenedHandler(new Adapter(handler), call)));
        } catch (Throwable e) {
            call.failed(e);
            throw e;
        }
    }

    private StreamingHandle begin(String prompt, @Nullable String suffix, StreamingChatResponseHandler handler) {
        ModelSettings settings = calls.settings();
        PreparedRequest request = calls.compose(prompt, suffix, true);
        ChatExchange exchange = new ChatExchange(
                settings,
                request,
                handle -> new HandlerReceiver(handler, handle, Inquiry.OF_NOBODY, SafeLog.of(settings.log())));
        StreamScope.begin(exchange, handler, exchange::start);
        return exchange;
    }

    /** The rules of the model that the builder names. */
    @Override
    public ModelProfile profile() {
        return calls.profile();
    }

    /** As {@link DeepSeekStreamingChatModel#close()}. */
    @Override
    public void close() {
        calls.settings().lifetime().close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The rules for callbacks are those of a chat's handler. */
    private record Adapter(StreamingResponseHandler<String> handler) implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String piece) {
            handler.onNext(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            handler.onComplete(FimCalls.response(response));
        }

        @Override
        public void onError(Throwable error) {
            handler.onError(error);
        }
    }

    /** Builds a {@link DeepSeekStreamingFimModel}. */
    public static final class Builder extends DeepSeekFimModelBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, if no model is named, or if api.deepseek.com is meant and no
         *                                  key is set
         */
        public DeepSeekStreamingFimModel build() {
            return new DeepSeekStreamingFimModel(this);
        }
    }
}
