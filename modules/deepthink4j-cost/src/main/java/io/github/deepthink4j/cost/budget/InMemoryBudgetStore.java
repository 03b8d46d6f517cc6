package io.github.deepthink4j.cost.budget;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Accounts in a map; each change is one of the map's own, which lets in one at a time. */
final class InMemoryBudgetStore implements BudgetStore {

    private static final class Account {

        /** Twice as many as count at a time: what is over stays for a while, in case the clock is ahead. */
        private static final int MOST_SLICES = 128;

        private final TreeMap<Instant, BigDecimal> spent = new TreeMap<>();
        private final Map<String, Reservation> reserved = new HashMap<>();
        private Instant keepUntil = Instant.MIN;

        /** What expires until then may have been dropped without having been settled. */
        private Instant droppedUntil = Instant.MIN;

        private boolean isEmpty() {
            return spent.isEmpty() && reserved.isEmpty();
        }

        private BigDecimal used(Instant since) {
            BigDecimal used = spent.tailMap(since).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            return reserved.values().stream()
                    .filter(each -> !each.slice().isBefore(since))
                    .map(Reservation::amount)
                    .reduce(used, BigDecimal::add);
        }

        private @Nullable Instant oldest(Instant since) {
            Instant oldest = spent.ceilingKey(since);
            for (Reservation each : reserved.values()) {
                if (!each.slice().isBefore(since)
                        && (oldest == null || each.slice().isBefore(oldest))) {
                    oldest = each.slice();
                }
            }
            return oldest;
        }

        private void keep(Reservation each) {
            Instant until = each.until() == null ? Instant.MAX : each.until();
            Instant end = until.isBefore(each.expires()) ? each.expires() : until;
            keepUntil = keepUntil.isBefore(end) ? end : keepUntil;
        }

        /** What was noted under a clock that was ahead is taken for noted now. */
        private void bringBack(Reservation present) {
            Instant latest = present.now().plus(Forgetting.AHEAD);
            Map<Instant, BigDecimal> ahead = spent.tailMap(latest, false);
            boolean wasAhead = !ahead.isEmpty();
            BigDecimal amount = ahead.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            ahead.clear();
            if (wasAhead) {
                spent.merge(present.slice(), amount, BigDecimal::add);
            }
            for (Map.Entry<String, Reservation> each : reserved.entrySet()) {
                if (each.getValue().now().isAfter(latest)) {
                    each.setValue(broughtBack(each.getValue(), present));
                    wasAhead = true;
                }
            }
            if (wasAhead) {
                keepUntil = Instant.MIN;
                keep(present);
                reserved.values().forEach(this::keep);
            }
        }

        private static Reservation broughtBack(Reservation each, Reservation present) {
            return new Reservation(
                    each.id(),
                    each.account(),
                    present.slice(),
                    present.since(),
                    present.until(),
                    each.amount(),
                    each.limit(),
                    present.now(),
                    present.now().plus(Duration.between(each.now(), each.expires())));
        }

        private void drop(Reservation present) {
            if (reserved.values().removeIf(each -> !each.expires().isAfter(present.now()))
                    && droppedUntil.isBefore(present.now())) {
                droppedUntil = present.now();
            }
            if (spent.size() > MOST_SLICES) {
                spent.headMap(present.since()).clear();
            }
        }

        private void settle(Reservation reservation, BigDecimal amount) {
            Reservation known = reserved.remove(reservation.id());
            boolean isSettled = known == null && reservation.expires().isAfter(droppedUntil);
            if (!isSettled && amount.signum() != 0) {
                Reservation noted = known == null ? reservation : known;
                spent.merge(noted.slice(), amount, BigDecimal::add);
                keep(noted);
            }
        }
    }

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Forgetting forgetting = new Forgetting();

    @Override
    public Balance reserve(Reservation reservation) {
        Instant over = forgetting.due(reservation.now());
        if (over != null) {
            accounts.keySet()
                    .forEach(name -> accounts.computeIfPresent(
                            name, (same, account) -> account.keepUntil.isAfter(over) ? account : null));
        }
        Balance[] balance = new Balance[1];
        accounts.compute(reservation.account(), (name, known) -> {
            Account account = known == null ? new Account() : known;
            account.bringBack(reservation);
            account.drop(reservation);
            BigDecimal used = account.used(reservation.since());
            BigDecimal limit = reservation.limit();
            boolean fits = limit == null || used.add(reservation.amount()).compareTo(limit) <= 0;
            Instant oldest = account.oldest(reservation.since());
            if (fits) {
                account.reserved.put(reservation.id(), reservation);
                account.keep(reservation);
            }
            balance[0] = new Balance(fits, used, oldest == null && fits ? reservation.slice() : oldest);
            return account.isEmpty() ? null : account;
        });
        return balance[0];
    }

    @Override
    public void settle(Reservation reservation, BigDecimal spent) {
        accounts.compute(reservation.account(), (name, known) -> {
            Account account = known == null ? new Account() : known;
            if (known == null) {
                account.droppedUntil = Instant.MAX;
            }
            account.settle(reservation, spent);
            return account.isEmpty() ? null : account;
        });
    }

    @Override
    public boolean mayBlock() {
        return false;
    }

    /** How many accounts there are. */
    int size() {
        return accounts.size();
    }
}
