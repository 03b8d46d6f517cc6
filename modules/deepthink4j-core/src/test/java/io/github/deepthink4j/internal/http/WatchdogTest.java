package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.internal.http.TransportFailure.Kind;
import io.github.deepthink4j.settings.Timeouts;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each limit to the second, in a time that the test makes. */
class WatchdogTest {

    private static final Timeouts TIMEOUTS = Timeouts.custom()
            .firstByte(Duration.ofSeconds(20))
            .idle(Duration.ofSeconds(10))
            .total(Duration.ofSeconds(60))
            .build();

    private final ManualScheduler time = new ManualScheduler();
    private final LinkedBlockingQueue<TransportFailure> failures = new LinkedBlockingQueue<>();
    private final Watchdog watchdog = new Watchdog(TIMEOUTS, failures::add, time);

    private void pass(int seconds) {
        time.advance(Duration.ofSeconds(seconds));
    }

    private Kind failure() throws InterruptedException {
        TransportFailure failure = failures.poll(30, TimeUnit.SECONDS);
        return failure == null ? null : failure.kind();
    }

    @Test
    void should_wait_for_the_first_byte_as_long_as_is_allowed() throws Exception {
        watchdog.start();

        pass(19);
        assertThat(failures).isEmpty();
        assertThat(time.waiting()).isEqualTo(1);
        pass(1);

        assertThat(failure()).isEqualTo(Kind.FIRST_BYTE_TIMEOUT);
    }

    @Test
    void should_begin_to_count_idle_time_anew_with_each_wish_for_more() throws Exception {
        watchdog.start();
        for (int i = 0; i < 5; i++) {
            watchdog.received();
            watchdog.waiting();
            pass(9);
        }
        assertThat(time.waiting()).isEqualTo(1);

        pass(1);

        assertThat(failure()).isEqualTo(Kind.IDLE_TIMEOUT);
    }

    @Test
    void should_not_count_the_time_of_a_callback_or_a_pause_as_idle() throws Exception {
        watchdog.start();
        watchdog.received();

        pass(50);
        assertThat(time.waiting()).isEqualTo(1);
        pass(10);

        assertThat(failure()).isEqualTo(Kind.TOTAL_TIMEOUT);
    }

    @Test
    void should_leave_nothing_behind_when_it_is_stopped() {
        watchdog.start();
        watchdog.stop();

        pass(1000);

        assertThat(time.waiting()).isZero();
        assertThat(failures).isEmpty();
    }

    /** On an executor that runs inline, a slow callback would otherwise stop all timeouts. */
    @Test
    void should_tell_of_a_timeout_on_a_thread_of_its_own() throws Exception {
        LinkedBlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
        Watchdog telling = new Watchdog(TIMEOUTS, failure -> threads.add(Thread.currentThread()), time);
        telling.start();

        pass(20);

        assertThat(threads.poll(30, TimeUnit.SECONDS)).isNotNull().isNotSameAs(Thread.currentThread());
    }
}
