package io.github.deepthink4j.limit;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate.HeldUp;
import io.github.deepthink4j.internal.gate.Pass;
import org.jspecify.annotations.Nullable;

/** One call at a limit. All that changes is guarded by the limit's lock. */
final class LimitedCall implements Pass {

    enum State {
        IDLE,
        WAITING,
        RUNNING,
        OVER
    }

    /** DeepSeek's documented ratios are 0.3 tokens for a letter and 0.6 for a Chinese character, which has three bytes. */
    private static final double TOKENS_PER_BYTE = 0.3;

    final String user;
    final long tokens;
    private final QueuedCallLimit limit;

    State state = State.IDLE;
    int refusals;
    boolean hadTheLastPlace;
    int sentUnder;

    volatile @Nullable Entrance entrance;

    /** Whether the attempt that has its place has been sent, and so may count at the server. */
    boolean sent;

    MinuteWindow.@Nullable Taken request;
    MinuteWindow.@Nullable Taken taken;

    LimitedCall(QueuedCallLimit limit, CallFacts facts) {
        this.limit = limit;
        // Requests without a user are one user's.
        this.user = facts.userId() == null ? "" : "user " + facts.userId();
        this.tokens = (long) Math.ceil(facts.bodyBytes() * TOKENS_PER_BYTE);
    }

    @Override
    public void enter(Entrance into) {
        limit.enter(this, into);
    }

    @Override
    public void sent() {
        limit.sent(this);
    }

    @Override
    public void answered(ChatResponse response) {
        limit.answered(this, tokensOf(response.tokenUsage()));
    }

    @Override
    public Verdict failed(FailedAttempt attempt) {
        Long used = tokensOf(attempt.error() instanceof DeepSeekError told ? told.tokenUsage() : null);
        return limit.failed(
                this, attempt, used == null || attempt.usageIsWhole() ? used : Long.valueOf(Math.max(tokens, used)));
    }

    @Override
    public HeldUp heldUp() {
        return limit.heldUp(this);
    }

    @Override
    public void close() {
        limit.close(this);
    }

    /** {@code null} if it is not known, as where a host says that it was nothing at all. */
    private static @Nullable Long tokensOf(@Nullable TokenUsage usage) {
        if (usage == null) {
            return null;
        }
        Integer input = usage.inputTokenCount();
        Integer output = usage.outputTokenCount();
        Integer total = usage.totalTokenCount();
        long used = input != null && output != null ? input.longValue() + output : total == null ? 0 : total;
        return used > 0 ? Long.valueOf(used) : null;
    }
}
