package io.github.deepthink4j.agent.internal;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.stream.CallContext;
import io.github.deepthink4j.model.DeepSeekTokenUsage;
import io.github.deepthink4j.price.Cost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The steps of one answer as they end, and what they have cost together. Thread-safe. */
public final class StepLog {

    private static final SafeLog LOG = SafeLog.of(StepLog.class);

    private static final int MOST_ERRORS = 64;

    private final StepListener listener;
    private final CallContext call = CallContext.current();
    private final List<Step> steps = new ArrayList<>();
    private final AtomicBoolean added = new AtomicBoolean();

    public StepLog(StepListener listener) {
        this.listener = listener;
    }

    /** A step that has begun. */
    public final class Running {

        private final StepKind kind;
        private final Part<?> part;
        private final long startNanos = System.nanoTime();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final StepListener.Watch watch;
        private final CallContext context;

        private Running(StepKind kind, Part<?> part, StepListener.Watch watch) {
            this.kind = kind;
            this.part = part;
            this.watch = watch;
            this.context = call.with(watch::during);
        }

        /** Makes the call, on whichever thread: within what the whole call's listeners, and the step's, put around it. */
        public void make(Runnable partCall) {
            context.run(partCall);
        }

        /** As {@link #make(Runnable)}, with what it gives. */
        public <T> T make(Supplier<T> partCall) {
            return context.call(partCall);
        }

        public void succeeded(ChatResponse response) {
            end(response.metadata().tokenUsage(), null, response);
        }

        public void failed(Throwable error) {
            end(error instanceof DeepSeekError own ? own.tokenUsage() : null, error, null);
        }

        /** Nobody waits for it any more; does nothing if it has ended already. */
        public void cancelled() {
            failed(new CancellationException("The call was cancelled."));
        }

        /** Once: a cancel may come at the very moment of another end. */
        private void end(@Nullable TokenUsage usage, @Nullable Throwable error, @Nullable ChatResponse response) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
            Step step = step(usage, time, error);
            synchronized (steps) {
                steps.add(step);
            }
            tell(() -> watch.onEnd(step, response));
        }

        /** Now: what failed before joins the error later, and is a step of its own. */
        private Step step(@Nullable TokenUsage usage, Duration time, @Nullable Throwable error) {
            try {
                return new Step(kind, part.name(), part.modelName(), usage, time, error);
            } catch (Throwable e) {
                // An error of anybody's that can't even be asked what it is.
                Cost unknown = Cost.unknown("a call has failed, and can't be asked what it was billed");
                return new Step(kind, part.name(), part.modelName(), usage, time, error, unknown);
            }
        }
    }

    public Running start(StepKind kind, Part<?> part) {
        List<StepListener.Watch> watches = new ArrayList<>(1);
        tell(() -> call.run(() -> watches.add(listener.watch(kind, part.name(), part.modelName()))));
        return new Running(kind, part, watches.isEmpty() ? listener::onEnd : watches.get(0));
    }

    /** A call that blocks, as a step. */
    public ChatResponse run(StepKind kind, Part<?> part, Supplier<ChatResponse> partCall) {
        Running running = start(kind, part);
        try {
            ChatResponse response = running.make(partCall);
            running.succeeded(response);
            return response;
        } catch (Throwable e) {
            running.failed(e);
            throw e;
        }
    }

    private static void tell(Runnable report) {
        try {
            report.run();
        } catch (Throwable e) {
            LOG.warn("A StepListener has thrown; this is ignored", e);
        }
    }

    public List<Step> steps() {
        synchronized (steps) {
            return List.copyOf(steps);
        }
    }

    @Nullable
    public TokenUsage usage() {
        TokenUsage sum = null;
        for (Step step : steps()) {
            sum = TokenUsage.sum(sum, step.tokenUsage());
        }
        return sum instanceof DeepSeekTokenUsage usage ? withThoseWithoutUsage(usage) : sum;
    }

    /** An answer that broke off was billed, though nobody has said its usage; so was one that was cancelled. */
    private DeepSeekTokenUsage withThoseWithoutUsage(DeepSeekTokenUsage usage) {
        DeepSeekTokenUsage sum = usage;
        for (Step step : steps()) {
            Cost cost = step.tokenUsage() == null ? step.cost() : null;
            sum = cost == null ? sum : sum.withCost(sum.cost().add(cost));
        }
        return sum;
    }

    /** What is known of a call that has failed after these steps. */
    public ErrorDetails details() {
        Cost sum = null;
        for (Step step : steps()) {
            Cost cost = step.cost();
            sum = sum == null || cost == null ? (sum == null ? cost : sum) : sum.add(cost);
        }
        return ErrorDetails.custom().tokenUsage(usage()).cost(sum).build();
    }

    /**
     * Adds to a failure of the whole what the steps have cost that it does not tell of by itself, such as a plan that went well, as a
     * suppressed exception; nothing where nobody asks for money.
     */
    public void addTo(Throwable failure) {
        Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(failure, told);
        int count = 0;
        Cost sum = null;
        for (Step step : steps()) {
            Cost cost = told.contains(step.error()) ? null : step.cost();
            if (cost != null) {
                count++;
                sum = sum == null ? cost : sum.add(cost);
            }
        }
        if (sum != null && !sum.byCurrency().isEmpty() && added.compareAndSet(false, true)) {
            failure.addSuppressed(new EarlierSteps(count, sum));
        }
    }

    private static void collect(Throwable error, Set<Throwable> into) {
        if (into.size() < MOST_ERRORS && into.add(error)) {
            for (Throwable suppressed : error.getSuppressed()) {
                collect(suppressed, into);
            }
        }
    }

    /** All of the metadata of an answer that this part has given. */
    public <B extends CombinedChatResponseMetadata.Builder<?>> B fill(B builder, ChatResponseMetadata answered) {
        builder.steps(steps())
                .answered(answered)
                .id(answered.id())
                .modelName(answered.modelName())
                .finishReason(answered.finishReason())
                .tokenUsage(usage());
        return builder;
    }

    public CombinedChatResponseMetadata metadata(ChatResponseMetadata answered) {
        return fill(CombinedChatResponseMetadata.builder(), answered).build();
    }
}
