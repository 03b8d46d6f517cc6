package io.github.deepthink4j.samples.rag.index;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneVectorsTest {

    private static final int PASSAGES = 300;
    private static final int DIMENSION = 20;

    @TempDir
    private Path index;

    private final Random random = new Random(7);
    private final InMemoryEmbeddingStore<TextSegment> expected = new InMemoryEmbeddingStore<>();

    private Embedding vector(int from, int to) {
        float[] vector = new float[DIMENSION];
        for (int i = from; i < to; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.from(vector);
    }

    /** In several states, some of them replaced and some removed, as ingests leave them. */
    private String fill() throws IOException {
        try (LucenePassages passages = LucenePassages.open(index, "")) {
            String state = "";
            for (int i = 0; i < PASSAGES; i++) {
                int half = i % 3;
                Embedding vector = vector(half == 1 ? DIMENSION / 2 : 0, half == 0 ? DIMENSION / 2 : DIMENSION);
                TextSegment passage = TextSegment.from(
                        "Passage " + i,
                        Metadata.from(Keys.FILE, "f" + i / 10)
                                .put(Keys.HEADING, "h")
                                .put(Keys.VERSION, "v" + i / 10)
                                .put(Keys.POSITION, i % 10));
                if (i % 50 == 0) {
                    passages.add(List.of("id" + i), List.of(vector(0, DIMENSION)), List.of(passage));
                    state = passages.keep();
                }
                passages.add(List.of("id" + i), List.of(vector), List.of(passage));
                expected.addAll(List.of("id" + i), List.of(vector), List.of(passage));
            }
            passages.remove(List.of("id7", "id100"));
            expected.removeAll(List.of("id7", "id100"));
            state = passages.keep();
            passages.clearAway(state);
            return state;
        }
    }

    private static List<String> found(EmbeddingStore<TextSegment> store, EmbeddingSearchRequest request) {
        List<String> found = new ArrayList<>();
        for (EmbeddingMatch<TextSegment> match : store.search(request).matches()) {
            found.add(match.embeddingId() + " " + Math.round(match.score() * 1e5) + " "
                    + match.embedded().metadata() + match.embedding().vector()[DIMENSION / 2]);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "of a version", "neighbours", "of a file", "none of it"})
    void should_find_what_the_store_in_memory_finds(String which) throws IOException {
        String state = fill();
        Filter filter = switch (which) {
            case "of a version" -> metadataKey(Keys.VERSION).isEqualTo("v3");
            case "neighbours" ->
                metadataKey(Keys.POSITION)
                        .isIn(4, 6)
                        .and(metadataKey(Keys.VERSION).isEqualTo("v3"));
            case "of a file" ->
                metadataKey(Keys.FILE).isEqualTo("f4").or(metadataKey(Keys.FILE).isEqualTo("f5"));
            case "none of it" -> metadataKey(Keys.VERSION).isEqualTo("another");
            default -> null;
        };

        try (Passages passages = LucenePassages.search(index, state)) {
            for (int max : new int[] {1, 10, 2 * PASSAGES}) {
                EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                        .queryEmbedding(vector(0, DIMENSION))
                        .maxResults(max)
                        .minScore(max == 10 ? 0.6 : 0.0)
                        .filter(filter)
                        .build();

                assertThat(found(passages.embeddings(), request)).isEqualTo(found(expected, request));
            }
        }
    }

    @Test
    void should_be_written_by_nobody_else() throws IOException {
        try (Passages passages = LucenePassages.search(index, fill())) {
            assertThatThrownBy(() -> passages.embeddings().add(vector(0, 1)))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
