package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.pgvector.PgVectorEmbeddingStore;
import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which store the passages are in.
 *
 * @param address empty for a file in the index
 */
public record Stores(String address, int dimension, Map<String, String> environment) {

    static final String PASSWORD_NOT_SET = "none";

    public boolean isFile() {
        return address.isBlank();
    }

    String name() {
        return isFile()
                ? FileStore.NAME
                : StoreAddress.parse(address, environment).name();
    }

    PassageStore open(Path directory, Catalog catalog) throws IOException {
        return isFile() ? FileStore.open(directory, catalog) : new DatabaseStore(name(), database());
    }

    /** The one line to change for another store of LangChain4j's. */
    EmbeddingStore<TextSegment> database() {
        StoreAddress at = StoreAddress.parse(address, environment);
        try {
            return PgVectorEmbeddingStore.builder()
                    .host(at.host())
                    .port(at.port())
                    .database(at.database())
                    .user(at.user())
                    .password(at.password().isEmpty() ? PASSWORD_NOT_SET : at.password())
                    .table(at.table())
                    .dimension(dimension)
                    .build();
        } catch (RuntimeException e) {
            throw new UsageException("The store " + at.name() + " cannot be used: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString());
    }
}
