package io.github.deepthink4j.memory.jdbc;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A state of a conversation that was read or written in this process, without its messages.
 *
 * @param name    the conversation's
 * @param order   the later it was known, the greater
 * @param root    the {@code order} of the reading that it goes back to; its own if it was read
 * @param newest  the {@code order} of the state that brought the newest of its messages; earlier than its own if it only lacks some
 * @param version as it stands in the table; {@code null} if there was no such conversation
 * @param row     the conversation's key; 0 if there was none
 * @param first   the position of the first message
 * @param last    that of the last one; less than {@code first} if there is none
 * @param rows    how many rows it has
 */
record State(
        String name,
        long order,
        long root,
        long newest,
        @Nullable Long version,
        long row,
        long first,
        long last,
        int rows) {

    private static final AtomicLong ORDERS = new AtomicLong();

    static long nextOrder() {
        return ORDERS.incrementAndGet();
    }

    static State absent(String name, long order) {
        return new State(name, order, order, order, null, 0, 0, -1, 0);
    }

    static State read(String name, long order, ConversationTables.Stored stored) {
        var rows = stored.rows();
        long first = rows.isEmpty() ? 0 : rows.get(0).position();
        long last = rows.isEmpty() ? -1 : rows.get(rows.size() - 1).position();
        return new State(name, order, order, order, stored.version(), stored.row(), first, last, rows.size());
    }

    /** Not what this process has written, but what it has found there, or made by a deletion. */
    boolean isReading() {
        return order == root;
    }

    /** It is of the same reading, or of what was written on top of it. */
    boolean isKinOf(State other) {
        return root == other.root;
    }
}
