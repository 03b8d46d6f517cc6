package io.github.deepthink4j.model;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.internal.answer.AssembledAnswer;
import io.github.deepthink4j.internal.answer.UsageFigures;
import io.github.deepthink4j.price.BilledCall;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one attempt costs: the moments that a price may go by, and what the attempts before it were billed. */
final class Billing {

    private static final UsageFigures NOTHING_TOLD = new UsageFigures(null, null, null, null, null, null);

    private final Prices prices;
    private final PreparedRequest request;
    private final @Nullable Cost before;
    private final Instant sent;
    private @Nullable Instant arrived;
    private @Nullable Instant begun;
    private @Nullable Instant finished;
    private @Nullable Cost cost;
    private boolean notSent;

    /**
     * An attempt that is sent now.
     *
     * @param before what earlier attempts at the same answer were billed; {@code null} if nothing is known to be
     */
    Billing(Prices prices, PreparedRequest request, @Nullable Cost before) {
        this.prices = prices;
        this.request = request;
        this.before = before;
        this.sent = prices.clock().instant();
    }

    /** It will not be sent after all. */
    void notSent() {
        notSent = true;
    }

    /** Something has come, before anybody has looked at it: callbacks may take their time. */
    void arrived() {
        if (begun == null) {
            arrived = prices.clock().instant();
        }
    }

    /** What has {@link #arrived} is of the answer; before it a server may only say that it is busy. */
    void answerBegun() {
        if (begun == null) {
            begun = arrived;
        }
    }

    /** The same moment, whoever asks. */
    private Instant finished() {
        if (finished == null) {
            finished = prices.clock().instant();
        }
        return finished;
    }

    /** The usage that the server has reported, with its cost; {@code null} if it has reported none. */
    @Nullable
    DeepSeekTokenUsage usage(AssembledAnswer answer) {
        UsageFigures figures = answer.usage();
        if (figures == null) {
            return null;
        }
        return DeepSeekTokenUsage.builder()
                .inputTokenCount(figures.promptTokens())
                .outputTokenCount(figures.completionTokens())
                .totalTokenCount(figures.totalTokens())
                .reasoningTokenCount(figures.reasoningTokens())
                .cacheHitTokenCount(figures.cacheHitTokens())
                .cacheMissTokenCount(figures.cacheMissTokens())
                .cost(withThoseBefore(cost(answer, figures)))
                .build();
    }

    /** As {@link #usage}, of an answer that is whole: if it has none, those that failed before it were billed all the same. */
    @Nullable
    DeepSeekTokenUsage usageOfAnswer(AssembledAnswer answer) {
        return answer.usage() != null || before == null
                ? usage(answer)
                : DeepSeekTokenUsage.builder()
                        .cost(before.add(Cost.unknown("the server reported no usage")))
                        .build();
    }

    /**
     * What this attempt and those before it were billed, where it has failed; {@code null} if nothing is known to be. Of an answer
     * that broke off before its last usage came, what had come is counted.
     */
    @Nullable
    Cost costOfFailed(AssembledAnswer partial) {
        UsageFigures figures = partial.usage();
        if (figures != null) {
            return withThoseBefore(cost(partial, figures));
        }
        return withThoseBefore(isTold(partial) && prices.pricing() != null ? estimate(partial, null) : null);
    }

    /** Whether there is something to go by. */
    private static boolean isTold(AssembledAnswer partial) {
        return partial.usage() != null
                || partial.thinking() != null
                || partial.text() != null
                || !partial.toolCalls().isEmpty();
    }

    /** Before anything is known of this attempt: what those before it were billed. */
    ErrorDetails ofThoseBefore() {
        return of(request, before);
    }

    /**
     * The failure of this attempt. If nothing tells what it was billed, that is not known, unless it was surely not billed; which is seen by
     * the failure.
     *
     * @param details with what is known to be billed
     * @param partial what has come of the answer
     */
    RuntimeException failure(
            ErrorDetails details, AssembledAnswer partial, Function<ErrorDetails, RuntimeException> failure) {
        return failure(details, isTold(partial), failure);
    }

