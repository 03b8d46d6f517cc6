package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of which one alone keeps an ingest busy for minutes. */
class LargeFileTest {

    private static final int PASSAGES = 10 * Ingest.PIECE + 3;

    @TempDir
    private Path root;

    private IndexFixture fixture;

    @BeforeEach
    void write() throws IOException {
        fixture = new IndexFixture(root);
        fixture.file("big.md", text("It says "));
    }

    private static String text(String what) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PASSAGES; i++) {
            text.append("# Part ")
                    .append(i)
                    .append("\n\n")
                    .append(what)
                    .append(i)
                    .append(".\n\n");
        }
        return text.toString();
    }

    /** Ends it after so many pieces of the large file. */
    private void stopAfter(int pieces) throws IOException {
        int[] done = {0};
        fixture.beforeEmbedding = () -> done[0]++;
        fixture.stop = () -> done[0] == pieces;
        assertThat(fixture.ingest().added()).isZero();
        fixture.beforeEmbedding = () -> {};
        fixture.stop = () -> false;
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.list(fixture.directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("unfinished"))
                    .toList();
        }
    }

    @Test
    void should_show_how_far_it_is_within_the_file() throws IOException {
        List<String> shown = new ArrayList<>();
        List<Double> files = new ArrayList<>();
        fixture.file("a.md", "# A\nThe first.");
        fixture.progress = (done, all, what) -> {
            files.add(done);
            shown.add(what);
            assertThat(all).isEqualTo(2);
        };

        fixture.ingest();

        assertThat(shown)
                .contains("0/323 big.md", "32/323 big.md", "320/323 big.md")
                .endsWith("big.md");
        assertThat(files).isSorted().contains(1 + 32.0 / 323).endsWith(2.0);
    }

    @Test
    void should_keep_what_is_done_of_it_at_a_stop_and_do_the_rest_the_next_times() throws IOException {
        stopAfter(3);
        stopAfter(4);
        assertThat(fixture.embedded).isEqualTo(7 * Ingest.PIECE);
        List<String> shown = new ArrayList<>();
        fixture.progress = (done, all, what) -> shown.add(what);

        assertThat(fixture.ingest().added()).isEqualTo(1);

        assertThat(fixture.embedded).isEqualTo(PASSAGES);
        assertThat(shown).contains("224/323 big.md").doesNotContain("192/323 big.md");
        assertThat(unfinished()).isEmpty();
        Map<String, String> stored = fixture.stored();
        assertThat(stored).hasSize(PASSAGES);
        assertThat(fixture.ingest(true).added()).isEqualTo(1);
        assertThat(fixture.stored()).isEqualTo(stored);
    }

    @Test
    void should_keep_what_is_done_of_it_when_it_is_killed_in_the_midst_of_a_write() throws IOException {
        int[] pieces = {0};
        fixture.beforeEmbedding = () -> {
            if (++pieces[0] == 4) {
                throw new IllegalStateException("killed, say");
            }
        };
        assertThatThrownBy(fixture::ingest).hasMessageContaining("killed");
        fixture.beforeEmbedding = () -> {};
        Files.write(unfinished().get(0), new byte[1000], StandardOpenOption.APPEND);

        fixture.ingest();

        assertThat(fixture.embedded).isEqualTo(PASSAGES);
        assertThat(fixture.stored()).hasSize(PASSAGES);
    }

    @Test
    void should_begin_anew_where_the_file_has_changed_or_all_is_made_anew() throws IOException {
        stopAfter(3);
        fixture.embedded = 0;
        fixture.file("big.md", text("Now it says "));
        fixture.ingest();
        assertThat(fixture.embedded).isEqualTo(PASSAGES);
        assertThat(unfinished()).as("of the version that is gone").isEmpty();

        fixture.file("big.md", text("It says "));
        int[] pieces = {0};
        fixture.beforeEmbedding = () -> pieces[0]++;
        fixture.stop = () -> pieces[0] == 2;
        fixture.ingest();
        fixture.stop = () -> false;
        fixture.embedded = 0;
        fixture.ingest(true);

        assertThat(fixture.embedded).isEqualTo(PASSAGES);
        assertThat(fixture.stored()).hasSize(PASSAGES);
    }

    private static String prose(int megabytes) {
        return "A sentence of some length that says nothing new.\n\n".repeat(megabytes << 14);
    }

    @Test
    void should_stop_in_the_midst_of_the_splitting_and_keep_the_files_before() throws IOException {
        fixture.file("a.md", "# A\nThe first.");
        fixture.file("c.md", "# C\nThe last.");
        fixture.file("big.md", prose(2));
        List<String> shown = new ArrayList<>();
        boolean[] stopped = {false};
        fixture.progress = (done, all, what) -> {
            shown.add(what);
            stopped[0] |= what.matches("[1-9]\\d? % big.md");
        };
        fixture.stop = () -> stopped[0];

        IngestReport report = fixture.ingest();

        assertThat(report)
                .extracting(IngestReport::added, IngestReport::removed)
                .containsExactly(1, 0);
        assertThat(shown).as("at once, and no file after it").last().asString().endsWith(" % big.md");
        assertThat(fixture.catalog().files().keySet()).containsExactly("a.md");
        assertThat(fixture.stored().values()).containsExactly("The first.");

        // and the next run does the rest only
        fixture.stop = () -> false;
        fixture.embedded = 0;
        assertThat(fixture.ingest().added()).isEqualTo(2);
        assertThat(fixture.stored()).hasSize(fixture.embedded + 1);
    }

    @Test
    void should_embed_the_files_before_a_large_one_before_it_is_read() throws IOException {
        fixture.file("a.md", "# A\nThe first.");
        fixture.file("big.md", prose(1));
        int[] embedded = {-1};
        fixture.progress = (done, all, what) -> {
            if (what.endsWith("big.md") && embedded[0] < 0) {
                embedded[0] = fixture.embedded;
            }
        };

        fixture.ingest();

        assertThat(embedded[0]).isEqualTo(1);
    }

    @Test
    void should_keep_files_that_were_embedded_when_it_is_stopped_in_the_next_one() throws IOException {
        for (String name : List.of("a.md", "b.md")) {
            fixture.file(name, "# A\nThe file " + name);
        }
        int[] pieces = {0};
        fixture.beforeEmbedding = () -> pieces[0]++;
        fixture.stop = () -> pieces[0] == 1 + 3;

        assertThat(fixture.ingest().added()).isEqualTo(2);

        assertThat(fixture.stored().values()).containsExactlyInAnyOrder("The file a.md", "The file b.md");
        fixture.stop = () -> false;
        fixture.ingest();
        assertThat(fixture.embedded).isEqualTo(2 + PASSAGES);
    }
}
