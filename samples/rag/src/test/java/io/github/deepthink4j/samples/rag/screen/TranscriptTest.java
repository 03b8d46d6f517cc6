package io.github.deepthink4j.samples.rag.screen;

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
    void should_say_in_a_line_why_it_can_not_be_saved() throws IOException {
        transcript.add("Why?", "", "So.");

        assertThat(transcript.save(folder.resolve("none/a.md").toString()))
                .isEqualTo("It can't be saved there: NoSuchFileException.");
        assertThat(transcript.save("a\0b")).isEqualTo("It can't be saved there: InvalidPathException.");
        assertThat(folder).isEmptyDirectory();
    }
}
