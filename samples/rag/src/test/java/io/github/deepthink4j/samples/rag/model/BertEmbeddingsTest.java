package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15.BgeSmallZhV15EmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BertEmbeddingsTest {

    private static final List<String> TEXTS = List.of(
            "How long does the battery last?",
            "It runs for 14 hours on a charge, and for 9 in the cold. Naïve café, 3.5 kg.",
            "产品的保修期为两年。电池可以用十四个小时。",
            "x");

    @BeforeAll
    static void keepOffline() {
        LocalEmbeddings.tokenCounter();
    }

    @Test
    void should_give_the_vectors_that_the_models_of_langchain4j_give() {
        EmbeddingModel english = new BertEmbeddings("all-minilm-l6-v2", PoolingMode.MEAN, 384, 256);
        EmbeddingModel chinese = new BertEmbeddings("bge-small-zh-v1.5", PoolingMode.CLS, 512, 512);

        assertThatTheSame(english, new AllMiniLmL6V2EmbeddingModel());
        assertThatTheSame(chinese, new BgeSmallZhV15EmbeddingModel());
    }

    private static void assertThatTheSame(EmbeddingModel model, EmbeddingModel expected) {
        List<Embedding> embeddings = embedded(model, TEXTS.stream());

        for (int i = 0; i < TEXTS.size(); i++) {
            Embedding one = expected.embed(TEXTS.get(i)).content();
            assertThat(embeddings.get(i).vector()).hasSize(model.dimension());
            assertThat(CosineSimilarity.between(embeddings.get(i), one)).isGreaterThan(0.99999);
            assertThat(model.embed(TEXTS.get(i)).content()).isEqualTo(embeddings.get(i));
        }
    }

    private static List<Embedding> embedded(EmbeddingModel model, Stream<String> texts) {
        return model.embedAll(texts.map(TextSegment::from).toList()).content();
    }

    @Test
    void should_read_a_passage_to_its_end_and_no_text_beyond_what_the_model_can() {
        EmbeddingModel model = new BertEmbeddings("all-minilm-l6-v2", PoolingMode.MEAN, 384, 256);
        String passage = "The pump is blue. ".repeat(38);

        List<Embedding> ends = embedded(
                model, Stream.of(passage, passage + "The whale sleeps.", passage.repeat(9), passage.repeat(9) + "!"));

        assertThat(ends.get(1)).isNotEqualTo(ends.get(0));
        assertThat(ends.get(3)).isEqualTo(ends.get(2));
    }

    @Test
    void should_give_many_threads_at_once_each_its_own() {
        EmbeddingModel model = LocalEmbeddings.model();
        List<Embedding> alone = IntStream.range(0, 8)
                .mapToObj(i -> model.embed("The text of number " + i).content())
                .toList();

        List<List<Embedding>> together = IntStream.range(0, 6)
                .parallel()
                .mapToObj(i -> embedded(model, IntStream.range(0, 8).mapToObj(n -> "The text of number " + n)))
                .toList();

        assertThat(together).allMatch(alone::equals);
    }
}
