package io.github.deepthink4j.limit;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, user by user: each in turn has one call. A user who comes, or comes back, goes to the end of the round, so that each
 * other user is served at most once before. To leave costs the same wherever one stands.
 */
final class Turns<T> {

    private static final class OfUser<T> {

        /** Calls that had their turn already, and were sent back by the server. */
        private final Set<T> returned = new LinkedHashSet<>();

        private final Set<T> fresh = new LinkedHashSet<>();

        private Set<T> first() {
            return returned.isEmpty() ? fresh : returned;
        }

        private boolean isEmpty() {
            return returned.isEmpty() && fresh.isEmpty();
        }
    }

    /** In the order of the round: the first one is next. */
    private final Map<String, OfUser<T>> users = new LinkedHashMap<>();

    private int size;

    /**
     * @param returned whether it goes before the others of its user
     */
    void add(String user, T call, boolean returned) {
        OfUser<T> own = users.computeIfAbsent(user, name -> new OfUser<>());
        (returned ? own.returned : own.fresh).add(call);
        size++;
    }

    /**
     * Whose turn it is; {@code null} if nobody waits who may go.
     *
     * @param mayGo which users; the others keep their places in the round
     */
    @Nullable
    T next(Predicate<String> mayGo) {
        for (Map.Entry<String, OfUser<T>> user : users.entrySet()) {
            if (mayGo.test(user.getKey())) {
                return user.getValue().first().iterator().next();
            }
        }
        return null;
    }

    /** Takes the next call of a user out; his next turn is at the end of the round. */
    void served(String user) {
        OfUser<T> own = requireNonNull(users.remove(user), user);
        Set<T> first = own.first();
        first.remove(first.iterator().next());
        size--;
        if (!own.isEmpty()) {
            users.put(user, own);
        }
    }

    /** Whether it has waited. */
    boolean remove(String user, T call) {
        OfUser<T> own = users.get(user);
        if (own == null || !(own.returned.remove(call) || own.fresh.remove(call))) {
            return false;
        }
        size--;
        if (own.isEmpty()) {
            users.remove(user);
        }
        return true;
    }

    int size() {
        return size;
    }

    int size(String user) {
        OfUser<T> own = users.get(user);
        return own == null ? 0 : own.returned.size() + own.fresh.size();
    }
}
