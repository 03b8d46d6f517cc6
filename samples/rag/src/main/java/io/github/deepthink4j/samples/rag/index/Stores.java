package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.pgvector.PgVectorEmbeddingStore;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Which store the passages are in.
 *
 * @param address     of a PostgreSQL, for JDBC; empty for a file in the index
 * @param dimension   of the embeddings
 * @param environment where the password is
 */
public record Stores(String address, int dimension, Map<String, String> environment) {

    private static final String TABLE = "rag_passages_";

    boolean isFile() {
        return address.isBlank();
    }

    String name() {
        return isFile() ? FileStore.NAME : Database.at(address, environment).name();
    }

    PassageStore open(Path directory, Catalog catalog) throws IOException {
        return isFile() ? FileStore.open(directory, catalog) : database();
    }

    /** The passages in the database, to be searched. */
    Passages search() {
        DatabaseStore store = database();
        HnswSettings settings = HnswSettings.from(environment);
        return new Passages(
                new PostgresVectors(
                        store.database().dataSource(),
                        table(),
                        dimension,
                        store.embeddings(),
                        store.indexes().version(),
                        settings),
                store.words());
    }

    DatabaseStore database() {
        Database database = Database.at(address, environment);
        HnswSettings settings = HnswSettings.from(environment);
        try {
            EmbeddingStore<TextSegment> embeddings = embeddingStore(database);
            PostgresWords words = new PostgresWords(database.dataSource(), table());
            PgVectorVersion version = version(database);
            return new DatabaseStore(
                    database,
                    embeddings,
                    words,
                    new PostgresIndexes(database.dataSource(), table(), dimension, version, settings));
        } catch (RuntimeException | SQLException e) {
            throw new UsageException(
                    Words.of(
                            "The store " + database.name() + " cannot be used: " + rootMessage(e),
                            "无法使用存储 " + database.name() + "，数据库驱动的原话：“" + rootMessage(e) + "”"),
                    e);
        }
    }

    private static PgVectorVersion version(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return PgVectorVersion.of(connection);
        }
    }

    /** Embeddings of another length do not fit into the table of an earlier version of this program. */
    private String table() {
        return TABLE + dimension;
    }

    /** What to change for another store of LangChain4j's. */
    private EmbeddingStore<TextSegment> embeddingStore(Database database) {
        return PgVectorEmbeddingStore.datasourceBuilder()
                .datasource(database.dataSource())
                .table(table())
                .dimension(dimension)
                .build();
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    }
}
