package io.github.deepthink4j.memory.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A batch of old conversations, and how many of it are deleted, even if the word of it was lost. */
final class Pruning {

    static final int CONVERSATIONS_IN_A_BATCH = 500;

    private final ConversationTables tables;
    private final long before;
    private List<Long> found = List.of();
    private int deleted;
    private int deletedInDoubt;

    Pruning(ConversationTables tables, long before) {
        this.tables = tables;
        this.before = before;
    }

    /** The time before which something is that old, in milliseconds; the first one that there is if nothing can be. */
    static long before(Instant now, Duration age) {
        try {
            return now.minus(age).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return Long.MIN_VALUE;
        }
    }

    /** Deletes them, in one attempt of several. */
    boolean on(Connection connection, boolean inDoubt) throws SQLException {
        if (inDoubt && !found.isEmpty()) {
            int gone = found.size() - tables.count(connection, found);
            deletedInDoubt += Math.min(deleted, gone);
        }
        found = List.of();
        deleted = 0;
        found = tables.unchangedSince(connection, before, CONVERSATIONS_IN_A_BATCH);
        deleted = found.isEmpty() ? 0 : tables.delete(connection, found, before);
        return true;
    }

    int deleted() {
        return deletedInDoubt + deleted;
    }

    boolean isLast() {
        return found.size() < CONVERSATIONS_IN_A_BATCH;
    }
}
