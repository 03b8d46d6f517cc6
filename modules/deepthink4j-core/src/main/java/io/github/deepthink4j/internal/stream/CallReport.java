package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.settings.AttemptEvent;
import io.github.deepthink4j.settings.CallListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What {@link CallListener}s hear of one call between its beginning and its end, and what they put around it. */
public final class CallReport {

    private static final SafeLog LOG = SafeLog.of(CallReport.class);

    private final ChatModelRequestContext call;
    private final List<CallListener> listeners;
    private final CallContext caller = CallContext.current();
    private final CallContext own;
    private final AtomicBoolean thought = new AtomicBoolean();
    private final AtomicBoolean spoken = new AtomicBoolean();

    CallReport(ListenedCall listened, ChatModelRequestContext call, List<CallListener> listeners) {
        this.call = call;
        this.listeners = listeners;
        this.own = listeners.isEmpty() ? caller : caller.of(listened, task -> around(CallListener::inCall, task));
    }

    static List<CallListener> listeners(List<ChatModelListener> listeners) {
        return listeners.stream()
                .flatMap(listener -> listener instanceof GuardedListeners several
                        ? several.callListeners().stream()
                        : List.<CallListener>of().stream())
                .toList();
    }

    /** That of the call that this thread works on; {@code null} if nobody wants to hear of it. */
    public static @Nullable CallReport current() {
        ListenedCall call = CallContext.currentCall();
        return call == null ? null : call.report();
    }

    ChatModelRequestContext call() {
        return call;
    }

    /** Whether nobody hears more than LangChain4j tells. */
    boolean isPlain() {
        return listeners.isEmpty() && caller == CallContext.NONE;
    }

    public void sending(CallListener.Sending sending) {
        tell(listener -> listener.onSend(call, sending));
    }

    public void attempt(AttemptEvent event) {
        tell(listener -> listener.onAttempt(call, event));
    }

    /** A piece of the thought has come; told of the first. */
    public void thinking() {
        if (!listeners.isEmpty() && !thought.get() && thought.compareAndSet(false, true)) {
            tell(listener -> listener.onFirstThinking(call));
        }
    }

    /** A piece of the answer's text has come; told of the first. */
    public void text() {
        if (!listeners.isEmpty() && !spoken.get() && spoken.compareAndSet(false, true)) {
            tell(listener -> listener.onFirstText(call));
        }
    }

    void cancelled() {
        tell(listener -> listener.onCancel(call));
    }

    private void tell(Consumer<CallListener> event) {
        if (!listeners.isEmpty()) {
            StreamScope.outside(() -> listeners.forEach(listener -> {
                try {
                    event.accept(listener);
                } catch (Throwable e) {
                    LOG.warn("A CallListener has thrown; this is ignored", e);
                }
            }));
        }
    }

    /** Runs what is done for the call. */
    public void inCall(Runnable task) {
        own.run(task);
    }

    /** As {@link #inCall(Runnable)}, with a result. */
    public <T extends @Nullable Object> T inCall(Supplier<T> task) {
        return isPlain() ? task.get() : own.call(task);
    }

    /** Runs what belongs to the caller. */
    public void inCaller(Runnable task) {
        if (isPlain()) {
            task.run();
        } else {
            caller.run(() -> around(CallListener::inCaller, task));
        }
    }

    /** Runs a task within what somebody puts around it: once, whatever that does; what the task throws is thrown here. */
    public static void around(Consumer<Runnable> around, Runnable task) {
        new Once(task).within(around);
    }

    /** Every listener around the task, which runs once, whatever they do. */
    private void around(Around around, Runnable task) {
        Runnable all = task;
        for (CallListener listener : listeners) {
            Once inner = new Once(all);
            all = () -> inner.within(runnable -> around.accept(listener, call, runnable));
        }
        all.run();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    private interface Around {

        void accept(CallListener listener, ChatModelRequestContext call, Runnable task);
    }

    /** A task that runs once, and whose own exception is told from that of whoever stands around it. */
    private static final class Once implements Runnable {

        private final Runnable task;
        private boolean begun;
        private @Nullable Throwable thrown;

        Once(Runnable task) {
            this.task = task;
        }

        void within(Consumer<Runnable> around) {
            try {
                around.accept(this);
            } catch (Throwable e) {
                if (e != thrown) {
                    LOG.warn("A CallListener has thrown around a call; this is ignored", e);
                }
            }
            run();
            if (thrown != null) {
                CallReport.<RuntimeException>rethrow(thrown);
            }
        }

        @Override
        public void run() {
            if (begun) {
                return;
            }
            begun = true;
            try {
                task.run();
            } catch (Throwable e) {
                // A model of anybody's may throw what is checked, too, though nothing declares it.
                thrown = e;
                throw e;
            }
        }
    }
}
