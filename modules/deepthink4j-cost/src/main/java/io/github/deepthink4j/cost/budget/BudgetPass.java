package io.github.deepthink4j.cost.budget;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
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
        budget.run(() -> {
            BudgetStore.Reservation reserved;
            try {
                reserved = budget.reserve(call, key, id);
            } catch (Throwable e) {
                entrance.refused(
                        e instanceof RuntimeException known
                                ? known
                                : new IllegalStateException(
                                        "The budget '" + budget.name() + "' could not be asked.", e));
                return;
            }
            boolean tooLate;
            synchronized (lock) {
                tooLate = over;
                if (!over) {
                    reservation = reserved;
                    sent = false;
                }
            }
            if (tooLate) {
                budget.settle(reserved, BigDecimal.ZERO);
            } else {
                entrance.admitted();
            }
        });
    }

    @Override
    public void sent() {
        synchronized (lock) {
            sent = true;
        }
    }

    @Override
    public void answered(ChatResponse response) {
        BudgetStore.Reservation reserved = taken();
        if (reserved != null) {
            settle(reserved, response.modelName(), response.tokenUsage(), true, true);
        }
    }

    @Override
    public Verdict failed(FailedAttempt attempt) {
        BudgetStore.Reservation reserved = taken();
        if (reserved != null) {
            boolean mayBeBilled = attempt.hadPieces() || mayBeBilled(attempt.error());
            TokenUsage usage = attempt.error() instanceof DeepSeekError known ? known.tokenUsage() : null;
            settle(reserved, null, usage, attempt.usageIsWhole(), mayBeBilled);
        }
        return Verdict.NO_MATTER;
    }

    /** What was refused or never arrived is not; of the rest nobody can tell. */
    private static boolean mayBeBilled(RuntimeException error) {
        if (error instanceof ConnectionFailedException failed) {
            return switch (failed.reason()) {
                case REFUSED, UNKNOWN_HOST, TLS -> false;
                default -> true;
            };
        }
        if (error instanceof DeepSeekTimeoutException timeout
                && timeout.phase() == DeepSeekTimeoutException.Phase.CONNECT) {
            return false;
        }
        Integer status = error instanceof DeepSeekError known ? known.httpStatus() : null;
        return status == null || status < 300;
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
        BudgetStore.Reservation reserved;
        boolean wasSent;
        synchronized (lock) {
            over = true;
            wasSent = sent;
            reserved = reservation;
            reservation = null;
        }
        if (reserved != null) {
            budget.settle(reserved, wasSent ? reserved.amount() : BigDecimal.ZERO);
        }
    }

    private BudgetStore.@Nullable Reservation taken() {
        synchronized (lock) {
            BudgetStore.Reservation reserved = reservation;
            reservation = null;
            return reserved;
        }
    }
}
