package io.github.deepthink4j.samples.rag.index;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The PostgreSQL with pgvector that RAG_TEST_STORE says. It must be there for tests alone: its passages are deleted.
 */
final class DatabaseFixture {

    static final String STORE = System.getenv().getOrDefault("RAG_TEST_STORE", "");

    private DatabaseFixture() {}

    /** An index in it with nothing in it yet. */
    static IndexFixture begin(Path root, Map<String, String> settings) throws IOException {
        assumeTrue(!STORE.isBlank(), "skipped: RAG_TEST_STORE names no PostgreSQL with pgvector");
        IndexFixture fixture = new IndexFixture(root);
        fixture.stores = stores(settings);
        fixture.stores.database().removeAll();
        return fixture;
    }

    static Stores stores(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(settings);
        return new Stores(STORE, LocalEmbeddings.model().dimension(), environment);
    }

    /** PGlite has one session for all connections: what one does others see and wait for. */
    static boolean hasSessionsOfTheirOwn() {
        return !STORE.contains("prepareThreshold=0");
    }

    static void assumeSessionsOfTheirOwn() {
        assumeTrue(hasSessionsOfTheirOwn(), "skipped: PGlite has one session for all connections");
    }

    static void execute(String sql) throws SQLException {
        try (Connection connection =
                        Database.at(STORE, System.getenv()).dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column. */
    static List<String> query(String sql) throws SQLException {
        try (Connection connection =
                        Database.at(STORE, System.getenv()).dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    /** Of the vectors, by their names. */
    static List<String> hnswIndexes() throws SQLException {
        return query("SELECT indexname FROM pg_indexes WHERE tablename = 'rag_passages_896'"
                + " AND indexdef LIKE '%hnsw%' ORDER BY indexname");
    }

    /** Ids that are in one of the two tables alone. */
    static List<String> torn() throws SQLException {
        return query("SELECT coalesce(embedding_id, id) FROM rag_passages_896 FULL JOIN rag_passages_896_words"
                + " ON embedding_id = id WHERE embedding_id IS NULL OR id IS NULL");
    }
}
