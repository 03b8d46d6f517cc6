package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Priced;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call of one part.
 *
 * @param kind       what for
 * @param part       the part's name
 * @param modelName  the model id of the part; {@code null} where it names none
 * @param tokenUsage what it has used, as far as it is known; {@code null} where it is not
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

    /**
     * What it was billed, in money; of a failed one, an estimate where its answer broke off before its last usage came. {@code null} if
     * nothing is known to be billed.
     */
    public @Nullable Cost cost() {
        if (error instanceof DeepSeekError own && own.cost() != null) {
            return own.cost();
        }
        return tokenUsage == null ? null : Priced.costOf(tokenUsage);
    }

    /** Whether it has failed. */
    public boolean failed() {
        return error != null;
    }
}
