package io.github.deepthink4j.samples.rag.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.screen.TerminalScreen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PulseTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(-7);
    private TerminalScreen screen;

    @BeforeEach
    void open() throws IOException {
        Terminal terminal = new ExternalTerminal(
                "test", "xterm", new ByteArrayInputStream(new byte[0]), out, StandardCharsets.UTF_8);
        terminal.setSize(new Size(60, 24));
        screen = TerminalScreen.on(terminal);
    }

    @AfterEach
    void close() throws IOException {
        screen.close();
    }

    private String shown() {
        String shown = out.toString(StandardCharsets.UTF_8)
                .replaceAll("\\[[#-]+] ", "")
                .replace("\r\033[K", "|");
        out.reset();
        return shown;
    }

    @Test
    void should_count_the_seconds_at_a_file_that_says_nothing_itself() {
        try (Pulse pulse = new Pulse(screen, clock::get)) {
            pulse.at(0, 2, "a.md");
            for (int i = 0; i < 3; i++) {
                clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
                pulse.beat();
            }
            assertThat(shown()).isEqualTo("0 of 2  a.md|0 of 2  a.md|0 of 2  2 s  a.md|0 of 2  3 s  a.md");

            pulse.at(0.5, 2, "16/32 a.md");
            pulse.at(1, 2, "a.md");
            assertThat(shown()).isEqualTo("|0 of 2  3 s  16/32 a.md|1 of 2  a.md");
        }

        assertThat(shown()).as("nothing is left of it").isEqualTo("|");
    }

    @Test
    void should_tell_the_rate_of_the_last_half_minute() {
        try (Pulse pulse = new Pulse(screen, clock::get)) {
            for (int file = 0; file <= 600; file++) {
                pulse.at(file, 1_000, "a.md");
                clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(file < 500 ? 100 : 4_000));
            }
        }

        assertThat(shown())
                .contains("|40 of 1000  a.md|", "|60 of 1000  10 files/s  a.md|", "|590 of 1000  15 files/min  a.md")
                .doesNotContain("400 of 1000  a.md");
    }

    @Test
    void should_show_nothing_before_it_begins_and_when_all_is_done() {
        Pulse pulse = new Pulse(screen, clock::get);
        pulse.beat();
        pulse.at(1, 1, "a.md");
        pulse.close();
        pulse.beat();

        assertThat(shown()).isEmpty();
    }
}
