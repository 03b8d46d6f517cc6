package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What is reserved and settled, in memory; each reservation once. */
class RecordingStore implements BudgetStore {

    private final BudgetStore memory = BudgetStore.inMemory();
    private final boolean mayBlock;

    /** In the order of the reservations; nothing for what is not settled. */
    private final Map<String, String> settled = new LinkedHashMap<>();

    RecordingStore(boolean mayBlock) {
        this.mayBlock = mayBlock;
    }

    @Override
    public Balance reserve(Reservation reservation) {
        Balance balance = memory.reserve(reservation);
        if (balance.reserved()) {
            synchronized (settled) {
                settled.put(reservation.id(), "");
            }
        }
        return balance;
    }

    @Override
    public void settle(Reservation reservation, BigDecimal spent) {
        memory.settle(reservation, spent);
        synchronized (settled) {
            String amount =
                    spent.signum() == 0 ? "0" : spent.stripTrailingZeros().toPlainString();
            settled.merge(reservation.id(), amount, (before, now) -> before.isEmpty() ? now : before + " and " + now);
        }
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    /** Once nothing is open. */
    List<String> settlements() {
        return awaited(() -> {
            synchronized (settled) {
                return settled.containsValue("") ? null : List.copyOf(settled.values());
            }
        });
    }

    private static <T> T awaited(Supplier<T> found) {
        try {
            T value = found.get();
            while (value == null) {
                TimeUnit.MILLISECONDS.sleep(2);
                value = found.get();
            }
            return value;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
