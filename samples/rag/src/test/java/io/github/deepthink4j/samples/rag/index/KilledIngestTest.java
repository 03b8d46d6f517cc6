package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.OnlyThorough;
import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed in the middle of its work, which leaves it no time for anything. */
@OnlyThorough
class KilledIngestTest {

    private static final int FILES = 400;
    private static final int KILLS = 2;

    @TempDir
    private Path root;

    private final Stores stores = new Stores("", LocalEmbeddings.model().dimension(), Map.of());

    @Test
    void should_leave_the_index_whole_and_go_on_where_it_was_killed() throws Exception {
        // given
        long seed = System.nanoTime();
        System.out.println("kills are timed by seed " + seed);
        Random random = new Random(seed);
        Path documents = Files.createDirectories(root.resolve("documents"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(documents.resolve("file" + i + ".md"), "# File " + i + "\nWhat it says is " + i + ".");
        }
        Path index = root.resolve("index");

        // when
        int known = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            int before = known;
            IngestProcess ingest = IngestProcess.start(root, index, documents);
            ingest.await(catalog -> catalog.files().size() > before);
            Thread.sleep(random.nextInt(400));
            ingest.kill();

            // then what the catalog says is there is there, and nothing else
            Catalog catalog = CatalogFile.read(index).orElseThrow();
            assertThat(catalog.files().size()).isGreaterThan(known).isLessThan(FILES);
            assertThat(stored(index, catalog).keySet())
                    .containsExactlyInAnyOrderElementsOf(catalog.files().entrySet().stream()
                            .flatMap(file -> file.getValue().current().passageIds(file.getKey()).stream())
                            .toList());
            known = catalog.files().size();
            System.out.println("killed with " + known + " of " + FILES + " files in the index");
        }

        // and the next run does the rest only
        SampleCorpus.Run run =
                SampleCorpus.run(Map.of(), "", "ingest", "--index", index.toString(), documents.toString());
        assertThat(run.output()).contains((FILES - known) + " added, 0 changed, 0 removed, " + known + " unchanged");
        assertThat(stored(index, CatalogFile.read(index).orElseThrow()).values())
                .hasSize(FILES)
                .contains("What it says is 0.", "What it says is " + (FILES - 1) + ".");
    }

    private Map<String, String> stored(Path index, Catalog catalog) throws IOException {
        try (Passages passages = Index.passages(index, stores, catalog.pipeline())) {
            Map<String, String> stored = IndexFixture.stored(passages.embeddings());
            assertThat(passages.words().search("what it says is", 10 * FILES))
                    .extracting(TextSegment::text)
                    .containsExactlyInAnyOrderElementsOf(stored.values());
            return stored;
        }
    }
}
