package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.index.Stores;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the index is. */
final class IndexOptions {

    /** Passages made in another way do not fit together: a change of any part of it makes the index anew. */
    static final String PIPELINE =
            "5, " + LocalEmbeddings.model().name() + ", words, " + DocumentSplitting.MAX_TOKENS + " tokens";

    @Option(
            names = "--index",
            paramLabel = "FOLDER",
            defaultValue = ".rag-index",
            description = "where the index is kept (default: ${DEFAULT-VALUE})")
    Path directory;

    @Option(
            names = "--store",
            paramLabel = "URL",
            description = {
                "keep the passages in PostgreSQL with pgvector: jdbc:postgresql://host:5432/database?user=name",
                "(default: $RAG_STORE, else a file in the index; the password is taken from $PGPASSWORD)"
            })
    String store;

    Stores stores(Map<String, String> environment) {
        String address = store == null ? environment.getOrDefault("RAG_STORE", "") : store;
        return new Stores(address, LocalEmbeddings.model().dimension(), environment);
    }
}
