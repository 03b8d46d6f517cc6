package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for the streams that somebody else begins. LangChain4j's {@code StreamingChatModel.chat} returns no handle, and
 * an AI service begins a further stream after each round of tools; whoever calls them in {@link #run} is told of every stream
 * before its request is sent, and can pause and cancel it. This is the only thread-local of the project's streams: all that
 * hands out an early handle is built on it.
 *
 * <p>A stream belongs to the scope in which it begins on the same thread: within {@code run}, or within the last callback of a
 * stream that belongs to it. Of scopes within one another the innermost counts. What users' code begins meanwhile, in a
 * callback on an executor that runs inline or in a {@code ChatModelListener}, is nobody's but its own.
 */
public abstract class StreamScope {

    private static final ThreadLocal<@Nullable StreamScope> CURRENT = new ThreadLocal<>();

    private final @Nullable StreamScope outer = CURRENT.get();

    /** A scope within the one that holds on this thread, if there is one. */
    protected StreamScope() {}

    /**
     * A stream is about to be sent; if it is cancelled here, nothing is sent. Must not block or throw.
     *
     * @param stream works at once, and from any thread
     */
    protected abstract void onStart(PausableStreamingHandle stream);

    /**
     * Runs the task of {@link #run}, or the last callback of a stream, with the {@code ChatModelListener}s that are called
     * in it. Overridden by scopes that bring a context along, such as thread-locals; by default that of the outer scope.
     */
    protected void call(Runnable task) {
        if (outer == null) {
            task.run();
        } else {
            outer.call(task);
        }
    }

    /** From now on a stream may begin for this scope on any thread, where a decorator has gone; it is told to {@link #onStart}. */
    protected final void expectStream() {
        Announcement.await(this);
    }

    /** It has come, or is not waited for any more. */
    protected final void expectNoStream() {
        Announcement.come(this);
    }

    /** Runs something on this thread, at once; the streams that begin in it belong to this scope. */
    public final void run(Runnable task) {
        within(this, () -> call(task));
    }

    /**
     * Begins a stream: the scope of this thread, if there is one, hears of it before it is sent. If there is none, a decorator may
     * have passed a request of a scope on to this thread; then its handler leads back to it.
     *
     * @param send sends the request; must not send what has been cancelled. What it runs inline belongs to no scope
     */
    public static void begin(PausableStreamingHandle stream, StreamingChatResponseHandler handler, Runnable send) {
        StreamScope scope = CURRENT.get();
        if (scope != null) {
            scope.onStart(stream);
        } else {
            Announcement.of(stream, handler);
        }
        outside(send);
    }

    /**
     * Runs a {@code chat} that begins exactly one stream on this thread, as those of our own models do, and gives its handle
     * to the caller; a scope around it hears of it too.
     */
    public static PausableStreamingHandle handleOf(Runnable chat) {
        HandOver handOver = new HandOver();
        try {
            handOver.run(chat);
        } catch (Throwable e) {
            // Whoever gets this gets no handle.
            if (handOver.handle != null) {
                handOver.handle.cancel();
            }
            throw e;
        }
        if (handOver.handle == null) {
            throw new IllegalStateException("LangChain4j's chat has not called doChat on this thread");
        }
        return handOver.handle;
    }

    /**
     * The scope of the last callback of a stream that begins now. One that has handed out its handle is none: whoever asks each
     * question when the answer before is over would stand in as many of them as there were questions, which all lived on.
     */
    static @Nullable StreamScope atTheEnd() {
        StreamScope scope = CURRENT.get();
        while (scope instanceof HandOver handOver) {
            scope = handOver.around;
        }
        return scope;
    }

    /** Runs users' code, whose streams are its own. */
    public static void outside(Runnable task) {
        if (CURRENT.get() == null) {
            task.run();
        } else {
            within(null, task);
        }
    }

    /** As {@link #outside(Runnable)}, for what is done with each piece: nothing is made for it where there is no scope. */
    static <T> void outside(Consumer<T> task, T with) {
        if (CURRENT.get() == null) {
            task.accept(with);
        } else {
            within(null, () -> task.accept(with));
        }
    }

    private static void within(@Nullable StreamScope scope, Runnable task) {
        StreamScope before = CURRENT.get();
        set(scope);
        try {
            task.run();
        } finally {
            set(before);
        }
    }

    private static void set(@Nullable StreamScope scope) {
        if (scope == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(scope);
        }
    }

    /** Takes the one stream of a {@code chat}; what begins in the stream's last callback is the outer scope's alone. */
    private static final class HandOver extends StreamScope {

        private final @Nullable StreamScope around = CURRENT.get();
        private @Nullable PausableStreamingHandle handle;

        @Override
        protected void onStart(PausableStreamingHandle stream) {
            if (handle == null) {
                handle = stream;
            }
            if (around != null) {
                around.onStart(stream);
            }
        }
    }
}
