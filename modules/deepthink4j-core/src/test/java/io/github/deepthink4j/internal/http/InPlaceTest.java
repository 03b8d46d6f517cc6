package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In order, one at a time, and on the thread that brings it wherever that may be. */
@Timeout(60)
class InPlaceTest {

    private final DeliveryThreads threads = new DeliveryThreads(Scheduler.SYSTEM);
    private final InPlace stream = new InPlace(threads);

    @Test
    void should_run_on_the_thread_that_brings_it() throws Exception {
        CompletableFuture<Boolean> inPlace = new CompletableFuture<>();
        threads.execute(() -> {
            Thread here = Thread.currentThread();
            boolean[] ran = {false};
            stream.execute(() -> ran[0] = Thread.currentThread() == here);
            inPlace.complete(ran[0]);
        });

        assertThat(inPlace.get()).isTrue();
    }

    @Test
    void should_not_run_on_a_thread_that_is_not_of_these() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        stream.execute(() -> ran.complete(Thread.currentThread()));

        assertThat(ran.get()).isNotSameAs(Thread.currentThread());
        assertThat(ran.get().getName()).startsWith("deepthink4j-delivery-");
    }

    @Test
    void should_not_run_in_the_midst_of_another_streams_callback() throws Exception {
        InPlace other = new InPlace(threads);
        CompletableFuture<Boolean> within = new CompletableFuture<>();
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        stream.execute(() -> {
            boolean[] nested = {false};
            other.execute(() -> {
                nested[0] = true;
                ran.complete(Thread.currentThread());
            });
            Thread where = ran.join();
            within.complete(where == Thread.currentThread());
        });

        assertThat(within.get()).isFalse();
    }

    @Test
    void should_go_back_to_its_thread_while_others_serve_too() throws Exception {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 500; i++) {
            CountDownLatch done = new CountDownLatch(2);
            Runnable arrival = () -> stream.execute(() -> {
                used.add(Thread.currentThread());
                done.countDown();
            });
            threads.execute(arrival);
            threads.executeBlocking(arrival);
            done.await();
        }

        assertThat(used).hasSize(1);
    }

    @Test
    void should_leave_a_thread_that_another_stream_blocks() throws Exception {
        CompletableFuture<Thread> first = new CompletableFuture<>();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocks = new CountDownLatch(1);
        threads.execute(() -> {
            stream.execute(() -> first.complete(Thread.currentThread()));
            new InPlace(threads).execute(() -> {
                blocks.countDown();
                await(release);
            });
        });
        blocks.await();
        CompletableFuture<Thread> second = new CompletableFuture<>();
        stream.execute(() -> second.complete(Thread.currentThread()));

        assertThat(second.get()).isNotSameAs(first.get());
        release.countDown();
    }

    /** Its thread has just begun something else, which then blocks: what was left to it there is for another. */
    @Test
    void should_not_wait_for_a_thread_that_it_was_left_to() throws Exception {
        ManualScheduler clock = new ManualScheduler();
        DeliveryThreads still = new DeliveryThreads(clock);
        InPlace mine = new InPlace(still);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Thread> before = new CompletableFuture<>();
        mine.execute(() -> before.complete(Thread.currentThread()));
        before.get();
        CountDownLatch blocks = new CountDownLatch(1);
        still.execute(() -> {
            blocks.countDown();
            await(release);
        });
        blocks.await();
        CompletableFuture<Thread> after = new CompletableFuture<>();
        still.executeBlocking(() -> mine.execute(() -> after.complete(Thread.currentThread())));
        while (!after.isDone()) {
            clock.advance(DeliveryThreads.INTERVAL);
        }

        assertThat(after.get()).isNotSameAs(before.get());
        release.countDown();
    }

    /** A server that never pauses: each read asks for the next, which is there at once. */
    @Test
    void should_let_others_have_a_turn() throws Exception {
        DeliveryThreads still = new DeliveryThreads(new ManualScheduler());
        InPlace flood = new InPlace(still);
        CountDownLatch others = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        int[] reads = {0};
        Runnable[] read = {null};
        read[0] = () -> flood.execute(() -> {
            reads[0]++;
            if (others.getCount() > 0) {
                flood.goOn(read[0]);
            } else {
                ended.countDown();
            }
        });
        still.execute(read[0]);
        still.execute(others::countDown);

        ended.await();
        assertThat(reads[0]).isGreaterThan(1);
    }

    @Test
    void should_keep_the_order_of_each_user_and_run_one_at_a_time() throws Exception {
        int users = 8;
        int each = 2_000;
        List<List<Integer>> seen = new ArrayList<>();
        boolean[] busy = {false};
        boolean[] together = {false};
        CountDownLatch done = new CountDownLatch(users * each);
        for (int user = 0; user < users; user++) {
            List<Integer> mine = new ArrayList<>();
            seen.add(mine);
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            int number = i;
                            stream.execute(() -> {
                                together[0] |= busy[0];
                                busy[0] = true;
                                mine.add(number);
                                busy[0] = false;
                                done.countDown();
                                if (number % 500 == 0) {
                                    throw new AssertionError("expected by this test");
                                }
                            });
                        }
                    })
                    .start();
        }
        done.await();

        assertThat(together[0]).isFalse();
        for (List<Integer> mine : seen) {
            assertThat(mine).hasSize(each).isSorted();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
