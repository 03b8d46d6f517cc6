package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same against a PostgreSQL with pgvector, where RAG_TEST_STORE says where one is. */
class PgVectorTest {

    private static final String STORE = DatabaseFixture.STORE;
    private static final int FILES = 120;

    @TempDir
    private Path root;

    private IndexFixture fixture;

    @BeforeEach
    void begin() throws IOException {
        fixture = DatabaseFixture.begin(root, Map.of());
    }

    @Test
    void should_touch_only_what_has_changed() throws IOException {
        fixture.file("a.md", "# A\nThe first.");
        fixture.file("it's; drop table rag_passages.md", "# B'\nThe \"second\".");
        assertThat(fixture.ingest().added()).isEqualTo(2);
        fixture.embedded = 0;
        assertThat(fixture.ingest().unchanged()).isEqualTo(2);
        assertThat(fixture.embedded).isZero();

        fixture.file("a.md", "# A\nThe first, rewritten.");
        Files.delete(fixture.documents.resolve("it's; drop table rag_passages.md"));
        IngestReport report = fixture.ingest();

        assertThat(report)
                .extracting(IngestReport::changed, IngestReport::removed)
                .containsExactly(1, 1);
        assertThat(fixture.stored().values()).containsExactly("The first, rewritten.");
        assertThat(fixture.withWords("rewritten second")).containsExactly("The first, rewritten.");
    }

    @Test
    void should_find_the_same_passages_as_the_file_does() {
        Run inFile = SampleCorpus.run(
                Map.of(), "", "evaluate", "--index", SampleCorpus.index().toString());
        String index = root.resolve("corpus").toString();
        Run ingest = SampleCorpus.run(
                System.getenv(), "", "ingest", "--store", STORE, "--index", index, SampleCorpus.FOLDER.toString());

        // An index of its own for asking: any machine may ask that can reach the database.
        Run inDatabase = SampleCorpus.run(
                Map.of("PGPASSWORD", System.getenv().getOrDefault("PGPASSWORD", "")),
                "",
                "evaluate",
                "--store",
                STORE,
                "--index",
                root.resolve("none").toString());

        System.out.println(inDatabase.output());
        assertThat(ingest.output()).contains("24 added");
        assertThat(figures(inDatabase.output()))
                .isEqualTo(figures(inFile.output()))
                .contains("recall@5");
    }

    private static String figures(String output) {
        Matcher matcher = Pattern.compile("Retrieval: (?s:.*?)\nThreshold .*\n").matcher(output);
        return matcher.find() ? matcher.group() : "none in " + output;
    }

    @Test
    void should_clear_away_what_a_killed_run_has_left() throws Exception {
        // given
        for (int i = 0; i < FILES; i++) {
            fixture.file("file" + i + ".md", "# File " + i + "\nWhat it says is " + i + ".");
        }

        // when it is killed after it has announced a second batch of files
        IngestProcess ingest = IngestProcess.start(root, fixture.directory, fixture.documents, "--store", STORE);
        ingest.await(catalog -> catalog.files().size() > 20);
        Thread.sleep(50);
        ingest.kill();

        // then each passage in the store is known, as sure or as pending
        Catalog catalog = fixture.catalog();
        long pending = catalog.files().values().stream()
                .filter(file -> !file.pending().isEmpty())
                .count();
        System.out.println("killed with " + catalog.files().size() + " of " + FILES + " files known, " + pending
                + " of them pending");
        assertThat(IndexFixture.stored(fixture.stores.database().embeddings()).keySet())
                .isSubsetOf(catalog.files().entrySet().stream()
                        .flatMap(file -> file.getValue().versions().stream()
                                .flatMap(version -> version.passageIds(file.getKey()).stream()))
                        .toList());

        // and vectors and words are of the same passages
        assertThat(DatabaseFixture.torn()).isEmpty();

        // and the next run gives what a run in one go would
        Files.delete(fixture.documents.resolve("file0.md"));
        Run run = SampleCorpus.run(
                System.getenv(),
                "",
                "ingest",
                "--store",
                STORE,
                "--index",
                fixture.directory.toString(),
                fixture.documents.toString());
        assertThat(run.output()).contains("The index holds " + (FILES - 1) + " files in " + (FILES - 1) + " passages");
        assertThat(IndexFixture.stored(fixture.stores.database().embeddings()).values())
                .hasSize(FILES - 1)
                .doesNotContain("What it says is 0.")
                .contains("What it says is 1.", "What it says is " + (FILES - 1) + ".");
    }
}
