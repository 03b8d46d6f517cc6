package io.github.deepthink4j.model;

import org.jspecify.annotations.Nullable;

/**
 * Who answers for the streams that somebody else begins. LangChain4j's {@code StreamingChatModel.chat} returns no handle,
 * and an AI service begins a further stream after each round of tools; whoever calls them in {@link #run} is told of every
 * stream of a {@link DeepSeekStreamingChatModel} before its request is sent, and can pause and cancel it.
 *
 * <p>A stream belongs to the scope in which it begins on the same thread: within {@code run}, or within the last callback
 * of a stream that belongs to it. Of scopes within one another the innermost counts.
 */
public abstract class StreamScope {

    private static final ThreadLocal<@Nullable StreamScope> CURRENT = new ThreadLocal<>();

    /**
     * A stream is about to be sent; if it is cancelled here, nothing is sent. Must not block or throw.
     *
     * @param stream works at once, and from any thread
     */
    protected abstract void onStart(PausableStreamingHandle stream);

    /**
     * Runs the task of {@link #run}, or the last callback of a stream, with the {@code ChatModelListener}s that are called
     * in it. Overridden by scopes that bring a context along, such as thread-locals.
     */
    protected void call(Runnable task) {
        task.run();
    }

    /** Runs something on this thread, at once; the streams that begin in it belong to this scope. */
    public final void run(Runnable task) {
        StreamScope outer = CURRENT.get();
        CURRENT.set(this);
        try {
            call(task);
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
        }
    }

    static @Nullable StreamScope current() {
        return CURRENT.get();
    }
}
