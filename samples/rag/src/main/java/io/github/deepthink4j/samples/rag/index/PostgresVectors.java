package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.CosineSimilarity;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.RelevanceScore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The vectors in a database, to be searched. A question of one model goes to the index of its stretch, where there is one; how near a
 * passage is, is computed here from all digits, so that a threshold means the same with the index as without. Everything else is
 * LangChain4j's: with a filter each passage that it lets through is compared.
 */
final class PostgresVectors extends SearchedOnly {

    private final Transactions database;
    private final String table;
    private final int dimension;
    private final EmbeddingStore<TextSegment> whole;
    private final PgVectorVersion version;
    private final HnswSettings settings;

    PostgresVectors(
            Transactions database,
            String table,
            int dimension,
            EmbeddingStore<TextSegment> whole,
            PgVectorVersion version,
            HnswSettings settings) {
        this.database = database;
        this.table = table;
        this.dimension = dimension;
        this.whole = whole;
        this.version = version;
        this.settings = settings;
    }

    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
        Optional<Stretch> stretch = Stretch.holding(request.queryEmbedding(), Stretch.of(dimension));
        if (stretch.isEmpty()
                || request.filter() != null
                || request.maxResults() > HnswSettings.MOST
                || !version.hasStretches()) {
            return whole.search(request);
        }
        try {
            List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
            database.run(connection -> matches.addAll(nearest(connection, stretch.get(), request)));
            matches.sort(Comparator.<EmbeddingMatch<TextSegment>>comparingDouble(EmbeddingMatch::score)
                    .reversed());
            return new EmbeddingSearchResult<>(matches);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<EmbeddingMatch<TextSegment>> nearest(
            Connection connection, Stretch stretch, EmbeddingSearchRequest request) throws SQLException, IOException {
        choose(connection, request.maxResults());
        List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
        try (PreparedStatement find = connection.prepareStatement(sql(stretch))) {
            find.setString(1, stretch.literal(request.queryEmbedding()));
            find.setInt(2, request.maxResults());
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    Embedding passage = stretch.embedding(rows.getString(2), dimension);
                    double score = RelevanceScore.fromCosineSimilarity(
                            CosineSimilarity.between(request.queryEmbedding(), passage));
                    // One that has nothing in this language is as far as can be, and in no index.
                    boolean isInLanguage =
                            Stretch.holding(passage, List.of(stretch)).isPresent();
                    if (isInLanguage && score >= request.minScore()) {
                        matches.add(new EmbeddingMatch<>(
                                score,
                                rows.getString(1),
                                passage,
                                StoredPassage.of(rows.getString(3), rows.getString(4))));
                    }
                }
            }
        }
        return matches;
    }

    String sql(Stretch stretch) {
        return "SELECT embedding_id, " + stretch.column() + ", text, metadata FROM " + table + " ORDER BY "
                + stretch.indexed() + " <=> ?::halfvec(" + stretch.dimension() + ") LIMIT ?";
    }

    /** For this transaction alone: behind a pooler another one may be next on the same session. */
    void choose(Connection connection, int wanted) throws SQLException {
        // Compiling the query takes longer than running it.
        String settings =
                "SET LOCAL jit = off; SET LOCAL hnsw.ef_search = " + Math.max(this.settings.efSearch(), wanted);
        if (version.goesOn()) {
            // What has been removed and not yet cleared away is not counted among those that are looked at.
            settings += "; SET LOCAL hnsw.iterative_scan = relaxed_order";
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(settings);
        }
    }
}
