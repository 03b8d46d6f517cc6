package io.github.deepthink4j.internal.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds while something runs on a call's behalf, so that it can be taken to another thread: whoever hands work over asks for the
 * {@link #current} one and runs the work in it. Made where a listener wants to hear of it, so that without one there is none.
 */
public final class CallContext {

    /** Nothing holds. */
    static final CallContext NONE = new CallContext(null, null, Runnable::run);

    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    private final @Nullable CallContext outer;
    private final @Nullable ListenedCall call;
    private final Consumer<Runnable> around;

    private CallContext(@Nullable CallContext outer, @Nullable ListenedCall call, Consumer<Runnable> around) {
        this.outer = outer;
        this.call = call;
        this.around = around;
    }

    /** That of this thread. */
    public static CallContext current() {
        CallContext current = CURRENT.get();
        return current == null ? NONE : current;
    }

    /** The innermost call that somebody wants to hear more of; {@code null} for none. */
    static @Nullable ListenedCall currentCall() {
        return current().call;
    }

    CallContext of(ListenedCall inner, Consumer<Runnable> runs) {
        return new CallContext(this, inner, runs);
    }

    /**
     * One within this one, of a part of its call.
     *
     * @param runs runs what it is given once, on its thread
     */
    public CallContext with(Consumer<Runnable> runs) {
        return new CallContext(this, call, runs);
    }

    /** Runs something in it, on this thread. */
    public void run(Runnable task) {
        CallContext before = CURRENT.get();
        if (before == this || (before == null && this == NONE)) {
            task.run();
            return;
        }
        set(this);
        try {
            entered(task);
        } finally {
            set(before);
        }
    }

    private void entered(Runnable task) {
        List<CallContext> inwards = new ArrayList<>();
        for (CallContext context = this; context != null; context = context.outer) {
            inwards.add(context);
        }
        Runnable all = task;
        for (CallContext context : inwards) {
            Runnable inner = all;
            all = () -> context.around.accept(inner);
        }
        all.run();
    }

    /** As {@link #run}, with a result. */
    public <T extends @Nullable Object> T call(Supplier<T> task) {
        List<T> result = new ArrayList<>(1);
        run(() -> result.add(task.get()));
        return result.get(0);
    }

    private static void set(@Nullable CallContext context) {
        if (context == null || context == NONE) {
            CURRENT.remove();
        } else {
            CURRENT.set(context);
        }
    }
}
