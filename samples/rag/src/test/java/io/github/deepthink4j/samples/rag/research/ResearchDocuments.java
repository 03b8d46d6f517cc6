package io.github.deepthink4j.samples.rag.research;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The documents about ferries, ingested once for all tests that only read them. */
public final class ResearchDocuments {

    public static final Path FOLDER = Path.of("evaluation/research");

    private static Path index;

    private ResearchDocuments() {}

    public static synchronized Path index() {
        if (index == null) {
            try {
                Path made = Files.createTempDirectory("rag-research").resolve("index");
                SampleCorpus.Run run =
                        SampleCorpus.run(Map.of(), "", "ingest", "--index", made.toString(), FOLDER.toString());
                if (run.exitCode() != 0) {
                    throw new IllegalStateException(run.output());
                }
                index = made;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return index;
    }
}
