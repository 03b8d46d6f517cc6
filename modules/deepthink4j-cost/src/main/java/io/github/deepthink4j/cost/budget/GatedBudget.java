package io.github.deepthink4j.cost.budget;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.gate.Gate.HeldUp;
import io.github.deepthink4j.internal.gate.GateOrder;
import io.github.deepthink4j.internal.gate.Pass;
import io.github.deepthink4j.internal.log.SafeLog;
import io.github.deepthink4j.price.Pricing;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A budget as the gate that it is: whose account, how much, and what the store says. */
final class GatedBudget implements Budget, Gate {

    private static final SafeLog LOG = SafeLog.of(Budget.class);

    private static final String NOT_ASKED =
            ". Nothing was sent. See to the store (Budget.builder(...).store), and try again";

    private final GateOrder order = GateOrder.ofDeciding();
    private final String name;
    private final BigDecimal limit;
    private final String unit;
    private final Measure measure;
    private final boolean perUser;
    private final boolean perRequest;
    private final @Nullable Function<ChatRequest, @Nullable String> key;
    private final BudgetPeriod period;
    private final @Nullable Consumer<BudgetUse> soft;
    private final Duration expireAfter;
    private final BudgetStore store;
    private final Clock clock;

    /** Apart, so that what has been spent is noted, however many wait to reserve. */
    private final StoreThreads reserving = new StoreThreads();

    private final StoreThreads settling = new StoreThreads();
    private final Unsettled unsettled = new Unsettled();

    GatedBudget(Builder builder) {
        if (builder.limit == null) {
            throw new IllegalArgumentException(
                    "the budget '" + builder.name + "' has no limit: set money(...) or tokens(...)");
        }
        Currency currency = builder.currency;
        this.name = builder.name;
        this.limit = builder.limit;
        this.unit = currency == null ? "tokens" : currency.getCurrencyCode();
        this.measure = currency == null
                ? new Measure.Tokens(builder.assumedOutputTokens)
                : new Measure.Money(
                        currency, pricing(builder, currency), builder.assumedOutputTokens, builder.unknownCosts);
        this.perUser = builder.perUser;
        this.perRequest = builder.perRequest;
        this.key = builder.key;
        // Longer than any request takes, so that what is over is forgotten.
        this.period = builder.perRequest ? BudgetPeriod.rolling(Duration.ofDays(1)) : builder.period;
        this.soft = builder.soft;
        this.expireAfter = builder.reservationsExpireAfter;
        this.store = builder.perRequest ? BudgetStore.inMemory() : builder.store;
        this.clock = builder.clock;
    }

    /** A list that has no price in the currency would refuse each call, and only when that is made. */
    private static Pricing pricing(Builder builder, Currency currency) {
        Pricing pricing = builder.pricing == null ? PriceList.deepSeek(currency) : builder.pricing;
        if (builder.unknownCosts != null || !(pricing instanceof PriceList list)) {
            return pricing;
        }
        boolean hasPrices =
                list.rows().stream().anyMatch(row -> row.currencies().contains(currency));
        if (!hasPrices) {
            throw new IllegalArgumentException("the budget '" + builder.name + "' is in " + currency.getCurrencyCode()
                    + ", in which its price list has no price, and nothing is converted: set money(...) in a currency that the list has,"
                    + " another list (pricing), or what a call of unknown cost counts (unknownCostsCountAs)");
        }
        if (!list.currency().equals(currency)) {
            throw new IllegalArgumentException("the budget '" + builder.name + "' is in " + currency.getCurrencyCode()
                    + " and its price list in " + list.currency().getCurrencyCode() + ": set pricing(list.in("
                    + currency.getCurrencyCode()
                    + "))");
        }
        return pricing;
    }

    @Override
    public String name() {
        return name;
    }

    Measure measure() {
        return measure;
    }

    @Override
    public Pass pass(CallFacts call) {
        return new BudgetPass(this, call, keyOf(call));
    }

    @Override
    public GateOrder order() {
        return order;
    }

    @Override
    public HeldUp heldUp() {
        return new HeldUp(
                "The call waited for an answer of the store of the budget '" + name + "'",
                "see what the store is busy with (Budget.builder(...).store)");
    }

    Instant now() {
        return clock.instant();
    }

    private @Nullable String keyOf(CallFacts call) {
        if (key != null) {
            return key.apply(call.request());
        }
        return perUser ? call.userId() : null;
    }

    /**
     * Asks the store for a reservation, on a thread that may wait where the store may; after all that was settled before.
     *
     * @param question gives what is to be done afterwards
     */
    void ask(@Nullable String key, String callId, Supplier<Runnable> question) {
        CompletableFuture<Void> settlements = unsettled.of(account(key, callId));
        ask(
                reserving,
                settlements == null
                        ? question
                        : () -> {
                            settlements.join();
                            return question.get();
                        });
    }

