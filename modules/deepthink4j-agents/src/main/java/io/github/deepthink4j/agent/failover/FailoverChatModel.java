package io.github.deepthink4j.agent.failover;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedModel;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.internal.AsyncParts;
import io.github.deepthink4j.agent.internal.CallChain;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.model.AsyncChatModel;
import io.github.deepthink4j.profile.Feature;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Several models in order: the next one is asked when one is overloaded, limits the rate, times out, can't be reached, or gives an
 * answer that is cut or empty; never after a bad request or a bad key. A part that keeps failing rests for a while.
 *
 * <p>The listeners of this model are told of each attempt, as if they were listeners of each part. If all parts fail, the last
 * failure is thrown, with the earlier ones as suppressed exceptions; if all rest, an {@link AllPartsRestingException}. Each part
 * tries again by its own policy first: give the parts {@code RetryPolicy.NONE} to change over at once. Thread-safe.
 */
public final class FailoverChatModel implements AsyncChatModel, CombinedModel {

    private final Failover<ChatModel> failover;
    private final ChatRequestParameters defaultRequestParameters;
    private final StepListener stepListener;
    private final List<ChatModelListener> attemptListeners;
    private final AsyncParts parts;

    private FailoverChatModel(
            Failover<ChatModel> failover,
            ChatRequestParameters defaultRequestParameters,
            List<ChatModelListener> listeners,
            StepListener stepListener,
            AsyncParts parts) {
        this.failover = failover;
        this.defaultRequestParameters = defaultRequestParameters;
        this.stepListener = stepListener;
        this.attemptListeners = listeners;
        this.parts = parts;
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        Failover.Attempts<ChatModel> attempts = failover.begin(request);
        StepLog log = new StepLog(stepListener);
        for (PartCall<ChatModel> call = attempts.next(); call != null; call = attempts.next()) {
            Part<ChatModel> part = call.part();
            ChatModel model = ListenedChatModel.of(part.model(), attemptListeners, parts);
            ChatRequest asked = call.request();
            try {
                ChatResponse response = log.run(call.kind(), part, () -> notEmpty(model.chat(asked)));
                attempts.succeeded();
                return Failover.result(response, part, log);
            } catch (Throwable e) {
                if (!attempts.failed(e)) {
                    throw e;
                }
            }
        }
        throw attempts.unchecked();
    }

    /**
     * As {@link #doChat}, without a thread that waits; a cancel closes the connection of whichever part runs, and no other part is
     * asked.
     */
    @Override
    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        StepLog log = new StepLog(stepListener);
        CallChain chain = new CallChain(parts, log);
        chain.run(() -> attempt(chain, failover.begin(request), log));
        return chain.answer();
    }

    private void attempt(CallChain chain, Failover.Attempts<ChatModel> attempts, StepLog log) {
        PartCall<ChatModel> call = attempts.next();
        if (call == null) {
            throw attempts.unchecked();
        }
        chain.ask(
                call,
                ListenedChatModel.of(call.part().model(), attemptListeners, parts),
                FailoverChatModel::notEmpty,
                attempts::cancelled,
                error -> {
                    if (attempts.failed(error)) {
                        attempt(chain, attempts, log);
                    } else {
                        chain.failed(error);
                    }
                },
                response -> {
                    attempts.succeeded();
                    chain.answered(Failover.result(response, call.part(), log));
                });
    }

    private static ChatResponse notEmpty(@Nullable ChatResponse response) {
        if (response == null) {
            throw new InternalServerException("The model has given no response.");
        }
        EmptyAnswerException empty = Failover.emptiness(response);
        if (empty != null) {
            throw empty;
        }
        return response;
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return defaultRequestParameters;
    }

    /** JSON by a schema, if all parts have it. */
    @Override
    public Set<Capability> supportedCapabilities() {
        return failover.capabilities();
    }

    @Override
    public Set<Feature> features(ChatRequestParameters parameters) {
        return failover.features(parameters);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link FailoverChatModel}. */
    public static final class Builder extends FailoverModelBuilder<ChatModel, Builder> {

        private @Nullable Executor executor;

        private Builder() {}

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        Part<ChatModel> part(String name, ChatModel model) {
            return Part.of(name, model, null);
        }

        /**
         * Where parts are called in {@code chatAsync} that have no such method themselves, each of which blocks its thread, and where the
         * future is completed. By default the first are daemon threads of the library's own, and the future is completed where the last
         * part's is.
         */
        public Builder executor(Executor executor) {
            this.executor = requireNonNull(executor, "executor");
            return this;
        }

        /**
         * @throws IllegalArgumentException if there is no part
         */
        public FailoverChatModel build() {
            return new FailoverChatModel(
                    failover(), builtParameters(), builtListeners(), builtStepListener(), new AsyncParts(executor));
        }
    }
}
