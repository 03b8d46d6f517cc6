package io.github.deepthink4j.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SliceTest {

    private static Slice<Integer> of(int count) {
        return Slice.<Integer>empty().plusAll(IntStream.range(0, count).boxed().toList());
    }

    @Test
    void should_never_change_when_others_grow_out_of_it() {
        Slice<Integer> two = of(2);

        assertThat(two.plus(7)).containsExactly(0, 1, 7);
        assertThat(two.plus(8)).containsExactly(0, 1, 8);
        assertThat(two.first(1).plus(9)).containsExactly(0, 9);
        assertThat(two.without(1).plus(9)).containsExactly(1, 9);
        assertThat(two).containsExactly(0, 1);
        assertThat(two.toArray()).containsExactly(0, 1);
    }

    @Test
    void should_be_what_a_list_would_be() {
        Random random = new Random(7);
        List<Slice<Integer>> slices = new ArrayList<>(List.of(Slice.empty()));
        List<List<Integer>> lists = new ArrayList<>(List.of(List.of()));
        for (int i = 0; i < 2000; i++) {
            // The newest more often than any older one.
            int which = random.nextInt(4) > 0 ? slices.size() - 1 : random.nextInt(slices.size());
            Slice<Integer> slice = slices.get(which);
            List<Integer> list = new ArrayList<>(lists.get(which));
            int part = random.nextInt(list.size() + 1);
            switch (random.nextInt(20)) {
                case 0 -> {
                    slices.add(slice.first(part));
                    lists.add(list.subList(0, part));
                }
                case 1 -> {
                    slices.add(slice.without(part));
                    lists.add(list.subList(part, list.size()));
                }
                default -> {
                    slices.add(slice.plus(i));
                    list.add(i);
                    lists.add(list);
                }
            }
        }

        assertThat(slices).isEqualTo(lists);
    }

    @Test
    void should_have_no_element_beyond_its_end() {
        Slice<Integer> slice = of(5).first(3).without(1);

        assertThatThrownBy(() -> slice.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.first(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.without(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** What is sent is made outside the memory's lock, and a round that waits is closed for it. */
    @Test
    @Timeout(60)
    void should_grow_on_two_threads_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Slice<Integer> shared = of(1);
            for (int i = 0; i < 2000; i++) {
                Slice<Integer> before = shared;
                CountDownLatch both = new CountDownLatch(2);
                Future<Slice<Integer>> one = threads.submit(() -> added(before, 1, both));
                Future<Slice<Integer>> other = threads.submit(() -> added(before, 2, both));

                assertThat(one.get().get(before.size())).isEqualTo(1);
                assertThat(other.get().get(before.size())).isEqualTo(2);
                shared = one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Slice<Integer> added(Slice<Integer> slice, int element, CountDownLatch both)
            throws InterruptedException {
        both.countDown();
        both.await();
        return slice.plus(element);
    }
}
