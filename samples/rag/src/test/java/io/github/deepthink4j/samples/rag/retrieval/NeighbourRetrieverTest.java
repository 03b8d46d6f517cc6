package io.github.deepthink4j.samples.rag.retrieval;

import static io.github.deepthink4j.samples.rag.retrieval.RetrievalFixture.byMeaning;
import static io.github.deepthink4j.samples.rag.retrieval.RetrievalFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NeighbourRetrieverTest {

    private final SideBySideEmbeddings model = LocalEmbeddings.model();
    private final InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();

    @BeforeEach
    void fill() {
        List<TextSegment> segments = List.of(
                segment("cat.md", "Care", 0, "It likes to be brushed in the morning."),
                segment("cat.md", "Care", 1, "A cat eats two meals a day."),
                segment("cat.md", "Care", 2, "Never give it onions."),
                segment("cat.md", "Play", 3, "Strings are dangerous toys."),
                segment("tax.md", "Tax", 0, "The form is due in July."),
                segment("tax.md", "Tax", 1, "Add the receipts to it."));
        store.addAll(model.embedAll(segments).content(), segments);
    }

    private List<String> retrieve(String question, int maxHits, double minScore) {
        return new NeighbourRetriever(byMeaning(store), model, new RetrievalSettings(maxHits, minScore, 1_000))
                .retrieve(Query.from(question)).stream()
                        .map(Content::textSegment)
                        .map(TextSegment::text)
                        .toList();
    }

    @Test
    void should_add_what_stands_beside_a_hit_in_its_section() {
        assertThat(retrieve("How many meals does a cat eat?", 1, 0.6))
                .startsWith("A cat eats two meals a day.")
                .containsExactlyInAnyOrder(
                        "A cat eats two meals a day.",
                        "It likes to be brushed in the morning.",
                        "Never give it onions.");
    }

    @Test
    void should_not_cross_a_heading() {
        assertThat(retrieve("Which toys are dangerous?", 1, 0.6)).containsExactly("Strings are dangerous toys.");
    }

    @Test
    void should_find_nothing_below_the_threshold_and_then_no_neighbour_either() {
        assertThat(retrieve("Who composed the Brandenburg concertos?", 5, 0.7)).isEmpty();
    }
}
