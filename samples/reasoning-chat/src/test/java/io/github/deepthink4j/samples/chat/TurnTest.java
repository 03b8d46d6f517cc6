package io.github.deepthink4j.samples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.chat.screen.PipeScreen;
import io.github.deepthink4j.samples.chat.screen.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Screen screen =
            new PipeScreen(new ByteArrayInputStream(new byte[0]), new PrintStream(shown, true, StandardCharsets.UTF_8));
    private final Spending spending = new Spending(true);

    @Test
    void should_say_once_that_it_was_stopped_however_often_the_terminal_tells_it() {
        // given
        Turn turn = new Turn(screen, spending);

        // when
        turn.stopped();
        turn.stopped();

        // then
        assertThat(shown.toString(StandardCharsets.UTF_8)).containsOnlyOnce("stopped after");
    }

    @Test
    void should_not_take_what_was_stopped_for_free() {
        // given
        Turn turn = new Turn(screen, spending);

        // when
        turn.stopped();

        // then
        assertThat(spending.line(spending.nothing(), List.of("deepseek-flash")))
                .contains("this conversation: at least 0 USD");
    }
}
