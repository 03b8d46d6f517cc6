package io.github.deepthink4j.memory;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A list that never changes and grows all the same: each is a stretch of an array that it shares with those it came from, as
 * slices are in Go. To add to the newest writes behind its end, and to add to an older one copies it. Thread-safe.
 */
final class Slice<E> extends AbstractList<E> implements RandomAccess {

    private static final Slice<?> EMPTY = new Slice<>(new Object[0], new AtomicInteger(), 0, 0);

    /** What was left out at the front is let go of once it is more than this part of what is left. */
    private static final int MOST_LEFT_OUT = 4;

    private final Object[] elements;
    /** Where the newest ends. */
    private final AtomicInteger used;

    private final int from;
    private final int to;

    private Slice(Object[] elements, AtomicInteger used, int from, int to) {
        this.elements = elements;
        this.used = used;
        this.from = from;
        this.to = to;
    }

    @SuppressWarnings("unchecked")
    static <E> Slice<E> empty() {
        return (Slice<E>) EMPTY;
    }

    Slice<E> plus(E element) {
        if (to == elements.length || !used.compareAndSet(to, to + 1)) {
            return copy().plus(element);
        }
        elements[to] = element;
        return new Slice<>(elements, used, from, to + 1);
    }

    Slice<E> plusAll(List<? extends E> more) {
        Slice<E> all = this;
        for (E element : more) {
            all = all.plus(element);
        }
        return all;
    }

    /** Its beginning. */
    Slice<E> first(int count) {
        return new Slice<>(elements, used, from, from + Objects.checkIndex(count, size() + 1));
    }

    /** Without its beginning, which is soon held no longer. */
    Slice<E> without(int count) {
        Slice<E> rest = new Slice<>(elements, used, from + Objects.checkIndex(count, size() + 1), to);
        return rest.from > rest.size() / MOST_LEFT_OUT ? rest.copy() : rest;
    }

    /** With room to grow. */
    private Slice<E> copy() {
        int size = size();
        Object[] copy = new Object[size + size / 2 + 4];
        System.arraycopy(elements, from, copy, 0, size);
        return new Slice<>(copy, new AtomicInteger(size), 0, size);
    }

    @Override
    @SuppressWarnings("unchecked")
    public E get(int index) {
        return (E) elements[from + Objects.checkIndex(index, size())];
    }

    @Override
    public int size() {
        return to - from;
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOfRange(elements, from, to, Object[].class);
    }
}
