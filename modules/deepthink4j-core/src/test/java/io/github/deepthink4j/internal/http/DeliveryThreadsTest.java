package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Few threads while they keep up, and as many as it takes where they block. */
@Timeout(60)
class DeliveryThreadsTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final DeliveryThreads threads = new DeliveryThreads(Scheduler.SYSTEM);
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();

    @Test
    void should_serve_a_stream_that_is_alone_on_one_thread() throws Exception {
        DeliveryThreads still = new DeliveryThreads(new ManualScheduler());
        for (int i = 0; i < 2_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            still.execute(() -> {
                used.add(Thread.currentThread());
                done.countDown();
            });
            done.await();
        }

        assertThat(used).hasSize(1);
    }

    @Test
    void should_serve_many_short_tasks_on_no_more_threads_than_cores() throws Exception {
        // The clock stands still: no task is ever taken for one that blocks.
        DeliveryThreads still = new DeliveryThreads(new ManualScheduler());
        CountDownLatch done = new CountDownLatch(20_000);
        for (int i = 0; i < 20_000; i++) {
            still.execute(() -> {
                used.add(Thread.currentThread());
                done.countDown();
            });
        }
        done.await();

        assertThat(used.size()).isBetween(1, CORES);
    }

    @Test
    void should_go_on_beside_two_hundred_tasks_that_block() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(200);
        for (int i = 0; i < 200; i++) {
            threads.execute(() -> {
                blocked.countDown();
                awaitQuietly(release);
            });
        }
        blocked.await();
        CountDownLatch others = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            threads.execute(others::countDown);
        }

        others.await();
        release.countDown();
    }

    @Test
    void should_begin_a_task_that_is_known_to_block_while_all_others_do() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        DeliveryThreads still = new DeliveryThreads(new ManualScheduler());
        for (int i = 0; i < 50; i++) {
            CountDownLatch begun = new CountDownLatch(1);
            still.executeBlocking(() -> {
                begun.countDown();
                awaitQuietly(release);
            });
            begun.await();
        }
        CountDownLatch other = new CountDownLatch(1);
        still.execute(other::countDown);

        other.await();
        release.countDown();
    }

    @Test
    void should_let_idle_threads_go_and_begin_anew() throws Exception {
        threads.keepIdle(1);
        for (int i = 0; i < 20; i++) {
            CountDownLatch done = new CountDownLatch(1);
            threads.execute(() -> {
                used.add(Thread.currentThread());
                done.countDown();
            });
            done.await();
            for (Thread thread : used) {
                thread.join();
            }
        }

        assertThat(used).hasSize(20);
    }

    @Test
    void should_survive_whatever_a_task_throws_and_forget_an_interrupt() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(5);
        for (int i = 0; i < 5; i++) {
            threads.execute(() -> {
                if (Thread.currentThread().isInterrupted()) {
                    interrupted.incrementAndGet();
                }
                Thread.currentThread().interrupt();
                done.countDown();
                throw new AssertionError("expected by this test");
            });
        }
        done.await();

        assertThat(interrupted).hasValue(0);
    }

    @Test
    void should_run_each_task_once_whoever_brings_it() throws Exception {
        int users = 8;
        int each = 5_000;
        Semaphore run = new Semaphore(0);
        for (int user = 0; user < users; user++) {
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            Runnable task = i % 100 == 0 ? DeliveryThreadsTest::sleepAWhile : () -> {};
                            Runnable counted = () -> {
                                task.run();
                                run.release();
                            };
                            if (i % 50 == 0) {
                                threads.executeBlocking(counted);
                            } else {
                                threads.execute(counted);
                            }
                        }
                    })
                    .start();
        }

        assertThat(run.tryAcquire(users * each, 50, TimeUnit.SECONDS)).isTrue();
        assertThat(run.tryAcquire(1, 50, TimeUnit.MILLISECONDS)).isFalse();
    }

    private static void sleepAWhile() {
        try {
            Thread.sleep(Duration.ofMillis(3).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
