package io.github.deepthink4j.samples.chat.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptTest {

    @TempDir
    private Path folder;

    private final Transcript transcript = new Transcript();

    @Test
    void should_write_what_was_said_and_no_file_twice() throws IOException {
        Path file = folder.resolve("a.md");

        assertThat(transcript.save(file.toString())).isEqualTo("There is nothing to save yet.");
        transcript.add("Why?", "One\ntwo\n", "So.");
        transcript.add("And?", null, "Thus.");
        assertThat(transcript.save(file.toString())).isEqualTo("Saved to " + file + ".");
        assertThat(transcript.save(file.toString())).endsWith("a.md is there already. Give another name.");

        assertThat(file).hasContent("""
                ## Question

                Why?

                > One
                > two

                ## Answer

                So.

                ## Question

                And?

                ## Answer

                Thus.

                """);
    }

    @Test
    void should_hold_nothing_that_drives_the_terminal_it_is_shown_in() throws IOException {
        String hostile = "\033]52;c;aGk=\007\033[2J\0\u009B1m\u0085\u202E\u2066\b!\uD83D";
        Path file = folder.resolve("a.md");

        transcript.add("Why " + hostile, "Hm " + hostile, "So\r\n" + hostile);
        transcript.save(file.toString());

        assertThat(file)
                .content()
                .doesNotContainPattern("[\\p{Cc}&&[^\n]]|[\u202E\u2066]|\\p{Cs}")
                .contains("Why ]52;c;aGk=[2J1m!\n", "> Hm ]52;c;aGk=[2J1m!\n", "So\n]52;c;aGk=[2J1m!\n");
    }

    @Test
    void should_hold_a_question_to_which_nothing_was_said() throws IOException {
        Path file = folder.resolve("a.md");

        transcript.add("Why?", null, null);
        transcript.save(file.toString());

        assertThat(file).content().isEqualTo("## Question\n\nWhy?\n\n## Answer\n\n\n\n");
    }
}
