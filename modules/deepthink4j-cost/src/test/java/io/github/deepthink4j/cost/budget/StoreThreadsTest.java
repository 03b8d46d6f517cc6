package io.github.deepthink4j.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreThreadsTest {

    private final StoreThreads threads = new StoreThreads();

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_ask_so_many_at_a_time_and_all_of_them_whatever_some_of_them_throw() throws Exception {
        int questions = 2_000;
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(questions);
        for (int i = 0; i < questions; i++) {
            int number = i;
            threads.ask(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                Thread.yield();
                asked.incrementAndGet();
                now.decrementAndGet();
                if (number % 4 == 0) {
                    done.countDown();
                    throw new AssertionError("expected by this test");
                }
                return () -> {
                    done.countDown();
                    if (number % 4 == 1) {
                        throw new StackOverflowError("expected by this test");
                    }
                };
            });
        }

        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(asked).hasValue(questions);
        assertThat(most.get()).isBetween(1, StoreThreads.MOST);
        assertThat(now).hasValue(0);
    }

    /** As a listener that asks a model with the same budget, and waits for its answer. */
    @Test
    void should_let_what_is_done_afterwards_wait_for_further_questions() throws Exception {
        int all = 3 * StoreThreads.MOST;
        CountDownLatch outer = new CountDownLatch(all);
        for (int i = 0; i < all; i++) {
            threads.ask(() -> () -> {
                CountDownLatch inner = new CountDownLatch(1);
                threads.ask(() -> inner::countDown);
                await(inner);
                outer.countDown();
            });
        }

        assertThat(outer.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
