package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.response.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * Told of each step of a model that is made of several. Steps that run at the same time are told from several threads. What a
 * listener throws is logged and ignored.
 *
 * <p>A {@code ChatModelListener} of a model made of several that is a {@code StepListener} too is told as one.
 */
public interface StepListener {

    /** Told nothing. */
    StepListener NONE = new StepListener() {};

    /**
     * A part is about to be called.
     *
     * @param modelName {@code null} where the part names none
     */
    default void onStart(StepKind kind, String part, @Nullable String modelName) {}

    /**
     * A call has ended; told once for each that has begun. One that nobody waits for any more ends with a
     * {@code CancellationException}, at once, whenever its part will heed that.
     *
     * @param response {@code null} if it has failed
     */
    default void onEnd(Step step, @Nullable ChatResponse response) {}

    /**
     * As {@link #onStart}, for a listener that has to tell this call from others that run at the same time, or to put something around it,
     * such as a trace. By default it calls {@code onStart}, and {@code onEnd} at the end.
     *
     * @param modelName {@code null} where the part names none
     * @return who hears of the rest of this call
     */
    default Watch watch(StepKind kind, String part, @Nullable String modelName) {
        onStart(kind, part, modelName);
        return this::onEnd;
    }

    /** Who hears of one call of one part. What it throws is logged and ignored. */
    @FunctionalInterface
    interface Watch {

        /** As {@link StepListener#onEnd}. */
        void onEnd(Step step, @Nullable ChatResponse response);

        /** Runs the call, or what of it is done on this thread: once, here, before it returns. */
        default void during(Runnable call) {
            call.run();
        }
    }
}