    private void ask(StoreThreads threads, Supplier<Runnable> question) {
        if (mayBlock()) {
            threads.ask(question);
        } else {
            question.get().run();
        }
    }

    private boolean mayBlock() {
        try {
            return store.mayBlock();
        } catch (Throwable e) {
            LOG.warn("The store of the budget '" + name + "' does not say whether it may block; it is taken to", e);
            return true;
        }
    }

    /**
     * Whether a call goes on though nothing could be reserved for it: a soft budget refuses nothing. What it takes is not counted.
     *
     * @param failure why nothing could be reserved
     */
    boolean letsThrough(Throwable failure) {
        if (soft == null) {
            return false;
        }
        LOG.warn("A call is sent that the soft budget '" + name + "' can not count", failure);
        return true;
    }

    /**
     * What is reserved now.
     *
     * @param beyond what a soft budget does not suffice for; {@code null} if it does
     */
    record Reserved(
            BudgetStore.Reservation reservation, @Nullable BudgetUse beyond) {}

    /** @throws BudgetExceededException if a hard budget does not suffice */
    Reserved reserve(CallFacts call, @Nullable String key, String callId) {
        Instant now = clock.instant();
        Whose whose = new Whose(name, key);
        BigDecimal amount = measure.estimate(call, now, whose);
        Instant slice = period.slice(now);
        BudgetStore.Reservation wanted = new BudgetStore.Reservation(
                UUID.randomUUID().toString(),
                account(key, callId),
                slice,
                period.since(now),
                period.renewal(slice),
                amount,
                soft == null ? limit : null,
                now,
                now.plus(expireAfter));
        BudgetStore.Balance balance = asked(wanted, whose);
        try {
            return new Reserved(wanted, beyond(balance, wanted, call, key));
        } catch (Throwable e) {
            if (balance.reserved()) {
                settle(wanted, BigDecimal.ZERO);
            }
            throw e;
        }
    }

    private @Nullable BudgetUse beyond(
            BudgetStore.Balance balance, BudgetStore.Reservation wanted, CallFacts call, @Nullable String key) {
        BigDecimal amount = wanted.amount();
        if (balance.reserved() && balance.used().add(amount).compareTo(limit) <= 0) {
            return null;
        }
        Instant renewsAt = balance.oldest() == null ? null : period.renewal(balance.oldest());
        BudgetUse use = new BudgetUse(name, key, unit, limit, balance.used(), amount, renewsAt);
        if (!balance.reserved()) {
            throw new BudgetExceededException(
                    BudgetWords.exceeded(use, perRequest, call.request().maxOutputTokens() == null), use);
        }
        return use;
    }

    /** Whatever a store throws, the caller knows that it was the store; one that does not say so itself may have reserved by then. */
    private BudgetStore.Balance asked(BudgetStore.Reservation wanted, Whose whose) {
        try {
            return requireNonNull(store.reserve(wanted), "the store has given no balance");
        } catch (BudgetStoreException e) {
            throw new BudgetStoreException(
                    "The store of " + whose.words() + " has failed: " + e.getMessage() + NOT_ASKED, e);
        } catch (Throwable e) {
            settle(wanted, BigDecimal.ZERO);
            throw new BudgetStoreException(
                    "The store of " + whose.words() + " has thrown "
                            + e.getClass().getName() + NOT_ASKED,
                    e);
        }
    }

    /** By the unit as well: what was counted in tokens is no money. Both names are the user's own; their lengths keep them apart. */
    private String account(@Nullable String key, String callId) {
        String whose = perRequest ? "request:" + callId : key == null ? "" : "key:" + key;
        return unit + ":" + name.length() + ":" + name + ":" + whose;
    }

    void settle(BudgetStore.Reservation reservation, BigDecimal spent) {
        CompletableFuture<Void> noted = unsettled.begin(reservation.account());
        try {
            ask(settling, () -> {
                note(reservation, spent);
                noted.complete(null);
                return () -> {};
            });
        } catch (Throwable e) {
            noted.complete(null);
            throw e;
        }
    }

    private void note(BudgetStore.Reservation reservation, BigDecimal spent) {
        try {
            store.settle(reservation, spent);
        } catch (Throwable e) {
            LOG.warn(
                    "What a call cost could not be noted in the budget '" + name
                            + "'; what it had reserved counts until " + reservation.expires(),
                    e);
        }
    }

    /** Of a call that is sent although the budget does not suffice. */
    void tell(@Nullable BudgetUse use) {
        try {
            if (soft != null && use != null) {
                soft.accept(use);
            }
        } catch (Throwable e) {
            LOG.warn("The listener of the budget '" + name + "' has thrown; this is ignored", e);
        }
    }

    /** Such as {@code Budget[daily, 1.5 USD, day in Asia/Shanghai]}. */
    @Override
    public String toString() {
        return "Budget[" + name + ", " + limit.toPlainString() + " " + unit + ", "
                + (perRequest ? "each request" : period) + (soft == null ? "" : ", soft") + "]";
    }
}
