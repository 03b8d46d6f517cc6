package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Part;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Sought;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideBySideEmbeddingsTest {

    private final List<String> asked = new ArrayList<>();
    private final SideBySideEmbeddings embeddings =
            new SideBySideEmbeddings(List.of(part(Language.ENGLISH, 2, 0.6), part(Language.CHINESE, 3, 0.7)));

    private Part part(Language language, int dimension, double minScore) {
        EmbeddingModel model = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                segments.forEach(segment -> asked.add(language + " " + segment.text()));
                return Response.from(segments.stream()
                        .map(segment -> {
                            float[] vector = new float[dimension];
                            vector[segment.text().length() % dimension] = 1;
                            return Embedding.from(vector);
                        })
                        .toList());
            }
        };
        return new Part(language.name(), EnumSet.of(language), dimension, minScore, 1, () -> model);
    }

    @Test
    void should_ask_each_model_for_the_texts_of_its_language_and_keep_the_order() {
        List<Embedding> all = embeddings
                .embedAll(List.of(
                        TextSegment.from("你好"),
                        TextSegment.from("Hi"),
                        TextSegment.from("Hello 你好"),
                        TextSegment.from("好")))
                .content();

        assertThat(asked)
                .containsExactly("ENGLISH Hi", "ENGLISH Hello 你好", "CHINESE 你好", "CHINESE Hello 你好", "CHINESE 好");
        assertThat(all)
                .extracting(Embedding::vector)
                .containsExactly(
                        new float[] {0, 0, 0, 0, 1},
                        new float[] {1, 0, 0, 0, 0},
                        new float[] {1, 0, 0, 0, 1},
                        new float[] {0, 0, 0, 1, 0});
        assertThat(embeddings.dimension()).isEqualTo(5);
    }

    @Test
    void should_seek_in_each_language_of_a_question_and_measure_a_text_of_two_as_one_of_one() {
        List<Sought> sought = embeddings.sought("Hello 你好");
        Embedding both = embeddings.embed("World 世界").content();
        Embedding english = embeddings.embed("London").content();

        assertThat(sought).extracting(one -> one.part().name()).containsExactly("ENGLISH", "CHINESE");
        assertThat(sought.get(0).relevance(both)).isCloseTo(1, within(1e-6));
        assertThat(sought.get(1).relevance(both)).isCloseTo(1, within(1e-6));
        assertThat(sought.get(0).relevance(english)).isCloseTo(1, within(1e-6));
        assertThat(sought.get(1).relevance(english)).isZero();
        assertThat(embeddings.sought("Hi")).hasSize(1);
    }
}
