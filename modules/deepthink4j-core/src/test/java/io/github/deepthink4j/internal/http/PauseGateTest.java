package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PauseGateTest {

    private final AtomicInteger read = new AtomicInteger();
    private final PauseGate gate = new PauseGate(read::incrementAndGet);

    @Test
    void should_pass_each_wish_on_while_it_is_open() {
        gate.ready();
        gate.ready();

        assertThat(read).hasValue(2);
    }

    @Test
    void should_keep_a_wish_until_it_opens_and_pass_it_on_once() {
        gate.shut();
        gate.ready();
        assertThat(read).hasValue(0);

        gate.open();
        gate.open();

        assertThat(read).hasValue(1);
    }

    @Test
    void should_wish_for_nothing_by_itself() {
        gate.shut();
        gate.open();

        assertThat(read).hasValue(0);
    }
}
