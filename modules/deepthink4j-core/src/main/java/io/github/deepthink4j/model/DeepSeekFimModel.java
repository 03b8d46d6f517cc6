package io.github.deepthink4j.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.language.LanguageModel;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.stream.AnswerFuture;
import io.github.deepthink4j.internal.stream.CallReport;
import io.github.deepthink4j.internal.stream.StreamScope;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fill in the middle, as LangChain4j's {@link LanguageModel}: completes a text between what stands before and what stands behind it
 * (docs/protocol.md, section 2.9). Models whose profile has {@link io.github.deepthink4j.profile.Feature#FIM} can do it, and never
 * think about it.
 *
 * <p>Timeouts, retries, gates and errors are those of {@link DeepSeekChatModel}; listeners hear of a chat whose one message is prompt and
 * suffix. Thread-safe; make one and share it.
 */
public final class DeepSeekFimModel implements LanguageModel, ProfiledModel, AutoCloseable {

    private final FimCalls calls;

    private DeepSeekFimModel(Builder builder) {
        this.calls = builder.calls(DeepSeekFimModel.class, builder.streamOnWire);
    }

    /** Goes on from a text. */
    @Override
    public Response<String> generate(String prompt) {
        return generate(prompt, null);
    }

    /**
     * What belongs between two texts. The metadata of the response has, where they are known, {@code id}, {@code modelName},
     * {@code created}, {@code systemFingerprint}, {@code requestId}, {@code logprobs} and {@code cost}, as
     * {@link DeepSeekChatResponseMetadata} does.
     *
     * @param prompt what stands before
     * @param suffix what stands behind; {@code null} if nothing does
     * @throws dev.langchain4j.exception.UnsupportedFeatureException if the model does not complete in the middle
     * @throws dev.langchain4j.exception.InvalidRequestException     if a value is out of its range
     */
    public Response<String> generate(String prompt, @Nullable String suffix) {
        return FimCalls.response(calls.begin(prompt, suffix).around(asked -> answer(prompt, suffix)));
    }

    /** {@link #generateAsync(String, String)} without a suffix. */
    public CompletableFuture<Response<String>> generateAsync(String prompt) {
        return generateAsync(prompt, null);
    }

    /**
     * As {@link #generate(String, String)}, without a thread that waits: the future is completed on the executor of the builder, or on
     * the threads that bring the bytes. Throws nothing: what is refused before it is sent, too, is a future that has failed. To cancel
     * it, or to let it time out, closes the connection in every phase; listeners hear of the call as {@link AsyncChatModel#chatAsync}
     * says.
     *
     * @param suffix what stands behind; {@code null} if nothing does
     */
    public CompletableFuture<Response<String>> generateAsync(String prompt, @Nullable String suffix) {
        CompletableFuture<ChatResponse> answer =
                AsyncCall.asked(() -> calls.begin(prompt, suffix), call -> begun(prompt, suffix), "a DeepSeekFimModel");
        return AsyncCall.read(answer, FimCalls::response);
    }

    private CompletableFuture<ChatResponse> begun(String prompt, @Nullable String suffix) {
        ModelSettings settings = calls.settings();
        AnswerFuture<ChatResponse> answer = new AnswerFuture<>();
        PreparedRequest request = calls.compose(prompt, suffix, settings.streamOnWire());
        ChatExchange exchange = new ChatExchange(
                settings, request, handle -> new FutureReceiver(answer, Inquiry.OF_NOBODY, CallReport.current()));
        answer.stoppedBy(exchange::cancel);
        StreamScope.outside(exchange::start);
        return answer;
    }

    private ChatResponse answer(String prompt, @Nullable String suffix) {
        ModelSettings settings = calls.settings();
        PreparedRequest request = calls.compose(prompt, suffix, settings.streamOnWire());
        BlockingReceiver receiver = new BlockingReceiver(CallReport.current());
        ChatExchange exchange = new ChatExchange(settings, request, handle -> receiver);
        exchange.start();
        return receiver.await(exchange, settings.timeouts().total(), request.asked());
    }

    /** The rules of the model that the builder names. */
    @Override
    public ModelProfile profile() {
        return calls.profile();
    }

    /** As {@link DeepSeekChatModel#close()}. */
    @Override
    public void close() {
        calls.settings().lifetime().close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekFimModel}. */
    public static final class Builder extends DeepSeekFimModelBuilder<Builder> {

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
         * @throws IllegalArgumentException if the base url is no url, if no model is named, or if api.deepseek.com is meant and no
         *                                  key is set
         */
        public DeepSeekFimModel build() {
            return new DeepSeekFimModel(this);
        }
    }
}
