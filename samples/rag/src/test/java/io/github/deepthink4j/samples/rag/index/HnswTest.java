package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import io.github.deepthink4j.samples.rag.index.SyntheticPassages.Document;
import io.github.deepthink4j.samples.rag.index.SyntheticPassages.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The approximate index, on the PostgreSQL of RAG_TEST_STORE. */
class HnswTest {

    private static final Map<String, String> AT_ONCE = Map.of("RAG_HNSW_FROM", "0");
    private static final List<String> BOTH = List.of("rag_passages_896_hnsw_1", "rag_passages_896_hnsw_385");

    @TempDir
    private Path root;

    @Test
    void should_find_nearly_all_that_an_exact_search_does() throws Exception {
        DatabaseFixture.begin(root, AT_ONCE);
        ScaleMeasurement measurement = new ScaleMeasurement(
                DatabaseFixture.STORE,
                3_000,
                60,
                DatabaseFixture.stores(AT_ONCE).environment(),
                System.out::println);

        measurement.load();

        assertThat(DatabaseFixture.hnswIndexes()).isEqualTo(BOTH);
        assertThat(measurement.recall(Map.of(), DatabaseFixture.STORE)).isGreaterThan(0.97);
        assertThat(measurement.recall(Map.of("RAG_HNSW_EF_SEARCH", "1000"), DatabaseFixture.STORE))
                .isGreaterThan(0.99);
        assertThat(measurement.ask(DatabaseFixture.STORE, 1, false)).isGreaterThan(0.9);
        if (DatabaseFixture.hasSessionsOfTheirOwn()) {
            assertThat(measurement.ask(DatabaseFixture.STORE, 2, true)).isGreaterThan(0.9);
        }
    }

    @Test
    void should_make_no_index_of_few_passages() throws Exception {
        IndexFixture fixture = DatabaseFixture.begin(root, Map.of());
        fixture.file("a.md", "# A\nThe first.");

        fixture.ingest();

        assertThat(DatabaseFixture.hnswIndexes()).isEmpty();
    }

    @Test
    void should_index_what_an_earlier_version_has_put_in() throws Exception {
        // given
        IndexFixture fixture = DatabaseFixture.begin(root, Map.of());
        fixture.file("a.md", "# A\nThe first.");
        fixture.file("b.md", "# B\nThe second.");
        fixture.ingest();
        DatabaseFixture.execute("DROP INDEX rag_passages_896_version");
        DatabaseFixture.execute("ALTER INDEX rag_passages_896_words_index RESET (fastupdate)");
        fixture.embedded = 0;

        // when nothing has changed
        fixture.stores = DatabaseFixture.stores(AT_ONCE);
        IngestReport report = fixture.ingest();

        // then
        assertThat(report.unchanged()).isEqualTo(2);
        assertThat(fixture.embedded).isZero();
        assertThat(DatabaseFixture.hnswIndexes()).isEqualTo(BOTH);
        assertThat(DatabaseFixture.query("SELECT to_regclass('rag_passages_896_version') IS NOT NULL"))
                .containsExactly("t");
        assertThat(DatabaseFixture.query(
                        "SELECT reloptions FROM pg_class WHERE relname = 'rag_passages_896_words_index'"))
                .containsExactly("{fastupdate=off}");
        assertThat(fixture.stored().values()).containsExactlyInAnyOrder("The first.", "The second.");
        assertThat(fixture.withWords("second")).containsExactly("The second.");
    }

    @Test
    void should_make_it_anew_with_the_index() throws Exception {
        IndexFixture fixture = DatabaseFixture.begin(root, AT_ONCE);
        fixture.file("a.md", "# A\nThe first.");
        fixture.ingest();
        fixture.stores = DatabaseFixture.stores(Map.of("RAG_HNSW_FROM", "0", "RAG_HNSW_M", "8"));

        fixture.ingest();
        assertThat(options()).containsOnly("{m=16,ef_construction=64}");
        fixture.ingest(true);

        assertThat(options()).hasSize(2).containsOnly("{m=8,ef_construction=64}");
    }

    private static List<String> options() throws SQLException {
        return DatabaseFixture.query(
                "SELECT reloptions FROM pg_class WHERE relname LIKE 'rag\\_passages\\_896\\_hnsw%'");
    }

    @Test
    void should_say_that_an_index_stays_as_it_was_made() throws Exception {
        DatabaseFixture.begin(root, AT_ONCE);
        DatabaseFixture.stores(AT_ONCE).database().finish(() -> false);

        List<String> notes = DatabaseFixture.stores(Map.of("RAG_HNSW_FROM", "0", "RAG_HNSW_EF_CONSTRUCTION", "99"))
                .database()
                .finish(() -> false);

        assertThat(notes)
                .hasSize(2)
                .allSatisfy(note ->
                        assertThat(note).contains("m=16,ef_construction=64", "ef_construction=99", "--rebuild"));
    }

    @Test
    void should_name_an_index_that_no_question_uses() throws Exception {
        DatabaseFixture.begin(root, AT_ONCE);
        DatabaseFixture.execute("CREATE INDEX by_hand ON rag_passages_896 USING hnsw (embedding vector_cosine_ops)");
        try {
            List<String> notes = DatabaseFixture.stores(AT_ONCE).database().finish(() -> false);

            assertThat(notes).hasSize(1);
            assertThat(notes.get(0)).contains("DROP INDEX by_hand");
        } finally {
            DatabaseFixture.execute("DROP INDEX by_hand");
        }
    }

    @Test
    void should_say_that_an_old_pgvector_has_no_such_index() throws Exception {
        DatabaseFixture.begin(root, AT_ONCE);
        PostgresIndexes indexes = new PostgresIndexes(
                Database.at(DatabaseFixture.STORE, System.getenv()).dataSource(),
                "rag_passages_896",
                896,
                PgVectorVersion.of("0.6.2"),
                HnswSettings.from(AT_ONCE));

        List<String> notes = indexes.finish(() -> false);

        assertThat(notes).hasSize(1);
        assertThat(notes.get(0)).contains("pgvector 0.6.2", "0.7", "ALTER EXTENSION vector UPDATE");
        assertThat(DatabaseFixture.hnswIndexes()).isEmpty();
    }

    @Test
    void should_score_as_an_exact_search_does() throws IOException {
        DatabaseFixture.begin(root, AT_ONCE);
        DatabaseStore store = DatabaseFixture.stores(AT_ONCE).database();
        SyntheticPassages synthetic = new SyntheticPassages(100);
        for (int i = 0; i < 4; i++) {
            Document document = synthetic.document(i);
            store.put(List.of(), document.ids(), document.embeddings(), document.passages());
        }
        store.finish(() -> false);
        Question question = synthetic.question(30);

        EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                .queryEmbedding(question.embedding())
                .maxResults(5)
                .minScore(0.6)
                .build();
        EmbeddingMatch<?> exact = store.embeddings().search(request).matches().get(0);
        List<? extends EmbeddingMatch<?>> found = DatabaseFixture.stores(AT_ONCE)
                .search()
                .embeddings()
                .search(request)
                .matches();

        assertThat(found.get(0).embeddingId()).isEqualTo(exact.embeddingId());
        assertThat(found.get(0).embedded()).isNotNull();
        assertThat(found.get(0).score()).isCloseTo(exact.score(), offset(1e-5));
        assertThat(found).allSatisfy(match -> assertThat(match.score()).isGreaterThanOrEqualTo(0.6));
    }
}
