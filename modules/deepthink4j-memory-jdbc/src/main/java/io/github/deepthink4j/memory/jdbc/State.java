package io.github.deepthink4j.memory.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * A state of a conversation that this store has read or written, without its messages.
 *
 * @param name    the conversation's
 * @param order   the later it was known, the greater
 * @param root    the {@code order} of the reading that it goes back to; its own if it was read
 * @param version as it stands in the table; {@code null} if there was no such conversation
 * @param row     the conversation's key; 0 if there was none
 * @param first   the position of the first message
 * @param last    that of the last one; less than {@code first} if there is none
 * @param rows    how many rows it has
 */
record State(String name, long order, long root, @Nullable Long version, long row, long first, long last, int rows) {

    static State absent(String name, long order) {
        return new State(name, order, order, null, 0, 0, -1, 0);
    }
}
