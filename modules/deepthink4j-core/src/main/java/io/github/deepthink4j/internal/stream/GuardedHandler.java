package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The user's handler behind LangChain4j's rules: pieces by the variants with a context; nothing after a cancel; one end only;
 * what a callback throws goes to {@code onError} and the stream goes on, or, if it has cancelled before, to the log, as does
 * what {@code onError} throws. An
 * {@code Error} is no such slip: it ends the stream, is told once and logged once.
 *
 * <p>Made where the stream begins: its last callback runs in the {@link StreamScope} of that thread. One caller at a time,
 * but for the end, which anybody may bring at any moment.
 */
public final class GuardedHandler {

    private final StreamingChatResponseHandler user;
    private final StreamingHandle handle;
    private final SafeLog log;
    private final @Nullable StreamScope scope = StreamScope.atTheEnd();
    private final Consumer<Runnable> guarded = this::guarded;
    private final Object lock = new Object();
    private volatile boolean over;
    private volatile boolean broken;

    /**
     * @param handle what the callbacks pass on to the user, and what ends the stream after an {@code Error}
     */
    public GuardedHandler(StreamingChatResponseHandler user, StreamingHandle handle, SafeLog log) {
        if (user == null) {
            throw new IllegalArgumentException("handler must not be null");
        }
        this.user = user;
        this.handle = handle;
        this.log = log;
    }

    /** Tells a piece of the thought. */
    public void thinking(PartialThinking piece) {
        tell(() -> user.onPartialThinking(piece, new PartialThinkingContext(handle)));
    }

    /** Tells a piece of the answer. */
    public void text(PartialResponse piece) {
        tell(() -> user.onPartialResponse(piece, new PartialResponseContext(handle)));
    }

    /** Tells a piece of a tool call. */
    public void toolCallPiece(PartialToolCall piece) {
        tell(() -> user.onPartialToolCall(piece, new PartialToolCallContext(handle)));
    }

    /** Tells a whole tool call. */
    public void toolCall(CompleteToolCall call) {
        tell(() -> user.onCompleteToolCall(call));
    }

    /** Passes on an event of another vendor's that has no name here. */
    public void unmapped(Object event) {
        tell(() -> user.onUnmappedRawEvent(event));
    }

    /** The end with an answer; does nothing if the end has come already. */
    public void complete(ChatResponse response) {
        if (end()) {
            atTheEnd(() -> lastCallback(response), this::tellError);
        }
    }

    /** The end without one; does nothing if the end has come already. */
    public void error(Throwable error) {
        if (end()) {
            atTheEnd(() -> tellError(error), e -> {
                error.addSuppressed(e);
                tellError(error);
            });
        }
    }

    /** From now on the user is told nothing more; whether he could have been told something until now. */
    public boolean end() {
        synchronized (lock) {
            boolean first = !over;
            over = true;
            return first;
        }
    }

    /** Whether an {@code Error} of a callback is what has ended it. */
    boolean isBroken() {
        return broken;
    }

    private void tell(Runnable callback) {
        if (!over && !handle.isCancelled()) {
            StreamScope.outside(guarded, callback);
        }
    }

    /**
     * @param insteadOfIt called if the scope has thrown before the last callback, such as the thread-locals that it brings along
     */
    private void atTheEnd(Runnable lastCallback, Consumer<Throwable> insteadOfIt) {
        if (scope == null) {
            StreamScope.outside(lastCallback);
            return;
        }
        AtomicBoolean called = new AtomicBoolean();
        try {
            scope.run(() -> {
                called.set(true);
                lastCallback.run();
            });
        } catch (Throwable e) {
            if (!called.get()) {
                StreamScope.outside(() -> insteadOfIt.accept(e));
            }
            log.error("What was to hold around the last callback of a stream has failed", e);
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Error e) {
            brokenBy(e);
        } catch (Throwable e) {
            if (handle.isCancelled() || over) {
                thrownAfterTheEnd(e);
            } else {
                tell(e, this::tellSlip);
            }
        }
    }

    /** Told before it is logged, so that it is told whatever the logger does. */
    private void brokenBy(Error error) {
        boolean hasCancelled = handle.isCancelled();
        boolean first = end();
        broken |= first;
        if (first && !hasCancelled) {
            ListenedHandler.broken(user, error);
        }
        handle.cancel();
        if (first && !hasCancelled) {
            tellError(error);
        }
        log.error("A callback of a StreamingChatResponseHandler has failed; its stream is ended", error);
    }

    private void lastCallback(ChatResponse response) {
        try {
            user.onCompleteResponse(response);
        } catch (Throwable e) {
            if (!handle.isCancelled()) {
                // An Error may be a listener's own, who has heard of the end.
                tell(e, e instanceof Error ? user::onError : this::tellSlip);
            }
            if (e instanceof Error) {
                log.error("StreamingChatResponseHandler.onCompleteResponse() has failed", e);
            } else if (handle.isCancelled()) {
                thrownAfterTheEnd(e);
            }
        }
    }

    /** Whoever leaves a callback by a {@link CancellationException} after a cancel says only that he has seen the cancel. */
    private void thrownAfterTheEnd(Throwable thrown) {
        if (thrown instanceof CancellationException) {
            log.debug("A callback of a stream that was cancelled has left by a CancellationException", thrown);
        } else {
            log.warn("A callback of a stream that is over has thrown; it is told nothing more", thrown);
        }
    }

    private void tellSlip(Throwable thrown) {
        ListenedHandler.slipped(user, thrown);
    }

    private void tellError(Throwable error) {
        tell(error, user::onError);
    }

    private void tell(Throwable error, Consumer<Throwable> onError) {
        try {
            onError.accept(error);
        } catch (Throwable e) {
            // An Error that is logged comes back from some handlers.
            if (e != error) {
                log.warn("StreamingChatResponseHandler.onError() has thrown; this is ignored", e);
            }
        }
    }
}
