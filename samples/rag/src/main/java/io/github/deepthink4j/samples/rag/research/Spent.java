package io.github.deepthink4j.samples.rag.research;

import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.function.Supplier;

/** What one question has used so far, and whether that is all that it may. */
final class Spent {

    private static final MathContext DIGITS = new MathContext(3);

    private final ResearchLimits limits;
    private final Supplier<Cost> cost;
    private long tokens;

    /** @param cost of the question, up to now */
    Spent(ResearchLimits limits, Supplier<Cost> cost) {
        this.limits = limits;
        this.cost = cost;
    }

    synchronized void add(Step step) {
        TokenUsage usage = step.tokenUsage();
        if (usage != null) {
            tokens += count(usage.inputTokenCount()) + count(usage.outputTokenCount());
        }
    }

    private static long count(Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    /** Which limit is reached, as the beginning of a sentence; empty if none is. */
    synchronized Optional<String> usedUp(int rounds) {
        if (rounds >= limits.rounds()) {
            return Optional.of(Words.of(
                    rounds + " of " + limits.rounds() + " rounds of searching are used up",
                    "最多 " + limits.rounds() + " 轮检索，已用完 " + rounds + " 轮"));
        }
        BigDecimal money = known(cost.get());
        if (money.compareTo(limits.money()) >= 0) {
            return Optional.of(Words.of(
                    shown(money) + " of " + shown(limits.money()) + " are spent",
                    "已花费 " + shown(money) + "，上限为 " + shown(limits.money())));
        }
        if (tokens >= limits.tokens()) {
            return Optional.of(Words.of(
                    tokens + " of " + limits.tokens() + " tokens are used up",
                    "已用 " + tokens + " 个 token，上限为 " + limits.tokens() + " 个"));
        }
        return Optional.empty();
    }

    /** In the currency of the limit; a price that nobody knows leaves rounds and tokens as the limit. */
    private BigDecimal known(Cost now) {
        BigDecimal known = now.atLeast();
        return known == null ? BigDecimal.ZERO : known;
    }

    synchronized long tokens() {
        return tokens;
    }

    private String shown(BigDecimal amount) {
        return amount.round(DIGITS).stripTrailingZeros().toPlainString() + " "
                + limits.currency().getCurrencyCode();
    }
}
