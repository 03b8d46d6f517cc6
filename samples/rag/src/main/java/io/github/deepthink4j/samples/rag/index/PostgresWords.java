package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The words beside the passages in the database: all words of a passage as an array, repeats included, under an index that finds the
 * passages that a word is in. PostgreSQL's own ranking does not know that a rare word says more than a common one, so it is Okapi's
 * BM25, as Lucene has it.
 */
final class PostgresWords implements WordSearch {

    private static final double K1 = 1.2;
    private static final double B = 0.75;

    /** So many passages with the rarest words are ranked to the end. */
    private static final int CANDIDATES = 300;

    /**
     * Through so many passages those with the rarest words are sought, and the more frequent words of the question only tell their
     * order: a word that is in every third of many passages says little, and would take most of the time. Of a few thousand all words
     * are sought.
     */
    private static final int LOOKED_AT = 10_000;

    /** So many passages tell how long one is on average. */
    private static final int SAMPLE = 2000;

    private static final String COUNT = "SELECT count(*), coalesce(avg(cardinality(words)), 1) FROM %s";

    private static final String ROWS = "SELECT reltuples FROM pg_class WHERE oid = ?::regclass";

    /** The same table gives the same one each time. */
    private static final String SAMPLED_LENGTH =
            "SELECT coalesce(avg(cardinality(words)), 1) FROM %s TABLESAMPLE SYSTEM (%s) REPEATABLE (1)";

    /** How frequent the most frequent words of a large table are, as PostgreSQL has counted for its own plans. */
    private static final String SHARES =
            "SELECT word, share FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                    + " JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = 'words',"
                    + " unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS known(word, share)"
                    + " WHERE c.oid = ?::regclass AND word = ANY (?)";

    private static final String COUNT_OF_WORD =
            "SELECT word, (SELECT count(*) FROM (SELECT 1 FROM %s WHERE words @> ARRAY[word] LIMIT " + LOOKED_AT
                    + ") AS few) FROM unnest(?::text[]) AS sought(word)";

    private static final String FIND = "SELECT words, text, metadata FROM"
            + " (SELECT id, sum(weight) AS weight FROM unnest(?::text[], ?::float8[]) AS sought(word, weight)"
            + " CROSS JOIN LATERAL (SELECT id FROM %1$s WHERE words @> ARRAY[word] LIMIT " + LOOKED_AT + ") with_it"
            + " GROUP BY id ORDER BY weight DESC, id LIMIT " + CANDIDATES + ") found"
            + " JOIN %1$s USING (id) JOIN %2$s ON embedding_id = id ORDER BY id";

    private static final String PUT =
            "INSERT INTO %s (id, words) VALUES (?, ?)" + " ON CONFLICT (id) DO UPDATE SET words = excluded.words";

    private final DataSource database;
    private final String passages;
    private final String table;

