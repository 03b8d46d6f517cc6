package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Accounts in a map; each change is one of the map's own, which lets in one at a time. */
final class InMemoryBudgetStore implements BudgetStore {

    private static final class Account {

        private final TreeMap<Instant, BigDecimal> spent = new TreeMap<>();
        private final Map<String, Reservation> reserved = new HashMap<>();
        private Instant keepUntil = Instant.MIN;

        private BigDecimal used(Instant since) {
            BigDecimal used = spent.tailMap(since).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            return reserved.values().stream()
                    .filter(each -> !each.slice().isBefore(since))
                    .map(Reservation::amount)
                    .reduce(used, BigDecimal::add);
        }

        private void keep(Reservation each) {
            Instant until = each.until() == null ? Instant.MAX : each.until();
            Instant end = until.isBefore(each.expires()) ? each.expires() : until;
            keepUntil = keepUntil.isBefore(end) ? end : keepUntil;
        }

        private void forget(Instant since, Instant now) {
            spent.headMap(since).clear();
            reserved.values().removeIf(each -> !each.expires().isAfter(now));
        }
    }

    /** After so many reservations what nobody asks for any more is looked for. */
    private static final int BETWEEN_SWEEPS = 1_024;

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final AtomicInteger reservations = new AtomicInteger();

    @Override
    public Balance reserve(Reservation reservation) {
        if (reservations.incrementAndGet() % BETWEEN_SWEEPS == 0) {
            accounts.values().removeIf(account -> account.keepUntil.isBefore(reservation.now()));
        }
        Balance[] balance = new Balance[1];
        accounts.compute(reservation.account(), (name, known) -> {
            Account account = known == null ? new Account() : known;
            account.forget(reservation.since(), reservation.now());
            BigDecimal used = account.used(reservation.since());
            BigDecimal limit = reservation.limit();
            boolean fits = limit == null || used.add(reservation.amount()).compareTo(limit) <= 0;
            if (fits) {
                account.reserved.put(reservation.id(), reservation);
                account.keep(reservation);
            }
            Instant oldest = account.spent.isEmpty() ? null : account.spent.firstKey();
            for (Reservation each : account.reserved.values()) {
                if (oldest == null || each.slice().isBefore(oldest)) {
                    oldest = each.slice();
                }
            }
            balance[0] = new Balance(fits, used, oldest);
            return account.spent.isEmpty() && account.reserved.isEmpty() ? null : account;
        });
        return balance[0];
    }

    @Override
    public void settle(Reservation reservation, BigDecimal spent) {
        accounts.compute(reservation.account(), (name, known) -> {
            Account account = known == null ? new Account() : known;
            account.reserved.remove(reservation.id());
            if (spent.signum() != 0) {
                account.spent.merge(reservation.slice(), spent, BigDecimal::add);
                account.keep(reservation);
            }
            return account.spent.isEmpty() && account.reserved.isEmpty() ? null : account;
        });
    }

    @Override
    public boolean mayBlock() {
        return false;
    }
}
