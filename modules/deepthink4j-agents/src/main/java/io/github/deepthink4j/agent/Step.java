package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.output.TokenUsage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of one part.
 *
 * @param kind       what for
 * @param part       the part's name
 * @param modelName  the model id of the part; {@code null} where it names none
 * @param tokenUsage what it has cost, as far as it is known; {@code null} where it is not
 * @param time       from the call to its end
 * @param error      why it has failed; {@code null} if it has not
 */
public record Step(
        StepKind kind,
        String part,
        @Nullable String modelName,
        @Nullable TokenUsage tokenUsage,
        Duration time,
        @Nullable Throwable error) {

    public Step {
        requireNonNull(kind, "kind");
        requireNonNull(part, "part");
        requireNonNull(time, "time");
    }

    /** Whether it has failed. */
    public boolean failed() {
        return error != null;
    }
}
