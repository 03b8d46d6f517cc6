package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.OfficeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestTest {

    @TempDir
    private Path root;

    private IndexFixture fixture;

    @BeforeEach
    void threeFiles() throws IOException {
        fixture = new IndexFixture(root);
        fixture.file("a.md", "# A\nThe first.");
        fixture.file("sub/b.md", "# B\nThe second.");
        fixture.file("c.txt", "C\n\nThe third.");
        fixture.file(".hidden/d.md", "# D\nNot read.");
        fixture.file("picture.png", "no document");
    }

    @Test
    void should_touch_only_what_has_changed() throws IOException {
        // given
        IngestReport first = fixture.ingest();
        assertThat(first)
                .extracting(IngestReport::added, IngestReport::otherFiles)
                .containsExactly(3, 1);
        fixture.embedded = 0;

        // when nothing has changed
        IngestReport second = fixture.ingest();

        // then nothing is embedded
        assertThat(second.unchanged()).isEqualTo(3);
        assertThat(fixture.embedded).isZero();

        // when one is changed, one is gone and one is new
        fixture.file("a.md", "# A\nThe first, rewritten.\n## More\nMore of it.");
        Files.delete(fixture.documents.resolve("c.txt"));
        fixture.file("e.md", "# E\nNew.");
        IngestReport third = fixture.ingest();

        // then
        assertThat(third)
                .extracting(IngestReport::added, IngestReport::changed, IngestReport::removed, IngestReport::unchanged)
                .containsExactly(1, 1, 1, 1);
        assertThat(fixture.embedded).isEqualTo(3);
        assertThat(fixture.stored().values())
                .containsExactlyInAnyOrder("The first, rewritten.", "More of it.", "The second.", "New.");
        assertThat(fixture.catalog().files().keySet()).containsExactly("a.md", "e.md", "sub/b.md");
    }

    @Test
    void should_follow_a_link_that_it_is_given_and_none_that_it_finds() throws IOException {
        Path link = Files.createSymbolicLink(root.resolve("link"), fixture.documents);
        Files.createSymbolicLink(fixture.documents.resolve("out.md"), Files.writeString(root.resolve("x.md"), "x"));

        assertThat(Folder.list(link).documents().keySet()).containsExactly("a.md", "c.txt", "sub/b.md");
    }

    @Test
    void should_not_run_in_circles_in_a_folder_that_links_to_itself() throws IOException {
        Files.createSymbolicLink(fixture.documents.resolve("sub/again"), fixture.documents);
        Files.createSymbolicLink(fixture.documents.resolve("self.md"), fixture.documents.resolve("self.md"));

        assertThat(Folder.list(fixture.documents).documents().keySet()).containsExactly("a.md", "c.txt", "sub/b.md");
    }

    @Test
    void should_name_each_hostile_file_and_read_the_others() throws IOException {
        Map<String, byte[]> bomb = new TreeMap<>();
        for (int i = 0; i < 17; i++) {
            bomb.put("part" + i, new byte[16 << 20]);
        }
        byte[] docx = OfficeFiles.docx(OfficeFiles.paragraph("From a Word file."));
        Files.write(fixture.documents.resolve("bomb.docx"), OfficeFiles.zip(bomb));
        Files.write(fixture.documents.resolve("broken.docx"), Arrays.copyOf(docx, docx.length / 2));
        Files.write(fixture.documents.resolve("empty.xlsx"), new byte[0]);
        Files.write(fixture.documents.resolve("good.docx"), docx);
        fixture.file("wrong.epub", "just text");

        IngestReport report = fixture.ingest();

        assertThat(report.problems()).containsOnlyKeys("bomb.docx", "broken.docx", "empty.xlsx", "wrong.epub");
        assertThat(report.problems().values()).allMatch(reason -> reason.startsWith("it "));
        assertThat(report.added()).isEqualTo(4);
        assertThat(fixture.stored().values())
                .containsExactlyInAnyOrder("The first.", "The second.", "C\n\nThe third.", "From a Word file.");
    }

    @Test
    void should_give_the_index_that_a_new_one_would_be() throws IOException {
        fixture.ingest();
        fixture.file("a.md", "# A\nChanged.");
        fixture.ingest();
        fixture.file("a.md", "# A\nThe first.");
        fixture.ingest();
        Map<String, String> incremental = fixture.stored();

        fixture.ingest(true);

        assertThat(fixture.stored()).isEqualTo(incremental);
    }

    @Test
    void should_name_a_file_so_that_it_can_write_no_line_of_the_program() throws IOException {
        fixture.file("x\nThe index holds 99 files.md", "# X\nText.");
        fixture.file("esc\u001B[2J.md", "# Y\nText.");

        fixture.ingest();

        assertThat(fixture.catalog().files().keySet())
                .contains("x%0AThe%20index%20holds%2099%20files.md", "esc%1B%5B2J.md")
                .allMatch(name -> name.lines().count() == 1);
    }

    @Test
    void should_say_that_words_are_damaged_and_make_them_anew() throws IOException {
        fixture.ingest();
        Path words = fixture.directory.resolve("words");
        List<Path> files;
        try (Stream<Path> all = Files.list(words)) {
            files = all.filter(file -> !file.endsWith("write.lock")).toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        }

        assertThatThrownBy(() -> fixture.withWords("first"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("ingest --rebuild");
        assertThatThrownBy(() -> fixture.ingest())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("ingest --rebuild");
        fixture.ingest(true);

        assertThat(fixture.withWords("first")).containsExactly("The first.");
    }

    @Test
    void should_leave_files_alone_that_only_look_like_its_own() throws IOException {
        Files.createDirectories(fixture.directory.resolve("passages-folder"));
        List<String> others = List.of("passages-2024.docx", "passages-notes.json", "unfinished-novel.md");
        for (String other : others) {
            Files.writeString(fixture.directory.resolve(other), "somebody's");
        }

        fixture.ingest();
        fixture.file("a.md", "# A\nChanged.");
        fixture.ingest(true);

        for (String other : others) {
            assertThat(fixture.directory.resolve(other)).hasContent("somebody's");
        }
    }

    @Test
    void should_keep_what_it_had_of_a_file_that_is_broken_now() throws IOException {
        fixture.ingest();
        Map<String, String> before = fixture.stored();

        Files.write(fixture.documents.resolve("c.txt"), new byte[] {(byte) 0xFF, 0, 1});
        fixture.file("broken.pdf", "%PDF-1.7 and no more");
        IngestReport report = fixture.ingest();

        assertThat(report.problems()).containsOnlyKeys("broken.pdf", "c.txt");
        assertThat(report.unchanged()).isEqualTo(2);
        assertThat(fixture.stored()).isEqualTo(before);
    }

    @Test
    void should_change_nothing_for_an_empty_folder_or_none() throws IOException {
        fixture.ingest();
        Map<String, String> before = fixture.stored();
        for (String file : new String[] {"a.md", "sub/b.md", "c.txt"}) {
            Files.delete(fixture.documents.resolve(file));
        }

        assertThatThrownBy(fixture::ingest)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no document")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> Folder.list(root.resolve("missing"))).hasMessageContaining("There is no folder");
        assertThat(fixture.stored()).isEqualTo(before);
    }

    @Test
    void should_not_mix_two_folders_or_two_stores() throws IOException {
        fixture.ingest();

        assertThatThrownBy(
                        () -> Index.open(fixture.directory, fixture.stores, IndexFixture.PIPELINE, "elsewhere", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is of the folder documents");
        Stores database = new Stores("jdbc:postgresql://127.0.0.1:1/none?user=u&password=secret", 3, Map.of());
        assertThatThrownBy(() -> Index.open(fixture.directory, database, IndexFixture.PIPELINE, "documents", false))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("keeps its passages in file")
                .hasMessageNotContaining("secret");
    }

    @Test
    void should_make_all_anew_when_passages_are_made_differently() throws IOException {
        fixture.ingest();
        fixture.embedded = 0;
        Catalog old = fixture.catalog();
        CatalogFile.write(
                fixture.directory,
                new Catalog("an older one", old.folder(), old.store(), old.state(), new TreeMap<>(old.files())));

        assertThatThrownBy(fixture::stored).hasMessageContaining("another version of this program");
        IngestReport report = fixture.ingest();

        assertThat(report.added()).isEqualTo(3);
        assertThat(fixture.stored()).hasSize(3);
    }

    @Test
    void should_say_of_a_damaged_index_how_to_mend_it() throws IOException {
        fixture.ingest();
        Map<String, String> before = fixture.stored();
        Path damaged = fixture.directory.resolve(CatalogFile.NAME);
        byte[] half = Files.readAllBytes(damaged);
        Files.write(damaged, Arrays.copyOf(half, half.length / 2));

        assertThatThrownBy(fixture::ingest).isInstanceOf(UsageException.class).hasMessageContaining("--rebuild");
        assertThatThrownBy(fixture::stored).hasMessageContaining("--rebuild");
        fixture.ingest(true);
        assertThat(fixture.stored()).isEqualTo(before);
    }

    @Test
    void should_be_written_by_one_at_a_time() throws IOException {
        fixture.ingest();

        try (Index writing = Index.open(fixture.directory, fixture.stores, IndexFixture.PIPELINE, "documents", false)) {
            assertThatThrownBy(fixture::ingest)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("Another ingest");
            assertThat(fixture.stored()).hasSize(writing.catalog().passageCount());
        }
        assertThat(fixture.ingest().unchanged()).isEqualTo(3);
    }

    @Test
    void should_stay_whole_when_embedding_fails() throws IOException {
        // given
        fixture.ingest();
        Map<String, String> before = fixture.stored();
        fixture.file("a.md", "# A\nChanged.");
        fixture.file("sub/b.md", "# B\nChanged too.");
        fixture.beforeEmbedding = () -> {
            throw new IllegalStateException("no memory left, say");
        };

        // when
        assertThatThrownBy(fixture::ingest).hasMessageContaining("no memory left");

        // then
        assertThat(fixture.stored()).isEqualTo(before);
        fixture.beforeEmbedding = () -> {};
        assertThat(fixture.ingest().changed()).isEqualTo(2);
        assertThat(fixture.stored().values()).containsExactlyInAnyOrder("Changed.", "Changed too.", "C\n\nThe third.");
    }

    @Test
    void should_leave_one_file_of_passages_and_no_unfinished_one() throws IOException {
        fixture.ingest();
        Files.writeString(fixture.directory.resolve("passages-77.json"), "from a run that was killed");
        Files.writeString(fixture.directory.resolve("passages-78.json" + AtomicFile.UNFINISHED), "half");
        fixture.file("a.md", "# A\nChanged.");

        fixture.ingest();

        try (var files = Files.list(fixture.directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("catalog.json", "lock", "words");
        }
    }

    @Test
    void should_pass_over_files_that_are_gone_or_something_else_by_the_time_they_are_read() throws Exception {
        fixture.file("d.md", "# D\nThe fourth.");
        fixture.ingest();
        Map<String, String> before = fixture.stored();
        Folder folder = Folder.list(fixture.documents);
        Files.delete(folder.documents().get("a.md"));
        Files.delete(folder.documents().get("c.txt"));
        Files.createDirectory(folder.documents().get("c.txt"));
        Path pipe = folder.documents().get("d.md");
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        fixture.file("sub/b.md", "# B\nThe second, rewritten.");

        IngestReport report = fixture.ingest(folder);

        assertThat(report.problems())
                .containsEntry("a.md", "it cannot be read (it is not there any more)")
                .containsEntry("c.txt", "it is not a file any more")
                .containsEntry("d.md", "it is not a file any more")
                .hasSize(3);
        assertThat(report)
                .extracting(IngestReport::changed, IngestReport::removed, IngestReport::unchanged)
                .containsExactly(1, 0, 0);
        assertThat(fixture.stored()).as("nothing is lost").hasSameSizeAs(before).containsValue("The first.");

        // and the next run sees that they are gone
        assertThat(fixture.ingest().removed()).isEqualTo(3);
        assertThat(fixture.stored().values()).containsExactly("The second, rewritten.");
    }

    @Test
    void should_keep_what_it_had_of_what_could_not_be_looked_at() {
        SortedMap<String, String> unreadable = new TreeMap<>(Map.of("sub", "why", "c.txt", "why"));
        Folder folder = new Folder(fixture.documents, new TreeMap<>(), 0, unreadable);

        assertThat(Stream.of("sub/b.md", "sub/deep/x.md", "c.txt")).allMatch(folder::mayHold);
        assertThat(Stream.of("submarine.md", "a.md", "c.txt.md")).noneMatch(folder::mayHold);
    }

    @Test
    void should_pass_over_pipes_and_take_a_folder_for_a_folder_whatever_its_name() throws Exception {
        Path pipe = fixture.documents.resolve("pipe.md");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        fixture.file("folder.md/100 % & \u4E2D\u6587 #1.md", "# E\nThe fifth.");

        assertThat(Folder.list(fixture.documents).documents().keySet())
                .containsExactly("a.md", "c.txt", "folder.md/100 % & \u4E2D\u6587 #1.md", "sub/b.md");
    }

    @Test
    void should_look_no_further_into_a_folder_when_it_is_stopped() throws IOException {
        assertThat(Folder.list(fixture.documents, () -> true).documents()).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "{}", "[]", "{\"pipeline\":\"test\",\"files\":{}}", "{\"a\":1}", "\u0000\u0000"})
    void should_say_of_a_catalog_that_is_none_how_to_mend_it(String content) throws IOException {
        fixture.ingest();
        fixture.file("../index/" + CatalogFile.NAME, content);

        assertThatThrownBy(fixture::ingest).isInstanceOf(UsageException.class).hasMessageContaining("--rebuild");
        assertThatThrownBy(fixture::stored).isInstanceOf(UsageException.class).hasMessageContaining("--rebuild");
        fixture.ingest(true);
        assertThat(fixture.stored()).hasSize(3);
    }
}
