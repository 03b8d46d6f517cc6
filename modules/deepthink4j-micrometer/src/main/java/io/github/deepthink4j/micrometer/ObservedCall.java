package io.github.deepthink4j.micrometer;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.micrometer.ChatObservationContext.Outcome;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallListener;
import io.micrometer.observation.Observation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call from its beginning to its end, which is told once, whoever brings it. */
final class ObservedCall {

    private final DeepSeekObservations settings;
    private final @Nullable Observation caller;
    private final ChatObservationContext context;
    private final Observation observation;
    private final long startNanos;

    /** Guarded by this. */
    private boolean open;

    private boolean ended;

    /** Whether an attempt is on its way, which costs something even if nobody hears its end. */
    private boolean underway;

    /** What the attempts before it have cost, as far as they say. */
    private @Nullable Cost billed;

    ObservedCall(DeepSeekObservations settings, ChatObservationContext context) {
        this.settings = settings;
        this.context = context;
        this.caller = settings.current();
        Guard.run(() -> markMadeOfParts(caller));
        this.observation = Guard.get(
                () -> Observation.createNotStarted(
                        settings.convention(), settings.defaultConvention(), () -> context, settings.observations()),
                Observation.NOOP);
        this.startNanos = settings.nanoTime();
    }

    /** Apart from the constructor: what a handler throws leaves an observation that is ended all the same. */
    void start() {
        Guard.run(observation::start);
    }

    /** A call within a call is one of a part of it, perhaps as a step. */
    private static void markMadeOfParts(@Nullable Observation around) {
        for (Observation next = around; next != null && !next.isNoop(); next = parent(next)) {
            if (next.getContext() instanceof ChatObservationContext call) {
                call.hasParts();
                return;
            }
            if (!(next.getContext() instanceof StepObservationContext)) {
                return;
            }
        }
    }

    private static @Nullable Observation parent(Observation observation) {
        return observation.getContext().getParentObservation() instanceof Observation parent ? parent : null;
    }

    void inCall(Runnable task) {
        Scopes.within(settings.observations(), observation.isNoop() ? caller : observation, task);
    }

    void inCaller(Runnable task) {
        Scopes.within(settings.observations(), caller, task);
    }

    void sent(CallListener.Sending sending) {
        context.sent(sending.server(), sending.streams());
        synchronized (this) {
            underway = true;
            if (ended || open) {
                return;
            }
            open = true;
        }
        meter(Meters::opened);
    }

    void attempted(AttemptEvent attempt) {
        if (attempt instanceof AttemptEvent.Failed failed) {
            Cost cost = ChatAttributes.cost(failed.error());
            synchronized (this) {
                underway = false;
                billed = cost == null ? billed : cost;
            }
        }
        if (attempt instanceof AttemptEvent.Failed failed && !failed.isLast()) {
            meter(meters -> meters.retried(context, failed.error()));
            Guard.run(() -> SpanAttributes.event(context, "retry"));
        }
    }

    void firstThought() {
        Duration after = elapsed();
        context.thought(after);
        meter(meters -> meters.firstThought(context, after));
        Guard.run(() -> SpanAttributes.event(context, "first thought"));
    }

    void firstWord() {
        Duration after = elapsed();
        context.spoken(after);
        meter(meters -> meters.firstWord(context, after));
        Guard.run(() -> SpanAttributes.event(context, "first word"));
    }

    private Duration elapsed() {
        return Duration.ofNanos(settings.nanoTime() - startNanos);
    }

    void answered(ChatResponse response) {
        end(Outcome.ANSWERED, response, null);
    }

    void failed(@Nullable Throwable error) {
        end(error instanceof CancellationException ? Outcome.CANCELLED : Outcome.FAILED, null, error);
    }

    /** A callback of the caller's has thrown. */
    void slipped() {
        Guard.run(() -> SpanAttributes.event(context, "callback failed"));
    }

    void cancelled() {
        end(Outcome.CANCELLED, null, null);
    }

    private void end(Outcome outcome, @Nullable ChatResponse response, @Nullable Throwable error) {
        boolean wasOpen;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            wasOpen = open;
        }
        if (wasOpen) {
            meter(Meters::closed);
        }
        context.ended(outcome, response, error);
        if (outcome == Outcome.FAILED && error != null) {
            CallFailure shown = CallFailure.of(error, settings.shownWords());
            Guard.run(() -> observation.error(shown));
            context.setError(shown);
        }
        meter(meters -> count(meters, outcome, error));
        Guard.run(this::describe);
        Guard.run(observation::stop);
    }

    /** Tokens and cost are those of the calls that were sent: of a model made of several they would count twice. */
    private void count(Meters meters, Outcome outcome, @Nullable Throwable error) {
        if (outcome == Outcome.CANCELLED) {
            meters.cancelled(context);
        } else if (outcome == Outcome.FAILED && error != null) {
            meters.failed(context, error);
        }
        if (context.isMadeOfParts()) {
            return;
        }
        meters.used(context, ChatAttributes.usage(context));
        Cost cost = outcome == Outcome.CANCELLED ? null : ChatAttributes.cost(context);
        meters.cost(context, cost != null || isTold(outcome, error) ? cost : untold());
    }

    /** Whether the end says what the call has cost, if only by saying nothing: an error that a callback has thrown knows nothing of it. */
    private static boolean isTold(Outcome outcome, @Nullable Throwable error) {
        return outcome == Outcome.ANSWERED || (outcome == Outcome.FAILED && error instanceof DeepSeekError);
    }

    /** Without an end nobody can tell what an attempt has cost, but a host bills what it has made by then. */
    private synchronized @Nullable Cost untold() {
        Cost last = underway ? Cost.unknown("the call had no end that tells a cost") : null;
        return billed == null || last == null ? (billed == null ? last : billed) : billed.add(last);
    }

    private void describe() {
        Map<String, Object> attributes = new LinkedHashMap<>();
        MessageContent content = settings.content();
        if (content != null) {
            attributes.putAll(content.of(context.request().messages(), context.response()));
            attributes.forEach((name, value) -> observation.highCardinalityKeyValue(name, String.valueOf(value)));
        }
        if (settings.convention() == null && SpanAttributes.write(context, ChatAttributes.of(context))) {
            context.numbersAreInSpan();
        }
    }

    private void meter(Consumer<Meters> action) {
        Meters meters = settings.meters();
        if (meters != null) {
            Guard.run(() -> action.accept(meters));
        }
    }
}
