package io.github.deepthink4j.samples.rag.index;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.document.Metadata;
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
import java.util.List;
import java.util.Map;
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

    private static final String COUNT = "SELECT count(*), coalesce(avg(cardinality(words)), 1) FROM %s";
    private static final String COUNT_OF_WORD = "SELECT word, (SELECT count(*) FROM %s WHERE words @> ARRAY[word])"
            + " FROM unnest(?::text[]) AS sought(word)";
    private static final String FIND = "SELECT words, text, metadata FROM"
            + " (SELECT id, words, (SELECT sum(weight) FROM unnest(?::text[], ?::float8[]) AS sought(word, weight)"
            + " WHERE words @> ARRAY[word]) AS weight FROM %s WHERE words && ?::text[]"
            + " ORDER BY weight DESC, id LIMIT " + CANDIDATES + ") found JOIN %s ON embedding_id = id";
    private static final String PUT =
            "INSERT INTO %s (id, words) VALUES (?, ?)" + " ON CONFLICT (id) DO UPDATE SET words = excluded.words";

    private final ObjectMapper json = new ObjectMapper();
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
            statement.execute("CREATE TABLE IF NOT EXISTS " + table + " (id uuid PRIMARY KEY, words text[] NOT NULL)");
            statement.execute("CREATE INDEX IF NOT EXISTS " + table + "_index ON " + table + " USING gin (words)");
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
            Map<String, Double> weights = new HashMap<>();
            double length = weigh(connection, words.of(question), weights);
            if (weights.isEmpty()) {
                return List.of();
            }
            List<Found> found = find(connection, weights, length);
            found.sort(Comparator.comparingDouble(Found::score).reversed());
            return found.stream().limit(max).map(Found::segment).toList();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** How much each word says, of those that are in a passage at all; the result is the length of a passage on average. */
    private double weigh(Connection connection, Collection<String> sought, Map<String, Double> weights)
            throws SQLException {
        try (Statement all = connection.createStatement();
                ResultSet counted = all.executeQuery(COUNT.formatted(table));
                PreparedStatement each = connection.prepareStatement(COUNT_OF_WORD.formatted(table))) {
            counted.next();
            double passagesInAll = counted.getDouble(1);
            each.setArray(1, connection.createArrayOf("text", sought.toArray()));
            try (ResultSet words = each.executeQuery()) {
                while (words.next()) {
                    double with = words.getDouble(2);
                    if (with > 0) {
                        weights.put(words.getString(1), Math.log1p((passagesInAll - with + 0.5) / (with + 0.5)));
                    }
                }
            }
            return counted.getDouble(2);
        }
    }

    private List<Found> find(Connection connection, Map<String, Double> weights, double averageLength)
            throws SQLException, IOException {
        List<String> sought = List.copyOf(weights.keySet());
        try (PreparedStatement find = connection.prepareStatement(FIND.formatted(table, passages))) {
            find.setArray(1, connection.createArrayOf("text", sought.toArray()));
            find.setArray(
                    2,
                    connection.createArrayOf(
                            "float8", sought.stream().map(weights::get).toArray()));
            find.setArray(3, connection.createArrayOf("text", sought.toArray()));
            List<Found> found = new ArrayList<>();
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    List<String> words =
                            Arrays.asList((String[]) rows.getArray(1).getArray());
                    found.add(new Found(
                            score(words, weights, averageLength), segment(rows.getString(2), rows.getString(3))));
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

    private TextSegment segment(String text, String metadata) throws IOException {
        JsonNode keys = json.readTree(metadata);
        return TextSegment.from(
                text,
                Metadata.from(Keys.FILE, keys.path(Keys.FILE).asText())
                        .put(Keys.HEADING, keys.path(Keys.HEADING).asText())
                        .put(Keys.VERSION, keys.path(Keys.VERSION).asText())
                        .put(Keys.POSITION, keys.path(Keys.POSITION).asInt()));
    }
}
