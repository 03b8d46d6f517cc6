package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The indexes over the passages' table that an ingest makes when it is done: over rows that are all there, that takes a small part of
 * the time. Until then, and of fewer passages, each is looked at.
 */
final class PostgresIndexes {

    /** pgvector indexes no more numbers than that. */
    private static final int MOST_NUMBERS = 4000;

    /** What a passage takes beside its numbers while an index is made, at most. */
    private static final int BYTES_BESIDE = 600;

    private static final int SMALLEST_MEMORY = 64 << 10;
    private static final int LARGEST_MEMORY = 1 << 20;

    private static final String THOSE_OF_VECTORS = "SELECT c.relname, i.indisvalid, array_to_string(c.reloptions, ','),"
            + " pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam"
            + " WHERE i.indrelid = ?::regclass AND a.amname IN ('hnsw', 'ivfflat') ORDER BY c.relname";

    private final Transactions database;
    private final String table;
    private final int dimension;
    private final PgVectorVersion version;
    private final HnswSettings settings;

    PostgresIndexes(
            Transactions database, String table, int dimension, PgVectorVersion version, HnswSettings settings) {
        this.database = database;
        this.table = table;
        this.dimension = dimension;
        this.version = version;
        this.settings = settings;
    }

    PgVectorVersion version() {
        return version;
    }

    private record Existing(String name, boolean isValid, String options, String definition) {

        boolean isOf(Stretch stretch) {
            return definition.contains("hnsw") && definition.contains(stretch.column());
        }
    }

    /** Makes what is missing; what there is to say of it is the result. */
    List<String> finish(BooleanSupplier stop) throws IOException {
        List<String> notes = new ArrayList<>();
        long[] passages = new long[1];
        database.run(connection -> passages[0] = count(connection));
        database.run(connection -> run(
                connection,
                "CREATE INDEX IF NOT EXISTS " + table + "_version ON " + table + " ((metadata->>'version'))"));
        database.run(connection -> notes.addAll(unused(existing(connection))));
        if (passages[0] >= settings.from()) {
            if (!version.hasStretches() || dimension > MOST_NUMBERS) {
                notes.add(noIndex());
            } else {
                for (Stretch stretch : Stretch.of(dimension)) {
                    if (!stop.getAsBoolean()) {
                        database.run(connection ->
                                make(connection, stretch, passages[0], stop).ifPresent(notes::add));
                    }
                }
            }
        }
        if (!stop.getAsBoolean()) {
            // What a question is planned by, and how frequent words are known from.
            database.run(connection -> run(connection, "ANALYZE " + table + ", " + table + "_words"));
        }
        return notes;
    }

    private long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<Existing> existing(Connection connection) throws SQLException {
        List<Existing> existing = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(THOSE_OF_VECTORS)) {
            find.setString(1, table);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    String options = rows.getString(3);
                    existing.add(new Existing(
                            rows.getString(1), rows.getBoolean(2), options == null ? "" : options, rows.getString(4)));
                }
            }
        }
        return existing;
    }

    /** Those that somebody else has made. */
    private List<String> unused(List<Existing> existing) {
        return existing.stream()
                .filter(index -> Stretch.of(dimension).stream().noneMatch(index::isOf))
                .map(index -> Words.of(
                        "The database has an index " + index.name()
                                + " over the vectors that no question here uses, and"
                                + " that makes ingest slower. To be rid of it: DROP INDEX " + index.name(),
                        "数据库里有一个向量索引 " + index.name() + "，这里的提问都用不到它，它只会拖慢 ingest。要去掉它：DROP INDEX " + index.name()))
                .toList();
    }

    private String noIndex() {
        return version.hasStretches()
                ? Words.of(
                        "Vectors of more than " + MOST_NUMBERS
                                + " numbers cannot be indexed: each is compared with a question.",
                        "超过 " + MOST_NUMBERS + " 维的向量无法建索引：每次提问都要逐一比较。")
                : Words.of(
                        "pgvector " + version.name()
                                + " in the database cannot index these vectors: each is compared with a"
                                + " question. It can from 0.7 on: install that, and ALTER EXTENSION vector UPDATE.",
                        "数据库里的 pgvector " + version.name()
                                + " 无法为这些向量建索引：每次提问都要逐一比较。0.7 起可以：请安装新版并执行 ALTER EXTENSION vector UPDATE。");
    }

    private Optional<String> make(Connection connection, Stretch stretch, long passages, BooleanSupplier stop)
            throws SQLException {
        // Of two ingests into one database the second finds what the first one has made.
        run(connection, "SELECT pg_advisory_xact_lock(hashtext('" + table + "'))");
        String options = "m=" + settings.m() + ",ef_construction=" + settings.efConstruction();
        Optional<Existing> found = existing(connection).stream()
                .filter(index -> index.isOf(stretch))
                .findFirst();
        if (found.isPresent() && found.get().isValid()) {
            return sameOptions(found.get().options(), options)
                    ? Optional.empty()
                    : Optional.of(Words.of(
                            "The index " + found.get().name() + " was made with "
                                    + found.get().options()
                                    + " and stays so. With " + options
                                    + " it is made by ingest --rebuild, or after DROP INDEX "
                                    + found.get().name(),
                            "索引 " + found.get().name() + " 是用 " + found.get().options() + " 建立的，保持不变。要改用 " + options
                                    + "，请运行 ingest --rebuild，或先执行 DROP INDEX "
                                    + found.get().name()));
        }
        if (found.isPresent()) {
            // A CREATE INDEX CONCURRENTLY of somebody's that has failed.
            run(connection, "DROP INDEX " + found.get().name());
        }
        long wanted = passages * (stretch.dimension() * 2L + settings.m() * 16L + BYTES_BESIDE) / 1024;
        raiseMemory(connection, Math.max(SMALLEST_MEMORY, Math.min(LARGEST_MEMORY, wanted)));
        String sql = "CREATE INDEX " + table + "_hnsw_" + (stretch.from() + 1) + " ON " + table + " USING hnsw ("
                + stretch.indexed() + " halfvec_cosine_ops) WITH (m = " + settings.m() + ", ef_construction = "
                + settings.efConstruction() + ")";
        return new Stoppable(stop).execute(connection, sql)
                ? Optional.empty()
                : Optional.of(Words.of(
                        "The index of the vectors was not made to its end; the next ingest makes it.",
                        "向量索引没有建完；下一次 ingest 会建立。"));
    }

    private static boolean sameOptions(String some, String others) {
        return Arrays.asList(some.split(",")).containsAll(Arrays.asList(others.split(",")));
    }

    /** In memory it is made many times as fast; what the server is set to may be more. */
    private static void raiseMemory(Connection connection, long kilobytes) throws SQLException {
        run(
                connection,
                "SELECT set_config('maintenance_work_mem', greatest((SELECT setting::bigint FROM pg_settings"
                        + " WHERE name = 'maintenance_work_mem'), " + kilobytes + ") || 'kB', true)");
    }

    /** Those of vectors that are this program's. */
    void drop(Connection connection) throws SQLException {
        for (Existing index : existing(connection)) {
            if (Stretch.of(dimension).stream().anyMatch(index::isOf)) {
                run(connection, "DROP INDEX IF EXISTS " + index.name());
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
