package io.github.deepthink4j.cost.budget;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.price.Pricing;
import io.github.deepthink4j.settings.CallGate;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How much may be spent, in money or in tokens: {@code DeepSeekChatModel.builder().gates(budget)}. Models that are given the same object, or one with
 * the same name and store, share it. Each attempt counts, so tool rounds and retries do.
 *
 * <p>Before an attempt is sent, what it may cost is reserved; after its end the real usage comes in place of that. So of many calls at once no more
 * is spent beyond the limit than the running ones cost more than they had reserved. What is not known is never zero: an attempt that ended without
 * telling its usage, though it may have been billed, is counted with all that it had reserved.
 */
public interface Budget extends CallGate {

    /** Its name, as errors say it. */
    String name();

    /**
     * A builder.
     *
     * @param name for errors, and for the accounts in the store
     */
    static Builder builder(String name) {
        return new Builder(name);
    }

    /** Builds a budget; {@link #money} or {@link #tokens} is needed. */
    final class Builder {

        final String name;

        @Nullable
        BigDecimal limit;

        @Nullable
        Currency currency;

        @Nullable
        Function<ChatRequest, @Nullable String> key;

        boolean perUser;
        boolean perRequest;
        BudgetPeriod period = BudgetPeriod.forever();

        @Nullable
        Consumer<BudgetUse> soft;

        @Nullable
        Pricing pricing;

        @Nullable
        BigDecimal unknownCosts;

        int assumedOutputTokens = 8_192;
        Duration reservationsExpireAfter = Duration.ofHours(1);
        BudgetStore store = BudgetStore.inMemory();
        Clock clock = Clock.systemUTC();

        private Builder(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a budget needs a name, for its errors and its accounts");
            }
            this.name = name;
        }

        /**
         * So much money.
         *
         * @throws IllegalArgumentException if it is negative, 10^18 or more, or has more than 18 decimals, or if there is a limit in tokens already
         */
        public Builder money(BigDecimal amount, Currency currency) {
            refuseSecond(limit != null && this.currency == null);
            this.limit = Amounts.checked(amount, "money");
            this.currency = requireNonNull(currency, "currency");
            return this;
        }

        /**
         * So many tokens, input and output together.
         *
         * @throws IllegalArgumentException if it is negative, or if there is a limit in money already
         */
        public Builder tokens(long tokens) {
            refuseSecond(currency != null);
            this.limit = notNegative(BigDecimal.valueOf(tokens), "tokens");
            this.currency = null;
            return this;
        }

        private void refuseSecond(boolean isSecond) {
            if (isSecond) {
                throw new IllegalArgumentException(
                        "the budget '" + name
                                + "' has a limit already: one in money and one in tokens are two budgets, both given to gates(...)");
            }
        }

        /** For each single request, with all attempts at it; it needs no period and no store. */
        public Builder perRequest() {
            perRequest = true;
            return this;
        }

        /** For each user, by the user id of the request; requests without one share an account. By default all share one. */
        public Builder perUser() {
            perUser = true;
            key = null;
            return this;
        }

        /**
         * For each conversation, or whatever else a request tells by this; requests of which it is {@code null} share one account of their own.
         *
         * @param key of the request as the model was asked; called on the caller's thread, and what it throws is the caller's
         */
        public Builder per(Function<ChatRequest, @Nullable String> key) {
            this.key = requireNonNull(key, "key");
            perUser = false;
            return this;
        }

        /** For which time; {@link BudgetPeriod#forever()} by default. */
        public Builder every(BudgetPeriod period) {
            this.period = requireNonNull(period, "period");
            return this;
        }

        /** Refuses what there is no budget for, before it is sent, with a {@link BudgetExceededException}; the default. */
        public Builder hard() {
            soft = null;
            return this;
        }

        /**
         * Refuses nothing, not even a call of unknown cost or one that a failing store can't note, which are sent uncounted and logged; but tells of each attempt that is sent although the budget does not suffice: as soon as what is used and
         * what the attempt may take at most are more than the limit, so perhaps before more is spent.
         *
         * @param listener called on the thread that sends, or on one of the library's where the store may block; what it throws is logged
         */
        public Builder soft(Consumer<BudgetUse> listener) {
            soft = requireNonNull(listener, "listener");
            return this;
        }

        /** What calls cost, for a budget in money; {@link PriceList#deepSeek(Currency)} by default, which has dollars and yuan. */
        public Builder pricing(Pricing pricing) {
            this.pricing = requireNonNull(pricing, "pricing");
            return this;
        }

        /**
         * What an attempt counts whose price is not known. By default such a call is refused with an {@link UnknownCostException}, and not
         * counted by a {@linkplain #soft soft} budget.
         *
         * @throws IllegalArgumentException if it is negative, 10^18 or more, or has more than 18 decimals
         */
        public Builder unknownCostsCountAs(BigDecimal amount) {
            unknownCosts = Amounts.checked(amount, "unknownCostsCountAs");
            return this;
        }

        /**
         * How much output is reserved for where the request has no {@code maxOutputTokens}; 8,192 tokens by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder assumedOutputTokens(int tokens) {
            assumedOutputTokens = notNegative(BigDecimal.valueOf(tokens), "assumedOutputTokens")
                    .intValue();
            return this;
        }

        /**
         * After which time a reservation no longer counts that nobody has settled, because its process has died; an hour by default. It should be
         * longer than any call takes. Of more than a hundred years it is a hundred.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder reservationsExpireAfter(Duration time) {
            if (time.isZero() || time.isNegative()) {
                throw new IllegalArgumentException("reservationsExpireAfter must be longer than zero, but is " + time);
            }
            reservationsExpireAfter = BudgetPeriod.atMostACentury(time);
            return this;
        }

        /** Where it is noted; in memory by default, for this budget alone. */
        public Builder store(BudgetStore store) {
            this.store = requireNonNull(store, "store");
            return this;
        }

        /** What the time is; the system's by default. */
        public Builder clock(Clock clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /**
         * @throws IllegalArgumentException if it has no limit, or if its price list has no price in its currency and nothing is said of
         *                                  {@linkplain #unknownCostsCountAs unknown costs}: it would refuse all calls
         */
        public Budget build() {
            return new GatedBudget(this);
        }

        private static BigDecimal notNegative(BigDecimal amount, String name) {
            if (amount.signum() < 0) {
                throw new IllegalArgumentException(name + " must not be negative, but is " + amount);
            }
            return amount;
        }
    }
}
