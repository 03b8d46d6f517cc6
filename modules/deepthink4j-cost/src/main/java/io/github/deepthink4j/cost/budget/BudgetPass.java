package io.github.deepthink4j.cost.budget;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Pass;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One call at a budget: each attempt's reservation, and its one settlement. */
final class BudgetPass implements Pass {

    private final GatedBudget budget;
    private final CallFacts call;
    private final @Nullable String key;
    private final String id = UUID.randomUUID().toString();

    private final Object lock = new Object();
    private BudgetStore.@Nullable Reservation reservation;
    private boolean sent;
    private boolean over;

    BudgetPass(GatedBudget budget, CallFacts call, @Nullable String key) {
        this.budget = budget;
        this.call = call;
        this.key = key;
    }

    @Override
    public void enter(Entrance entrance) {
        budget.ask(key, id, () -> asked(entrance));
    }

    /** What is to be done when the store has been asked. */
    private Runnable asked(Entrance entrance) {
        if (isOver()) {
            return () -> {};
        }
        GatedBudget.Reserved reserved;
        try {
            reserved = budget.reserve(call, key, id);
        } catch (Throwable e) {
            return budget.letsThrough(e) ? entrance::admitted : () -> entrance.refused(refusal(e));
        }
        synchronized (lock) {
            if (!over) {
                reservation = reserved.reservation();
                sent = false;
                return () -> {
                    budget.tell(reserved.beyond());
                    entrance.admitted();
                };
            }
        }
        return () -> budget.settle(reserved.reservation(), BigDecimal.ZERO);
    }

    private RuntimeException refusal(Throwable error) {
        return error instanceof RuntimeException known
                ? known
                : new IllegalStateException("The budget '" + budget.name() + "' could not be asked.", error);
    }

    private boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    @Override
    public void sent() {
        synchronized (lock) {
            sent = true;
        }
    }

    @Override
    public void answered(ChatResponse response) {
        Attempt attempt = taken(false);
        if (attempt != null) {
            settle(attempt.reserved(), response.modelName(), response.tokenUsage(), true, true);
        }
    }

    @Override
    public Verdict failed(FailedAttempt failed) {
        Attempt attempt = taken(false);
        if (attempt != null) {
            boolean mayBeBilled = attempt.sent() && (failed.hadPieces() || DeepSeekError.mayBeBilled(failed.error()));
            TokenUsage usage = failed.error() instanceof DeepSeekError known ? known.tokenUsage() : null;
            settle(attempt.reserved(), null, usage, failed.usageIsWhole(), mayBeBilled);
        }
        return Verdict.NO_MATTER;
    }

    /** By a usage of what there was a while before it broke off, no less counts than was reserved: more was generated, and nobody says how much. */
    private void settle(
            BudgetStore.Reservation reserved,
            @Nullable String answeredBy,
            @Nullable TokenUsage usage,
            boolean usageIsWhole,
            boolean mayBeBilled) {
        String modelName = answeredBy == null ? call.modelName() : answeredBy;
        BigDecimal spent =
                usage == null ? null : budget.measure().of(call, modelName, usage, reserved.now(), budget.now());
        if (spent != null && !usageIsWhole) {
            spent = spent.max(reserved.amount());
        }
        budget.settle(reserved, spent != null ? spent : mayBeBilled ? reserved.amount() : BigDecimal.ZERO);
    }

    /** Cancelled on the way, it may have been billed for all that it had reserved; before it was sent, for nothing. */
    @Override
    public void close() {
        Attempt attempt = taken(true);
        if (attempt != null) {
            budget.settle(
                    attempt.reserved(), attempt.sent() ? attempt.reserved().amount() : BigDecimal.ZERO);
        }
    }

    /** What has come to its end. */
    private record Attempt(BudgetStore.Reservation reserved, boolean sent) {}

    /** The attempt that runs, of which nobody else hears any more. */
    private @Nullable Attempt taken(boolean isLast) {
        synchronized (lock) {
            over |= isLast;
            BudgetStore.Reservation reserved = reservation;
            reservation = null;
            return reserved == null ? null : new Attempt(reserved, sent);
        }
    }
}
