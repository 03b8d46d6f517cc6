package io.github.deepthink4j.agent;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.price.Priced;
import java.time.Duration;
import java.util.concurrent.CancellationException;
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
 * @param cost       what it was billed, in money; of a failed one, an estimate where its answer broke off before its last usage came, and
 *                   {@link Cost#unknown} where it may have been billed and nobody says how much, as of one that was cancelled. {@code null}
 *                   if nothing is known to be billed
 */
public record Step(
        StepKind kind,
        String part,
        @Nullable String modelName,
        @Nullable TokenUsage tokenUsage,
        Duration time,
        @Nullable Throwable error,
        @Nullable Cost cost) {

    public Step {
        requireNonNull(kind, "kind");
        requireNonNull(part, "part");
        requireNonNull(time, "time");
    }

    /** With the cost that its usage, or its error, tells. */
    public Step(
            StepKind kind,
            String part,
            @Nullable String modelName,
            @Nullable TokenUsage tokenUsage,
            Duration time,
            @Nullable Throwable error) {
        this(kind, part, modelName, tokenUsage, time, error, billed(tokenUsage, error));
    }

    private static @Nullable Cost billed(@Nullable TokenUsage usage, @Nullable Throwable error) {
        Cost told = error == null ? null : DeepSeekError.costOf(error);
        if (told != null) {
            return told;
        }
        if (usage != null) {
            return Priced.costOf(usage);
        }
        if (error == null) {
            return Cost.unknown("a part reported no usage");
        }
        if (error instanceof CancellationException) {
            return Cost.unknown("a call was cancelled before its end, and was billed until then");
        }
        // Ours say it themselves, where there is a price list.
        return error instanceof DeepSeekError || !DeepSeekError.mayBeBilled(error)
                ? null
                : Cost.unknown("a call has failed, and nobody says what it was billed");
    }

    /** Whether it has failed. */
    public boolean failed() {
        return error != null;
    }
}
