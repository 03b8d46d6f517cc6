package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.internal.log.SafeLog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user's end of one stream, behind which one model speaks, or several one after the other: ours, other vendors', and
 * decorators of either. It is the handle that the user has from the first moment on. Whichever model speaks is cancelled by
 * the handle that it has announced to this scope, or, if it announces none, by the one that its pieces bring.
 */
public final class Relay extends StreamScope implements PausableStreamingHandle {

    private static final SafeLog LOG = SafeLog.of(Relay.class);

    private final StreamingChatResponseHandler handler;
    private final GuardedHandler user;
    private final Runnable onCancel;
    private final Object lock = new Object();
    private @Nullable StreamingHandle running;

    /** What else has begun in the call that runs, such as in a decorator that asks a second model: it ends with it. */
    private final List<StreamingHandle> besides = new ArrayList<>();

    private boolean paused;
    private volatile boolean cancelled;

    /**
     * @param onCancel called once, when the user has cancelled before the end, or has ended it by an {@code Error}
     */
    public Relay(StreamingChatResponseHandler user, Runnable onCancel) {
        this.handler = user;
        this.user = new GuardedHandler(user, this, LOG);
        this.onCancel = onCancel;
    }

    /**
     * Begins to stream any model; returns the handle at once, also where the model is a decorator that knows of none, where it
     * passes the request on to another thread, and where it can't be cancelled: then what it still sends is dropped.
     */
    public static StreamingHandle start(
            StreamingChatModel model, ChatRequest request, StreamingChatResponseHandler handler) {
        Relay relay = new Relay(handler, () -> {});
        begin(relay, handler, () -> relay.run(model, request, new Speaker(relay)));
        return relay;
    }

    /** Lets a model speak; throws what it throws before it has told its end. Nothing happens after a cancel. */
    public void run(StreamingChatModel model, ChatRequest request, Speaker speaker) {
        synchronized (lock) {
            if (cancelled) {
                return;
            }
            running = null;
            besides.clear();
        }
        expectStream();
        try {
            run(() -> model.chat(request, speaker));
        } catch (Throwable e) {
            if (!speaker.end()) {
                // Another model may speak already, because of that end.
                LOG.debug("A model has told its end and has thrown besides; this is ignored", e);
                return;
            }
            // A decorator may have begun a stream before it threw: nobody would have a handle for it.
            stopAll();
            throw e;
        }
    }

    /** Of several in one call the last one counts; all of them are cancelled. */
    @Override
    protected void onStart(PausableStreamingHandle stream) {
        synchronized (lock) {
            if (running != null) {
                besides.add(running);
            }
        }
        speaking(stream);
    }

    private void stopAll() {
        List<StreamingHandle> handles;
        synchronized (lock) {
            handles = new ArrayList<>(besides);
            if (running != null) {
                handles.add(running);
            }
        }
        handles.forEach(Relay::stop);
    }

    private void speaking(StreamingHandle handle) {
        expectNoStream();
        synchronized (lock) {
            running = handle;
            if (!cancelled) {
                return;
            }
        }
        stop(handle);
    }

    /** The end with an answer; does nothing after a cancel or another end. */
    public void complete(ChatResponse response) {
        expectNoStream();
        user.complete(response);
    }

    /** The end without one; does nothing after a cancel or another end. */
    public void error(Throwable error) {
        expectNoStream();
        user.error(error);
    }

    @Override
    public void cancel() {
        synchronized (lock) {
            cancelled = true;
            if (!user.end() && !user.isBroken()) {
                return;
            }
        }
        // A decorator may be about to begin something, such as another attempt.
        expectStream();
        stopAll();
        onCancel.run();
        ListenedHandler.cancelled(handler);
    }

    private static void stop(StreamingHandle handle) {
        try {
            handle.cancel();
        } catch (Throwable e) {
            LOG.debug("This model can't be cancelled; what it still sends is dropped", e);
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void pause() {
        synchronized (lock) {
            paused = true;
            if (running instanceof PausableStreamingHandle stream) {
                stream.pause();
            }
        }
    }

    /** Outside of the lock, since on an executor that runs tasks at once the next delivery may come from within. */
    @Override
    public void resume() {
        StreamingHandle handle;
        synchronized (lock) {
            paused = false;
            handle = running;
        }
        if (handle instanceof PausableStreamingHandle stream) {
            stream.resume();
        }
    }

    /**
     * What one model says on its way to the user; as it is, unless a subclass keeps something back. A stream that begins while
     * the user holds up is held up with its first piece, since the limit for its first byte would not wait for him.
     */
    public static class Speaker extends StreamedPieces {

        private final Relay relay;
        private boolean handled;

        public Speaker(Relay relay) {
            this.relay = relay;
        }

        @Override
        protected final StreamScope scope() {
            return relay;
        }

        /** As the model goes on: by the handle that it has announced, which may do more than the one of its pieces. */
        @Override
        protected final void onHandle(StreamingHandle ofThePiece) {
            if (handled) {
                return;
            }
            handled = true;
            StreamingHandle handle = ofThePiece;
            synchronized (relay.lock) {
                if (relay.running != null) {
                    handle = relay.running;
                }
                if (relay.paused && handle instanceof PausableStreamingHandle stream) {
                    stream.pause();
                }
            }
            relay.speaking(handle);
        }

        @Override
        protected void onThinking(PartialThinking piece) {
            relay.user.thinking(piece);
        }

        @Override
        protected void onText(PartialResponse piece) {
            relay.user.text(piece);
        }

        @Override
        protected void onToolCallPiece(PartialToolCall piece) {
            relay.user.toolCallPiece(piece);
        }

        @Override
        protected void onToolCall(CompleteToolCall call) {
            relay.user.toolCall(call);
        }

        @Override
        protected void onUnmapped(Object event) {
            relay.user.unmapped(event);
        }

        /** What is thrown on the way, such as by the request of a next model, is told: its thread knows nobody to tell it to. */
        @Override
        protected final void onAnswer(ChatResponse response) {
            try {
                answered(response);
            } catch (Throwable e) {
                relay.error(e);
            }
        }

        /** Stops the model first, since after an error it may go on, for nobody. */
        @Override
        protected final void onFailure(Throwable error) {
            relay.stopAll();
            try {
                failed(error);
            } catch (Throwable e) {
                relay.error(e);
            }
        }

        /** The model's last word; by default the user's too. */
        protected void answered(ChatResponse response) {
            relay.complete(response);
        }

        /** The model has failed; by default so has the whole. */
        protected void failed(Throwable error) {
            relay.error(error);
        }
    }
}
