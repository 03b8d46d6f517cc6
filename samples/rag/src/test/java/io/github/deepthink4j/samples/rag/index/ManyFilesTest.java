package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.ManyFiles;
import io.github.deepthink4j.samples.rag.OnlyThorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More files than fit into memory as vectors would, were they kept there: it is Lucene's files that hold them. */
@OnlyThorough
class ManyFilesTest {

    private static final int FILES = 3_000;

    @TempDir
    private Path root;

    @Test
    void should_ingest_thousands_of_files_a_few_at_a_time_and_know_them_all_the_next_time() throws Exception {
        IndexFixture fixture = new IndexFixture(root);
        ManyFiles.write(fixture.documents, FILES);
        int[] pieces = {0};
        fixture.beforeEmbedding = () -> pieces[0]++;

        IngestReport report = fixture.ingest();

        assertThat(report.added()).isEqualTo(FILES);
        assertThat(pieces[0]).as("small files together").isLessThanOrEqualTo(fixture.embedded / Ingest.PIECE + 1);
        assertThat(fixture.catalog().passageCount()).isEqualTo(fixture.embedded);
        try (Stream<Path> files = Files.walk(fixture.directory)) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
            assertThat(bytes / fixture.embedded).as("bytes for a passage").isLessThan(6_000);
        }
        fixture.embedded = 0;
        assertThat(fixture.ingest().unchanged()).isEqualTo(FILES);
        assertThat(fixture.embedded).isZero();
    }
}
