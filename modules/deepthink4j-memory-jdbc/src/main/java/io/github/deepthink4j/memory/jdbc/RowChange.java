package io.github.deepthink4j.memory.jdbc;

import dev.langchain4j.data.message.ChatMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen to the rows of a conversation so that they hold these messages. Rows that stay are not touched: a conversation
 * that grows by a message is one row more, and one that loses its oldest turn some rows fewer. Pure.
 *
 * @param positions of the messages
 * @param deleted   ranges of positions, their ends included
 * @param inserted  indexes of messages that have no row yet
 */
record RowChange(long[] positions, List<Range> deleted, List<Integer> inserted) {

    /** So that there is room behind each row that stays, and before it; only rows of somebody else's making are farther out. */
    private static final long FARTHEST = Long.MAX_VALUE / 2;

    /** Positions from the first to the last one. */
    record Range(long first, long last) {}

    /**
     * @param base    the state of the rows
     * @param rowOf   where a message stands in that state; {@code null} if it has no row of its own there
     */
    static RowChange of(State base, List<ChatMessage> messages, Function<ChatMessage, @Nullable Long> rowOf) {
        @Nullable Long[] rows = kept(messages, rowOf);
        long[] positions = new long[rows.length];
        List<Integer> inserted = new ArrayList<>();
        int next = 0;
        while (next < rows.length) {
            int end = next;
            while (end < rows.length && rows[end] == null) {
                end++;
            }
            Long upTo = end < rows.length ? rows[end] : null;
            if (upTo != null && next > 0 && upTo - positions[next - 1] <= end - next) {
                // No room between two rows that stay: the rest is written anew.
                Arrays.fill(rows, end, rows.length, null);
                continue;
            }
            long position = next > 0 ? positions[next - 1] + 1 : upTo == null ? 0 : upTo - (end - next);
            for (; next < end; next++) {
                positions[next] = position++;
                inserted.add(next);
            }
            if (upTo != null) {
                positions[next++] = upTo;
            }
        }
        return new RowChange(positions, deleted(base, rows), inserted);
    }

    /** In the order of the rows: what has changed places is written anew. */
    private static @Nullable Long[] kept(List<ChatMessage> messages, Function<ChatMessage, @Nullable Long> rowOf) {
        @Nullable Long[] rows = new Long[messages.size()];
        @Nullable Long before = null;
        for (int i = 0; i < rows.length; i++) {
            Long row = rowOf.apply(messages.get(i));
            boolean isNear = row != null && row > -FARTHEST && row < FARTHEST;
            if (row != null && isNear && (before == null || row > before)) {
                rows[i] = row;
                before = row;
            }
        }
        return rows;
    }

    private static List<Range> deleted(State base, @Nullable Long[] rows) {
        List<Range> ranges = new ArrayList<>();
        int kept = 0;
        long before = Long.MIN_VALUE;
        for (Long row : rows) {
            if (row == null) {
                continue;
            }
            if (kept == 0 ? base.first() < row : row - before > 1) {
                ranges.add(new Range(kept == 0 ? Long.MIN_VALUE : before + 1, row - 1));
            }
            before = row;
            kept++;
        }
        if (kept == 0 || base.last() > before) {
            ranges.add(new Range(kept == 0 ? Long.MIN_VALUE : before + 1, Long.MAX_VALUE));
        }
        return kept == base.rows() ? List.of() : ranges;
    }

    /**
     * @param isNew whether there is a message that whoever knows the base has not seen
     */
    State toState(State base, long order, boolean isNew, long version, long row) {
        int count = positions.length;
        return new State(
                base.name(),
                order,
                base.root(),
                isNew ? order : base.newest(),
                version,
                row,
                count == 0 ? 0 : positions[0],
                count == 0 ? -1 : positions[count - 1],
                count);
    }
}
