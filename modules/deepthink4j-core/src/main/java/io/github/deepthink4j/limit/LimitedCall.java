package io.github.deepthink4j.limit;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.Pass;
import java.time.Duration;
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

    /** Its place is taken already. */
    @Override
    public void sent() {}

    @Override
    public void answered(ChatResponse response) {
        limit.answered(this, tokensOf(response.tokenUsage()));
    }

    @Override
    public Verdict failed(RuntimeException error, boolean hadPieces, @Nullable Duration retryAfter) {
        TokenUsage usage = error instanceof DeepSeekError told ? told.tokenUsage() : null;
        return limit.failed(this, error, hadPieces, retryAfter, tokensOf(usage));
    }

    @Override
    public void close() {
        limit.close(this);
    }

    private static @Nullable Integer tokensOf(@Nullable TokenUsage usage) {
        return usage == null ? null : usage.totalTokenCount();
    }
}
