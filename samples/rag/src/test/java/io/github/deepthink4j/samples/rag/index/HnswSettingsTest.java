package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import io.github.deepthink4j.samples.rag.UsageException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HnswSettingsTest {

    @Test
    void should_look_at_more_than_are_asked_for() {
        assertThat(HnswSettings.from(Map.of())).isEqualTo(new HnswSettings(16, 64, 200, 10_000));
        assertThat(HnswSettings.from(Map.of("RAG_HNSW_M", " 48 ", "RAG_HNSW_EF_SEARCH", "")))
                .isEqualTo(new HnswSettings(48, 96, 200, 10_000));
    }

    @ParameterizedTest
    @CsvSource({
        "RAG_HNSW_M, 1, 2-100",
        "RAG_HNSW_M, many, 2-100",
        "RAG_HNSW_EF_CONSTRUCTION, 31, 32-1000",
        "RAG_HNSW_EF_SEARCH, 1001, 1-1000",
        "RAG_HNSW_EF_SEARCH, 99999999999, 1-1000",
        "RAG_HNSW_FROM, -1, 0 or more"
    })
    void should_say_what_can_be_meant(String name, String value, String limits) {
        assertThatThrownBy(() -> HnswSettings.from(Map.of(name, value)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(limits);
    }

    @ParameterizedTest
    @CsvSource({"0.5.1, false, false", "0.7.0, true, false", "0.8.6, true, true", "1.0, true, true", "'', false, false"
    })
    void should_know_what_a_pgvector_can(String version, boolean hasStretches, boolean goesOn) {
        assertThat(PgVectorVersion.of(version))
                .extracting(PgVectorVersion::hasStretches, PgVectorVersion::goesOn)
                .containsExactly(hasStretches, goesOn);
    }

    @Test
    void should_tell_which_stretch_holds_a_vector() {
        List<Stretch> two = List.of(new Stretch(0, 2), new Stretch(2, 1));

        assertThat(Stretch.holding(Embedding.from(new float[] {0, 1, 0}), two)).contains(two.get(0));
        assertThat(Stretch.holding(Embedding.from(new float[] {0, 0, 1}), two)).contains(two.get(1));
        assertThat(Stretch.holding(Embedding.from(new float[] {1, 0, 1}), two)).isEmpty();
        assertThat(Stretch.holding(Embedding.from(new float[] {0, 0, 0}), two)).isEmpty();
        assertThat(two.get(1)
                        .embedding(two.get(1).literal(Embedding.from(new float[] {1, 2, 0.5f})), 3)
                        .vector())
                .containsExactly(0, 0, 0.5f);
    }
}