    /** Of an attempt that brought nothing of an answer. */
    RuntimeException failure(Function<ErrorDetails, RuntimeException> failure) {
        return failure(ofThoseBefore(), false, failure);
    }

    private RuntimeException failure(
            ErrorDetails details, boolean told, Function<ErrorDetails, RuntimeException> failure) {
        RuntimeException error = failure.apply(details);
        return told || notSent || prices.pricing() == null || !DeepSeekError.mayBeBilled(error)
                ? error
                : failure.apply(ErrorDetails.from(details)
                        .cost(withThoseBefore(Cost.unknown("an attempt has failed that may have been billed")))
                        .build());
    }

    /** Of an attempt that is given up by whoever waits for it: what was generated by then is billed, and nobody says how much. */
    @Nullable
    Cost costOfGivenUp() {
        return withThoseBefore(
                prices.pricing() == null || notSent
                        ? null
                        : Cost.unknown("an attempt was given up that may have been billed until then"));
    }

    /**
     * What is known without an attempt.
     *
     * @param billed {@code null} if nothing is known to be
     */
    static ErrorDetails of(PreparedRequest request, @Nullable Cost billed) {
        return billed == null && request.beginning() == null
                ? ErrorDetails.NONE
                : ErrorDetails.custom()
                        .cost(billed)
                        .beginning(request.beginning())
                        .build();
    }

    private @Nullable Cost withThoseBefore(@Nullable Cost cost) {
        if (before == null || cost == null) {
            return before == null ? cost : before;
        }
        return before.add(cost);
    }

    /** Asked for by the usage and by the error that has it; the price list is asked once. */
    private @Nullable Cost cost(AssembledAnswer answer, UsageFigures figures) {
        if (cost == null && prices.pricing() != null) {
            cost = answer.usageIsWhole() ? priced(answer, figures) : estimate(answer, figures);
        }
        return cost;
    }

    private @Nullable Cost priced(AssembledAnswer answer, UsageFigures figures) {
        Integer input = figures.promptTokens();
        Integer output = figures.completionTokens();
        if (input == null || output == null) {
            return Cost.unknown("the server reported no whole usage");
        }
        if ((input | output) == 0) {
            return Cost.unknown("the server reported a usage of no tokens");
        }
        Integer hits = figures.cacheHitTokens();
        Integer reasoning = figures.reasoningTokens();
        return prices.of(call(answer).reportedTokens(input, hits, output, reasoning));
    }

    /**
     * Of what had come, and of what the server had said by then: more may have been generated than either knows of.
     *
     * @param soFar as of some chunk before the end, where the host says it in between
     */
    private @Nullable Cost estimate(AssembledAnswer partial, @Nullable UsageFigures soFar) {
        DeepSeekTokenCountEstimator estimator = DeepSeekTokenCountEstimator.of(request.profile());
        int thought = count(estimator, partial.thinking());
        int output = thought + count(estimator, partial.text());
        for (ToolExecutionRequest call : partial.toolCalls()) {
            output += count(estimator, call.name()) + count(estimator, call.arguments());
        }
        UsageFigures told = soFar == null ? NOTHING_TOLD : soFar;
        return prices.of(call(partial)
                .reportedTokens(
                        told.promptTokens() == null || told.promptTokens() == 0
                                ? estimator.estimateTokenCountInRequest(
                                        request.facts().request())
                                : told.promptTokens(),
                        told.cacheHitTokens(),
                        atLeast(output, told.completionTokens()),
                        atLeast(thought, told.reasoningTokens()))
                .assumption("the answer broke off before its last usage came; its tokens are counted here"));
    }

    private static int atLeast(int counted, @Nullable Integer told) {
        return told == null ? counted : Math.max(counted, told);
    }

    private static int count(DeepSeekTokenCountEstimator estimator, @Nullable String text) {
        return text == null ? 0 : estimator.estimateTokenCountInText(text);
    }

    private BilledCall.Builder call(AssembledAnswer answer) {
        return BilledCall.builder()
                .endpoint(request.facts().endpoint())
                .modelName(ResponseMapper.modelName(request, answer))
                .sent(sent)
                .begun(begun)
                .finished(finished());
    }
}
