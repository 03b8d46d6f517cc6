package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

    @Test
    void should_give_writing_a_tenth_of_the_time() {
        AtomicLong clock = new AtomicLong(1_000);
        Checkpoints checkpoints = new Checkpoints(clock::get);
        assertThat(checkpoints.due()).isTrue();

        long begin = checkpoints.now();
        clock.addAndGet(50);
        checkpoints.written(begin);

        clock.addAndGet(499);
        assertThat(checkpoints.due()).isFalse();
        clock.addAndGet(1);
        assertThat(checkpoints.due()).isTrue();
    }
}
