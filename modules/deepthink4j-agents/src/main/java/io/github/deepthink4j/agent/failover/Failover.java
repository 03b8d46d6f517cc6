package io.github.deepthink4j.agent.failover;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.UnresolvedModelServerException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.agent.internal.PartCall;
import io.github.deepthink4j.agent.internal.PartRequests;
import io.github.deepthink4j.agent.internal.StepLog;
import io.github.deepthink4j.error.EmptyAnswerException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.PromptLanguage;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Parts in order, and which of them rest. */
record Failover<M>(List<Reserve<M>> reserves, FailoverPolicy policy, PromptLanguage promptLanguage) {

    private static final SafeLog LOG = SafeLog.of(Failover.class);

    /** A part, and the circuit breaker that lets it rest. */
    record Reserve<M>(Part<M> part, CircuitBreaker breaker) {}

    /** The attempts at one request. */
    Attempts<M> begin(ChatRequest request) {
        return new Attempts<>(this, request);
    }

    Set<Capability> capabilities() {
        return reserves.stream().allMatch(reserve -> reserve.part().jsonSchema())
                ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                : Set.of();
    }

    /** What all of them can do. */
    Set<Feature> features(ChatRequestParameters parameters) {
        Set<Feature> features = EnumSet.allOf(Feature.class);
        reserves.forEach(reserve -> features.retainAll(reserve.part().features(parameters)));
        return features;
    }

    /** Goes from part to part. Used by one thread at a time. */
    static final class Attempts<M> {

        private final Failover<M> failover;
        private final ChatRequest request;
        private final Iterator<Reserve<M>> left;
        private @Nullable Reserve<M> current;
        private long startNanos;
        private @Nullable Throwable lastError;

        private Attempts(Failover<M> failover, ChatRequest request) {
            this.failover = failover;
            this.request = request;
            this.left = failover.reserves().iterator();
        }

        /**
         * The next part that does not rest.
         *
         * @return {@code null} if there is none; then {@link #error()} is what to tell
         */
        @Nullable
        PartCall<M> next() {
            while (left.hasNext()) {
                Reserve<M> reserve = left.next();
                if (reserve.breaker().tryAcquirePermission()) {
                    synchronized (this) {
                        current = reserve;
                    }
                    startNanos = System.nanoTime();
                    return call(reserve.part());
                }
            }
            return null;
        }

        private PartCall<M> call(Part<M> part) {
            try {
                return new PartCall<>(
                        StepKind.ATTEMPT,
                        part,
                        PartRequests.fitted(failover.named(request, part), part, failover.promptLanguage()),
                        false);
            } catch (Throwable e) {
                cancelled();
                throw e;
            }
        }

        private synchronized @Nullable Reserve<M> release() {
            Reserve<M> reserve = current;
            current = null;
            return reserve;
        }

        void succeeded() {
            Reserve<M> reserve = release();
            if (reserve != null) {
                judge(reserve, breaker -> breaker.onSuccess(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS));
            }
        }

        /** Whether it is of use to ask the next part. A request or a key that is bad does not speak against the part. */
        boolean failed(Throwable error) {
            boolean failsOver = failsOver(error);
            if (lastError != null && lastError != error) {
                error.addSuppressed(lastError);
            }
            lastError = error;
            Reserve<M> reserve = release();
            if (reserve != null && failsOver) {
                judge(reserve, breaker -> breaker.onError(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS, error));
            } else if (reserve != null) {
                reserve.breaker().releasePermission();
            }
            return failsOver;
        }

        /** It asks the error for its message and its causes, which may be anybody's code. */
        private boolean failsOver(Throwable error) {
            try {
                return failover.policy().failsOver(error);
            } catch (Throwable e) {
                LOG.warn("An error has thrown when it was asked what it is; no other part is asked", e);
                return false;
            }
        }

        /** The breaker asks predicates of the user's configuration; whatever they throw, the permission is given back. */
        private void judge(Reserve<M> reserve, Consumer<CircuitBreaker> judgement) {
            try {
                judgement.accept(reserve.breaker());
            } catch (Throwable e) {
                reserve.breaker().releasePermission();
                LOG.warn("A predicate of the circuit breaker's configuration has thrown; this call does not count", e);
            }
        }

        /** Nobody waits any more: neither a success nor a failure. */
        void cancelled() {
            Reserve<M> reserve = release();
            if (reserve != null) {
                reserve.breaker().releasePermission();
            }
        }

        /** What to tell when there is no part left: the last failure, with those before it as suppressed ones. */
        Throwable error() {
            return lastError != null
                    ? lastError
                    : new AllPartsRestingException("All " + failover.reserves().size()
                            + " parts have failed too often and rest. Try again later, or see the earlier errors.");
        }

        /** {@link #error()} for a caller who waits; some languages throw checked exceptions where none is declared. */
        RuntimeException unchecked() {
            Throwable error = error();
            if (error instanceof Error fatal) {
                throw fatal;
            }
            return error instanceof RuntimeException exception
                    ? exception
                    : new UnresolvedModelServerException(String.valueOf(error.getMessage()), error);
        }
    }

    /** The request without a model name that this part's vendor does not know. */
    private ChatRequest named(ChatRequest request, Part<M> part) {
        return PartRequests.named(
                request, part, reserves.stream().map(Reserve::part).toList());
    }

    /** Our own models throw this themselves; other vendors' call it an answer. */
    static @Nullable EmptyAnswerException emptiness(ChatResponse response) {
        AiMessage message = response.aiMessage();
        boolean empty = (message.text() == null || message.text().isBlank()) && !message.hasToolExecutionRequests();
        return empty
                ? new EmptyAnswerException(
                        "The model ended its answer without saying anything. Try again.",
                        ErrorDetails.custom()
                                .tokenUsage(response.metadata().tokenUsage())
                                .build(),
                        null)
                : null;
    }

    static ChatResponse result(ChatResponse last, Part<?> part, StepLog log) {
        Provenance maker = new Provenance(part.name(), part.modelName(), null);
        return ChatResponse.builder()
                .aiMessage(maker.on(last.aiMessage()))
                .metadata(log.metadata(last.metadata()))
                .build();
    }
}
