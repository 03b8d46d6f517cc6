package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's end of one stream, behind which several parts speak one after the other. It is the handle that the user gets, and
 * keeps LangChain4j's rules: nothing after a cancel, one end only, and what a callback throws goes to {@code onError} while the
 * stream goes on, without the part's knowing.
 */
final class Relay implements StreamingHandle {

    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

    private final StreamingChatResponseHandler user;
    private final Runnable onCancel;
    private final Object lock = new Object();
    private int runs;
    private @Nullable StreamingHandle running;
    private volatile boolean over;
    private volatile boolean cancelled;

    /**
     * @param onCancel called once, when the user has cancelled
     */
    Relay(StreamingChatResponseHandler user, Runnable onCancel) {
        this.user = user;
        this.onCancel = onCancel;
    }

    /** Lets a part speak; throws what the part throws before it begins. Nothing happens after a cancel. */
    void run(StreamingChatModel model, ChatRequest request, PartHandler handler) {
        int run;
        synchronized (lock) {
            if (cancelled) {
                return;
            }
            run = ++runs;
            running = null;
        }
        handler.attach(handle -> speaking(run, handle));
        StreamingHandle started = CancellableStreamingChatModel.start(model, request, handler);
        if (started != null) {
            speaking(run, started);
        }
    }

    /** The part may have ended, and the next one begun, before its handle is known. */
    private void speaking(int run, StreamingHandle handle) {
        synchronized (lock) {
            if (run == runs) {
                running = handle;
            }
            if (!cancelled) {
                return;
            }
        }
        handle.cancel();
    }

    void thinking(PartialThinking piece) {
        tell(() -> user.onPartialThinking(piece, new PartialThinkingContext(this)));
    }

    void text(PartialResponse piece) {
        tell(() -> user.onPartialResponse(piece, new PartialResponseContext(this)));
    }

    void toolCallPiece(PartialToolCall piece) {
        tell(() -> user.onPartialToolCall(piece, new PartialToolCallContext(this)));
    }

    void toolCall(CompleteToolCall call) {
        tell(() -> user.onCompleteToolCall(call));
    }

    void unmapped(Object event) {
        tell(() -> user.onUnmappedRawEvent(event));
    }

    void complete(ChatResponse response) {
        if (end()) {
            guarded(() -> user.onCompleteResponse(response));
        }
    }

    void error(Throwable error) {
        if (end()) {
            tellError(error);
        }
    }

    private void tell(Runnable callback) {
        if (!over) {
            guarded(callback);
        }
    }

    private void guarded(Runnable callback) {
        try {
            callback.run();
        } catch (Exception e) {
            tellError(e);
        }
    }

    private void tellError(Throwable error) {
        try {
            user.onError(error);
        } catch (Exception e) {
            LOG.warn("StreamingChatResponseHandler.onError() has thrown; this is ignored", e);
        }
    }

    private boolean end() {
        synchronized (lock) {
            boolean first = !over;
            over = true;
            return first;
        }
    }

    @Override
    public void cancel() {
        StreamingHandle handle;
        synchronized (lock) {
            cancelled = true;
            if (over) {
                return;
            }
            over = true;
            handle = running;
        }
        if (handle != null) {
            handle.cancel();
        }
        onCancel.run();
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
