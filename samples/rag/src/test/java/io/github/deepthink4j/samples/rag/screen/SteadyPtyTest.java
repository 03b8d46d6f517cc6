package io.github.deepthink4j.samples.rag.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SteadyPtyTest {

    @Test
    void should_do_once_more_what_ctrl_c_has_cut_short_and_tell_of_the_interrupt_afterwards() throws IOException {
        AtomicInteger tries = new AtomicInteger();

        String result = SteadyPty.steadily(() -> {
            switch (tries.getAndIncrement()) {
                case 0 -> throw new IOException("Error executing 'stty -a': ");
                case 1 -> Thread.currentThread().interrupt();
                default -> throw new AssertionError("once more after a success");
            }
            return "done";
        });
        boolean interrupted = Thread.interrupted();

        assertThat(result).isEqualTo("done");
        assertThat(interrupted).isTrue();
        assertThat(tries).hasValue(2);
    }

    @Test
    void should_not_lose_an_interrupt_by_which_a_wait_has_ended() throws IOException {
        AtomicInteger tries = new AtomicInteger();

        SteadyPty.steadily(() -> {
            if (tries.getAndIncrement() == 0) {
                throw new InterruptedIOException("Command interrupted");
            }
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            return "done";
        });

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void should_say_at_last_what_is_wrong() {
        assertThatThrownBy(() -> SteadyPty.steadily(() -> {
                    throw new IOException("no stty");
                }))
                .hasMessage("no stty");
    }
}
