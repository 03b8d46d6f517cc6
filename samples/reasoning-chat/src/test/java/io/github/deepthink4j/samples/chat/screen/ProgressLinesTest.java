package io.github.deepthink4j.samples.chat.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    private final AtomicLong clock = new AtomicLong(-7);
    private final ProgressLines lines = new ProgressLines(clock::get);

    private void pass(double share) {
        clock.addAndGet((long) (share * ProgressLines.EVERY.toNanos()));
    }

    @Test
    void should_say_now_and_then_how_far_it_is() {
        assertThat(lines.next(0, 3, "a.md")).isEmpty();
        pass(0.9);
        assertThat(lines.next(1, 3, "b.md")).isEmpty();
        pass(0.1);
        assertThat(lines.next(1.5, 3, "c\033.md")).contains("1 of 3  c.md");
        assertThat(lines.next(1.6, 3, "c.md")).isEmpty();
        pass(1);
        assertThat(lines.next(1.9, 3, "c.md")).contains("1 of 3  c.md");
    }

    @Test
    void should_say_nothing_of_what_is_done_and_begin_anew() {
        assertThat(lines.next(0, 3, "a.md")).isEmpty();
        pass(2);
        assertThat(lines.next(3, 3, "")).isEmpty();
        pass(2);
        assertThat(lines.next(0, 3, "a.md")).isEmpty();
        assertThat(lines.next(1, 3, "a.md")).isEmpty();
    }
}