    /** @param passages the table with the passages */
    PostgresWords(DataSource database, String passages) throws SQLException {
        this.database = database;
        this.passages = passages;
        this.table = passages + "_words";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS " + table + " (id uuid PRIMARY KEY, words text[] NOT NULL)");
                statement.execute("CREATE INDEX IF NOT EXISTS " + table + "_index ON " + table
                        + " USING gin (words) WITH (fastupdate = off)");
            }
        }
    }

    /**
     * Of a table that an earlier version of this program has made: what is put in goes into the index at once and not onto a list
     * first, of which a question would read all for each of its words.
     */
    void upToDate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet former = statement.executeQuery("SELECT 1 FROM pg_class WHERE oid = to_regclass('" + table
                        + "_index') AND NOT coalesce('fastupdate=off' = ANY (reloptions), false)")) {
            if (former.next()) {
                statement.execute("ALTER INDEX " + table + "_index SET (fastupdate = off)");
                statement.execute("SELECT gin_clean_pending_list('" + table + "_index')");
            }
        }
    }

    /** An index that may be made waits for whoever writes the table, even if there is one: so a reader would wait for an ingest. */
    private boolean exists(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT to_regclass('" + table + "_index') IS NOT NULL")) {
            found.next();
            return found.getBoolean(1);
        }
    }

    void add(List<String> ids, List<TextSegment> segments) throws IOException {
        try (PassageWords words = new PassageWords();
                Connection connection = database.getConnection();
                PreparedStatement put = connection.prepareStatement(PUT.formatted(table))) {
            for (int i = 0; i < ids.size(); i++) {
                TextSegment segment = segments.get(i);
                List<String> all = words.all(
                        segment.metadata().getString(Keys.HEADING) + "\n" + segment.text(), Integer.MAX_VALUE);
                put.setObject(1, UUID.fromString(ids.get(i)));
                put.setArray(2, connection.createArrayOf("text", all.toArray()));
                put.addBatch();
            }
            put.executeBatch();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    void remove(Collection<String> ids) throws IOException {
        try (Connection connection = database.getConnection();
                PreparedStatement remove =
                        connection.prepareStatement("DELETE FROM " + table + " WHERE id = ANY (?)")) {
            remove.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", ids.stream().map(UUID::fromString).toArray()));
            remove.executeUpdate();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    void removeAll() throws IOException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE " + table);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** A change lasts as soon as it is made. */
    @Override
    public void close() {}

    private record Found(double score, TextSegment segment) {}

    @Override
    public List<TextSegment> search(String question, int max) throws IOException {
        try (PassageWords words = new PassageWords();
                Connection connection = database.getConnection()) {
            Map<String, Double> counts = new HashMap<>();
            Size size = count(connection, words.of(question), counts);
            if (counts.isEmpty()) {
                return List.of();
            }
            Map<String, Double> weights = new HashMap<>();
            counts.forEach(
                    (word, with) -> weights.put(word, Math.log1p((size.passages() - with + 0.5) / (with + 0.5))));
            List<Found> found = find(connection, rarest(counts), weights, size.averageLength());
            found.sort(Comparator.comparingDouble(Found::score).reversed());
            return found.stream().limit(max).map(Found::segment).toList();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private record Size(double passages, double averageLength) {}

    /** In how many passages each word is, of those that are in one at all. */
    private Size count(Connection connection, Collection<String> sought, Map<String, Double> counts)
            throws SQLException {
        Size size = size(connection);
        Set<String> rest = new LinkedHashSet<>(sought);
        if (size.passages() >= LOOKED_AT) {
            shares(connection, sought).forEach((word, share) -> {
                rest.remove(word);
                counts.put(word, Math.min(size.passages(), Math.max(1, share * size.passages())));
            });
        }
        try (PreparedStatement each = connection.prepareStatement(COUNT_OF_WORD.formatted(table))) {
            each.setArray(1, connection.createArrayOf("text", rest.toArray()));
            try (ResultSet words = each.executeQuery()) {
                while (words.next()) {
                    if (words.getDouble(2) > 0) {
                        counts.put(words.getString(1), words.getDouble(2));
                    }
                }
            }
        }
        return size;
    }

    private Size size(Connection connection) throws SQLException {
        double rows = known(connection);
        String sql = rows < LOOKED_AT
                ? COUNT.formatted(table)
                : "SELECT " + rows + ", (" + SAMPLED_LENGTH.formatted(table, 100.0 * SAMPLE / rows) + ")";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Size(row.getDouble(1), row.getDouble(2));
        }
    }

    /** How many rows there were when PostgreSQL counted last. */
    private double known(Connection connection) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(ROWS)) {
            find.setString(1, table);
            try (ResultSet row = find.executeQuery()) {
                row.next();
                return row.getDouble(1);
            }
        }
    }

    private Map<String, Double> shares(Connection connection, Collection<String> sought) throws SQLException {
        Map<String, Double> shares = new HashMap<>();
        try (PreparedStatement find = connection.prepareStatement(SHARES)) {
            find.setString(1, table);
            find.setArray(2, connection.createArrayOf("text", sought.toArray()));
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    shares.put(rows.getString(1), rows.getDouble(2));
                }
            }
        }
        return shares;
    }

    /** The rarest one in any case. */
    private static List<String> rarest(Map<String, Double> counts) {
        List<String> rarest = new ArrayList<>();
        double all = 0;
        for (Map.Entry<String, Double> word : counts.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .toList()) {
            all += word.getValue();
            if (all > LOOKED_AT && !rarest.isEmpty()) {
                break;
            }
            rarest.add(word.getKey());
        }
        return rarest;
    }

    private List<Found> find(
            Connection connection, List<String> sought, Map<String, Double> weights, double averageLength)
            throws SQLException, IOException {
        try (PreparedStatement find = connection.prepareStatement(FIND.formatted(table, passages))) {
            find.setArray(1, connection.createArrayOf("text", sought.toArray()));
            find.setArray(
                    2,
                    connection.createArrayOf(
                            "float8", sought.stream().map(weights::get).toArray()));
            List<Found> found = new ArrayList<>();
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    List<String> words =
                            Arrays.asList((String[]) rows.getArray(1).getArray());
                    found.add(new Found(
                            score(words, weights, averageLength),
                            StoredPassage.of(rows.getString(2), rows.getString(3))));
                }
            }
            return found;
        }
    }

    private static double score(List<String> words, Map<String, Double> weights, double averageLength) {
        double norm = K1 * (1 - B + B * words.size() / averageLength);
        return weights.entrySet().stream()
                .mapToDouble(word -> {
                    int times = Collections.frequency(words, word.getKey());
                    return word.getValue() * times / (times + norm);
                })
                .sum();
    }
}
