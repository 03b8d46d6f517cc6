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
     * A call has ended. One that is cancelled is not told of any more.
     *
     * @param response {@code null} if it has failed
     */
    default void onEnd(Step step, @Nullable ChatResponse response) {}
}
