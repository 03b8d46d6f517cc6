package io.github.deepthink4j.memory.jdbc;

import io.github.deepthink4j.memory.jdbc.Origins.Origin;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From which state a list was made. {@code updateMessages} has no place for the version of what the caller has read, but the messages
 * in its list tell: each reading makes new objects, and a memory hands back those that it keeps. Where two answers are possible it is
 * the one that is refused rather than the one that could overwrite. Pure.
 */
final class Base {

    private Base() {}

    /**
     * @param known    what is known of the messages
     * @param isEmpty  whether the list has none
     * @param lastSeen what the thread has last seen of the conversation
     * @return {@code null} if nothing tells
     */
    static @Nullable State of(List<Origin> known, boolean isEmpty, @Nullable State lastSeen) {
        // Whoever has an object that was read has seen that reading.
        State read = known.stream()
                .filter(Origin::isRead)
                .map(Origin::known)
                .max(Comparator.comparingLong(State::order))
                .orElse(null);
        if (read != null) {
            return onTopOf(read, known);
        }
        State written = written(known);
        if (written == null) {
            // A list made before this thread wrote looks the same as one made after it; to empty a conversation asks
            // nobody.
            return lastSeen != null && (lastSeen.isReading() || isEmpty) ? lastSeen : null;
        }
        if (lastSeen != null && !lastSeen.isKinOf(written)) {
            // A constant that others write too comes from nowhere; and where nothing is, nothing can be lost.
            boolean isConstant = lastSeen.order() < written.order();
            if (isConstant || lastSeen.rows() == 0) {
                return lastSeen;
            }
        }
        return onTopOf(written, known);
    }

    /** The newest one that objects were first written in; the oldest of these where they were never written together. */
    private static @Nullable State written(List<Origin> known) {
        Map<Long, State> newest = new HashMap<>();
        for (Origin origin : known) {
            newest.merge(origin.known().root(), origin.known(), Base::newer);
        }
        return newest.values().stream()
                .min(Comparator.comparingLong(State::order))
                .orElse(null);
    }

    /** What was written on top of a reading counts as seen if the list holds something of it, or if it has brought nothing new. */
    private static State onTopOf(State seen, List<Origin> known) {
        State base = seen;
        for (Origin origin : known) {
            if (!origin.isRead() && origin.known().isKinOf(seen)) {
                base = newer(base, origin.known());
            }
        }
        State now = null;
        for (Origin origin : known) {
            if (origin.inRow().isKinOf(seen)) {
                now = now == null ? origin.inRow() : newer(now, origin.inRow());
            }
        }
        if (now == null || now.order() <= base.order() || now.newest() > base.order()) {
            return base;
        }
        long order = now.order();
        boolean isOfNow = known.stream().allMatch(origin -> origin.inRow().order() == order);
        return isOfNow ? now : base;
    }

    private static State newer(State one, State other) {
        return other.order() > one.order() ? other : one;
    }
}
