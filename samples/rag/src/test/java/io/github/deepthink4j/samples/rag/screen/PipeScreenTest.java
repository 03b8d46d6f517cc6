package io.github.deepthink4j.samples.rag.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipeScreenTest {

    private static final String HOSTILE = "\033]0;title\007\u009B2J\u202E\b!";
    private static final String HARMLESS = "]0;title2J!";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PipeScreen screen(String input) {
        return new PipeScreen(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void should_repeat_what_it_reads_until_the_input_ends() {
        PipeScreen screen = screen("first\n\u4E8C\033\n");

        assertThat(screen.read()).contains("first");
        assertThat(screen.read()).contains("\u4E8C\033");
        assertThat(screen.read()).isEmpty();
        assertThat(shown()).isEqualTo("\n> first\n\n> \u4E8C\n");
    }

    @Test
    void should_say_where_a_thought_begins_and_end_it_once() {
        PipeScreen screen = screen("");

        screen.dimmed("a ");
        screen.dimmed("thought");
        screen.endDimmed();
        screen.endDimmed();
        screen.plain("an answer");

        assertThat(shown()).isEqualTo("(thinking) a thought\n  an answer");
    }

    @Test
    void should_tell_each_line_of_a_thought_from_each_line_of_an_answer() {
        PipeScreen screen = screen("");
        String table = "| a | b |\n|---|---|\n\n(thinking) c\n> d\n[e]\n";

        for (int pieces : new int[] {1, 3, 100}) {
            for (int i = 0; i < table.length(); i += pieces) {
                screen.dimmed(table.substring(i, Math.min(table.length(), i + pieces)));
            }
            screen.endDimmed();
            for (int i = 0; i < table.length(); i += pieces) {
                screen.plain(table.substring(i, Math.min(table.length(), i + pieces)));
            }
            screen.note("cost");

            assertThat(shown())
                    .isEqualTo("(thinking) | a | b |\n| |---|---|\n| \n| (thinking) c\n| > d\n| [e]\n"
                            + "  | a | b |\n  |---|---|\n  \n  (thinking) c\n  > d\n  [e]\n[cost]\n");
            out.reset();
        }
    }

    @Test
    void should_begin_a_line_for_a_thought_in_the_midst_of_an_answer() {
        PipeScreen screen = screen("");

        screen.plain("So");
        screen.dimmed("Hm");
        screen.endDimmed();
        screen.plain("far.");
        screen.line("");

        assertThat(shown()).isEqualTo("  So\n(thinking) Hm\n  far.\n");
    }

    @Test
    void should_show_nothing_that_drives_a_terminal_whatever_it_is_told_to_show() {
        PipeScreen screen = screen("no\n");

        screen.dimmed(HOSTILE);
        screen.endDimmed();
        screen.plain(HOSTILE);
        screen.line("");
        screen.line(HOSTILE);
        screen.note(HOSTILE);
        screen.progress(1, 2, HOSTILE);
        screen.confirm(HOSTILE);

        assertThat(shown())
                .isEqualTo("(thinking) " + HARMLESS + "\n  " + HARMLESS + "\n" + HARMLESS + "\n[" + HARMLESS + "]\n"
                        + HARMLESS + " (yes/no)\n\n> no\n");
    }

    @Test
    void should_join_what_was_split_within_an_answer_but_not_beyond_its_end() {
        PipeScreen screen = screen("");

        screen.dimmed("\uD83D");
        screen.dimmed("\uDE00 \uDB40");
        screen.endDimmed();
        screen.plain("\uDC41a\r");
        screen.plain("\nb\uDB40");
        screen.line("");
        screen.plain("\uDC41c");

        assertThat(shown()).isEqualTo("(thinking) \uD83D\uDE00 \n  a\n  b\n  c");
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "' Y ', true", "no, false", "yes please, false", "'', false"})
    void should_take_only_a_yes_for_a_yes(String answer, boolean confirmed) {
        assertThat(screen(answer + "\n").confirm("Really?")).isEqualTo(confirmed);
        assertThat(screen("").confirm("Really?")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "yes,true",
        "Y,true",
        "是,true",
        "是的。,true",
        "对,true",
        "好,true",
        "可以！,true",
        "no,false",
        "不是,false",
        "不,false",
        "好像不对,false",
        "yes but no,false",
        "'',false"
    })
    void should_take_a_yes_in_english_and_chinese_and_nothing_else(String answer, boolean yes) {
        assertThat(screen(answer + "\n").confirm("Really?")).isEqualTo(yes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Where is order 1022?", "yes, and where is order 1022?", "/help", "不是订单 1022"})
    void should_keep_a_line_that_is_no_clear_answer_for_the_next_question(String line) {
        PipeScreen screen = screen(line + "\nlast\n");

        assertThat(screen.confirm("Really?")).isFalse();
        assertThat(screen.read()).contains(line);
        assertThat(screen.read()).contains("last");
        assertThat(screen.confirm("Really?")).isFalse();
        assertThat(screen.read()).isEmpty();
        assertThat(shown())
                .isEqualTo(
                        "Really? (yes/no)\n[the next line is neither yes nor no: that counts as a no, and the line as a question]\n"
                                + "\n> " + line
                                + "\n\n> last\nReally? (yes/no)\n[no answer follows: that counts as a no]\n");
    }

    @Test
    void should_keep_a_remark_and_a_question_to_one_line_whatever_they_quote() {
        PipeScreen screen = screen("no\n");

        screen.note("a\n> yes\r\n  b");
        screen.confirm("c\n> yes\u2028  d");

        assertThat(shown()).isEqualTo("[a > yes b]\nc > yes d (yes/no)\n\n> no\n");
    }

    @Test
    void should_keep_a_lone_carriage_return_within_its_question() {
        PipeScreen screen = screen("one\rtwo\r\nthree\n\n\r\nlast\r");

        assertThat(screen.read()).contains("one\rtwo");
        assertThat(screen.read()).contains("three");
        assertThat(screen.read()).contains("");
        assertThat(screen.read()).contains("");
        assertThat(screen.read()).contains("last");
        assertThat(screen.read()).isEmpty();
    }

    @Test
    void should_say_which_line_is_not_in_utf_8() {
        byte[] lines = "\u4F60\u597D\n1 \u00C4\u00D6\nlast".getBytes(StandardCharsets.UTF_8);
        byte[] cut = new String(lines, StandardCharsets.ISO_8859_1)
                .replace("\u00C3\u0084", "\u00C4")
                .getBytes(StandardCharsets.ISO_8859_1);
        PipeScreen screen =
                new PipeScreen(new ByteArrayInputStream(cut), new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(screen.read()).contains("\u4F60\u597D");
        assertThat(screen.read()).contains("1 \uFFFD\u00D6");
        assertThat(screen.read()).contains("last");
        assertThat(shown())
                .isEqualTo(
                        "\n> \u4F60\u597D\n\n> 1 \uFFFD\u00D6\n[this line is not in UTF-8; what can't be read of it is"
                                + " \uFFFD, and is sent so]\n\n> last\n");
    }
}
