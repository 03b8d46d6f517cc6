package io.github.deepthink4j.samples.chat.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys in, screen out. */
@Timeout(60)
class TerminalScreenTest {

    private static final String DIM = "\033[2m";
    private static final String NORMAL = "\033[0m";
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String HOSTILE = "\033]0;title\007\u009B2J\u202E\b!";
    private static final String HARMLESS = "]0;title2J!";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();
    private Terminal terminal;
    private TerminalScreen screen;

    @BeforeEach
    void open() throws IOException {
        terminal = new ExternalTerminal("test", "xterm", new PipedInputStream(keys), out, StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 30));
        screen = TerminalScreen.on(terminal);
    }

    @AfterEach
    void close() throws IOException {
        keys.close();
        screen.close();
    }

    private void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private void awaitShown(String text) throws InterruptedException {
        while (!shown().contains(text)) {
            Thread.sleep(5);
        }
    }

    private void awaitPromptAfter(String text) throws InterruptedException {
        awaitShown(text);
        while (!shown().substring(shown().lastIndexOf(text)).contains("> ")) {
            Thread.sleep(5);
        }
    }

    @Test
    void should_dim_a_thought_and_end_it_once() {
        screen.dimmed("a ");
        screen.dimmed("thought");
        screen.endDimmed();
        screen.endDimmed();
        screen.plain("an answer");
        screen.line("");
        screen.note("cost");

        assertThat(shown()).isEqualTo(DIM + "a thought" + NORMAL + "\nan answer\n" + DIM + "[cost]" + NORMAL + "\n");
    }

    @Test
    void should_tell_each_line_of_a_thought_from_each_line_of_an_answer_where_nothing_can_be_dimmed()
            throws IOException {
        Terminal dumb = new ExternalTerminal(
                "test", Terminal.TYPE_DUMB, new PipedInputStream(new PipedOutputStream()), out, StandardCharsets.UTF_8);
        dumb.setSize(new Size(21, 30));
        TerminalScreen plain = TerminalScreen.on(dumb);

        plain.dimmed("| thought |\n| b |");
        plain.endDimmed();
        plain.plain("| a | b |\n|---|---|\n(thinking) and this line");
        plain.line("");
        plain.note("cost");

        assertThat(shown())
                .isEqualTo("(thinking) | thought\n| |\n| | b |\n"
                        + "  | a | b |\n  |---|---|\n  (thinking) and\n  this line\n[cost]\n");
    }

    @Test
    void should_begin_a_line_for_a_thought_in_the_midst_of_an_answer() {
        screen.plain("So far.");
        screen.dimmed("Hm");
        screen.endDimmed();
        screen.plain("And on.");
        screen.line("");

        assertThat(shown()).isEqualTo("So far.\n" + DIM + "Hm" + NORMAL + "\nAnd on.\n");
    }

    @Test
    void should_show_nothing_that_drives_a_terminal_whatever_it_is_told_to_show() {
        screen.dimmed(HOSTILE);
        screen.endDimmed();
        screen.plain(HOSTILE);
        screen.line("");
        screen.line(HOSTILE);
        screen.note(HOSTILE);
        screen.progress(1, 2, HOSTILE);

        assertThat(shown())
                .isEqualTo(DIM + HARMLESS + NORMAL + "\n" + HARMLESS + "\n" + HARMLESS + "\n" + DIM + "[" + HARMLESS
                        + "]" + NORMAL + "\n[" + "#".repeat(15) + "-".repeat(15) + "] 1 of 2  " + HARMLESS);
    }

    @Test
    void should_join_what_was_split_within_an_answer_but_not_beyond_its_end() {
        screen.dimmed("\uD83D");
        screen.dimmed("\uDE00 \uDB40");
        screen.endDimmed();
        screen.plain("\uDC41a\r");
        screen.plain("\nb\uDB40");
        screen.line("");
        screen.plain("\uDC41c");
        screen.line("");

        assertThat(shown()).isEqualTo(DIM + "\uD83D\uDE00 " + NORMAL + "\na\nb\nc\n");
    }

    @Test
    void should_read_lines_as_they_are_typed_and_end_at_ctrl_d_but_not_at_ctrl_c() throws Exception {
        CompletableFuture<Optional<String>> first = CompletableFuture.supplyAsync(screen::read);
        awaitShown("> ");
        type("\u4F60\u597D, C:\\new costs 5 %!!\r");
        assertThat(first.get(20, TimeUnit.SECONDS)).contains("\u4F60\u597D, C:\\new costs 5 %!!");

        out.reset();
        CompletableFuture<Optional<String>> second = CompletableFuture.supplyAsync(screen::read);
        awaitShown("> ");
        type("half");
        // Ctrl-C overtakes what is not read yet, and Ctrl-D ends an empty line only.
        awaitShown("half");
        type(CTRL_C);
        // Not before it reads again: until then the key is the terminal's own.
        awaitPromptAfter("(Ctrl-D ends)");
        type(CTRL_D);
        assertThat(second.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void should_take_only_a_yes_for_a_yes() throws Exception {
        assertThat(confirmed("yes\r")).isTrue();
        assertThat(confirmed("Y \r")).isTrue();
        assertThat(confirmed("no\r")).isFalse();
        assertThat(confirmed("\r")).isFalse();
        assertThat(confirmed(CTRL_C)).isFalse();
        assertThat(confirmed(CTRL_D)).isFalse();
    }

    @Test
    void should_not_take_for_an_answer_what_was_typed_before_the_question_was_shown() throws Exception {
        type("yes\r");
        assertThat(confirmed("no\r")).isFalse();
        type("y\ry\ry\r");
        assertThat(confirmed("\r")).isFalse();
        type("ye");
        assertThat(confirmed("s\r")).isFalse();
        type("n");
        assertThat(confirmed("yes\r")).isTrue();
    }

    private boolean confirmed(String typed) throws Exception {
        out.reset();
        CompletableFuture<Boolean> answer =
                CompletableFuture.supplyAsync(() -> screen.confirm("Refund 5 %N of it?" + HOSTILE));
        awaitShown("(yes/no) ");
        assertThat(shown()).contains("Refund 5 %N of it?" + HARMLESS + "\n");
        type(typed);
        return answer.get(20, TimeUnit.SECONDS);
    }

    @Test
    void should_interrupt_what_runs_at_ctrl_c() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> result =
                CompletableFuture.supplyAsync(() -> screen.interruptible(() -> answer.complete("stopped"), () -> {
                    screen.line("running");
                    return answer.join();
                }));
        awaitShown("running");

        type(CTRL_C);

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo("stopped");
    }

    @Test
    void should_keep_a_ctrl_d_that_is_pressed_while_an_answer_runs_for_the_next_line() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<Optional<String>> next = CompletableFuture.supplyAsync(() -> {
            screen.interruptible(() -> {}, () -> {
                screen.line("running");
                return answer.join();
            });
            return screen.read();
        });
        awaitShown("running");

        assertThat(terminal.getAttributes().getLocalFlags()).doesNotContain(LocalFlag.ICANON, LocalFlag.ECHO);
        type(CTRL_D);
        answer.complete("done");

        assertThat(next.get(20, TimeUnit.SECONDS)).isEmpty();
        assertThat(terminal.getAttributes().getLocalFlags()).contains(LocalFlag.ICANON, LocalFlag.ECHO);
    }

    @Test
    void should_take_the_bar_away_when_all_is_done() {
        screen.progress(29, 30, "a name that is far longer than the rest of the line can be, ".repeat(3));
        screen.progress(30, 30, "");

        assertThat(shown())
                .matches("\\[#{29}-] 29 of 30  a name .{40,60}\r\033\\[K")
                .hasSizeLessThan(120);
    }

    @Test
    void should_move_the_bar_within_one_that_takes_long_and_erase_it_before_anything_else() {
        terminal.setSize(new Size(40, 30));
        terminal.raise(Terminal.Signal.WINCH);

        screen.progress(0.5, 1, "320/640 a-file-with-a-long-name.md");
        screen.progress(0.75, 1, "480/640 a-file-with-a-long-name.md");
        screen.line("An error.");

        assertThat(shown())
                .isEqualTo("[######-------] 0 of 1  320/640 a-file-\r\033[K"
                        + "[#########----] 0 of 1  480/640 a-file-\r\033[KAn error.\n");
    }

    @Test
    void should_keep_a_remark_to_one_line_whatever_it_quotes() {
        screen.note("a\n> yes\r\n  b");

        assertThat(shown()).isEqualTo(DIM + "[a > yes b]" + NORMAL + "\n");
    }
}
