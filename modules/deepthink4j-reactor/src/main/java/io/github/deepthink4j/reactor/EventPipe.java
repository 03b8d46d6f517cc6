package io.github.deepthink4j.reactor;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.internal.stream.Backlog;
import io.github.deepthink4j.internal.stream.PausableStreamingHandle;
import io.github.deepthink4j.internal.stream.StreamScope;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.util.context.ContextView;

/**
 * One subscription: takes events from the streams that begin in it, one after the other, and takes the subscriber's demand
 * and cancel back to them.
 */
final class EventPipe extends StreamScope {

    private static final SafeLog LOG = SafeLog.of(EventPipe.class);

    private enum State {
        OPEN,
        /** With an answer: what its last callback begins is somebody else's. */
        COMPLETE,
        FAILED,
        CANCELLED
    }

    private final ContextView context;
    private final Backlog backlog;
    private final Object lock = new Object();
    private volatile State state = State.OPEN;
    private volatile @Nullable StreamingHandle stream;

    /** Let go of at the end: a connection may hold on to its listener for a while, but not to the subscriber. */
    private volatile @Nullable FluxSink<ReasoningEvent> sink;

    private EventPipe(FluxSink<ReasoningEvent> sink, Backlog backlog) {
        this.context = sink.contextView();
        this.backlog = backlog;
        this.sink = sink;
    }

    /**
     * @param start begins the stream, once for each subscription; what it throws is an error of the Flux
     */
    static Flux<ReasoningEvent> flux(Consumer<EventPipe> start) {
        return Flux.defer(() -> {
            Backlog backlog = new Backlog();
            return Flux.<ReasoningEvent>create(sink -> new EventPipe(sink, backlog).open(sink, start))
                    .doOnNext(event -> backlog.taken());
        });
    }

    private void open(FluxSink<ReasoningEvent> sink, Consumer<EventPipe> start) {
        sink.onCancel(this::cancel);
        if (sink.isCancelled()) {
            return;
        }
        expectStream();
        try {
            run(() -> start.accept(this));
        } catch (Throwable e) {
            // Reactor itself throws some kinds of Error on, to a thread that knows no subscriber.
            fail(e);
        }
    }

    ContextView context() {
        return context;
    }

    /** LangChain4j's listeners are called in here. */
    @Override
    protected void call(Runnable task) {
        ThreadLocals.with(context, task);
    }

    @Override
    protected void onStart(PausableStreamingHandle started) {
        if (state == State.OPEN) {
            backlog.follow(started);
        }
        if (state != State.COMPLETE) {
            use(started);
        }
    }

    /** The stream that events come from now; LangChain4j hands its handle over with each piece. */
    void use(StreamingHandle handle) {
        if (handle == stream) {
            return;
        }
        expectNoStream();
        boolean tooLate;
        synchronized (lock) {
            stream = handle;
            tooLate = isUnwanted();
        }
        if (tooLate) {
            stop(handle);
        }
    }

    void emit(ReasoningEvent event) {
        FluxSink<ReasoningEvent> open = sink;
        if (open != null) {
            backlog.add();
            open.next(event);
            backlog.settle();
        }
    }

    void complete(ChatResponse response) {
        complete(new ReasoningEvent.Completed(response));
    }

    void complete(ReasoningEvent.Completed completed) {
        expectNoStream();
        FluxSink<ReasoningEvent> open = leave(State.COMPLETE);
        if (open != null) {
            StreamScope.outside(() -> {
                backlog.add();
                open.next(completed);
                open.complete();
            });
        }
    }

    /** The stream may go on after an error of a callback, but nobody listens any more. */
    void fail(Throwable error) {
        FluxSink<ReasoningEvent> open = leave(State.FAILED);
        if (open != null) {
            stopAll();
            StreamScope.outside(() -> open.error(error));
        }
    }

    private void cancel() {
        if (leave(State.CANCELLED) != null) {
            stopAll();
        }
    }

    /** Whether the subscriber has gone without the answer: an AI service that goes on does so for nobody. */
    boolean isUnwanted() {
        return state == State.CANCELLED || state == State.FAILED;
    }

    /** The sink for whoever ends it, and for nobody after him. */
    private @Nullable FluxSink<ReasoningEvent> leave(State end) {
        synchronized (lock) {
            FluxSink<ReasoningEvent> open = sink;
            if (open != null) {
                sink = null;
                state = end;
            }
            return open;
        }
    }

    /** A decorator, or an AI service, may be about to begin something. */
    private void stopAll() {
        expectStream();
        stop(stream);
    }

    private static void stop(@Nullable StreamingHandle handle) {
        if (handle == null) {
            return;
        }
        try {
            handle.cancel();
        } catch (Throwable e) {
            LOG.debug("This model can't be cancelled; what it still sends is dropped", e);
        }
    }
}
