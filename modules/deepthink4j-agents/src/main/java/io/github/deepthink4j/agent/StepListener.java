package io.github.deepthink4j.agent;

import dev.langchain4j.model.chat.response.ChatResponse;
import org.jspecify.annotations.Nullable;

/**
 * Told of each step of a model that is made of several. Steps that run at the same time are told from several threads. What a
 * listener throws is logged and ignored.
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
}
