package io.github.deepthink4j.samples.rag.retrieval;

import static io.github.deepthink4j.samples.rag.retrieval.RetrievalFixture.hit;
import static io.github.deepthink4j.samples.rag.retrieval.RetrievalFixture.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.query.Query;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PassageAggregatorTest {

    /** A token a character. */
    private static final TokenCountEstimator CHARACTERS = new TokenCountEstimator() {
        @Override
        public int estimateTokenCountInText(String text) {
            return text.length();
        }

        @Override
        public int estimateTokenCountInMessage(ChatMessage message) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int estimateTokenCountInMessages(Iterable<ChatMessage> messages) {
            throw new UnsupportedOperationException();
        }
    };

    private static List<Passage> aggregate(int budget, Content... contents) {
        return Passage.numbered(new PassageAggregator(budget, CHARACTERS)
                .aggregate(Map.of(Query.from("?"), List.of(List.of(contents)))));
    }

    @Test
    void should_merge_neighbours_in_the_order_of_the_document_and_number_by_score() {
        List<Passage> passages = aggregate(
                10_000,
                hit(0.7, segment("a.md", "H", 2, "third")),
                hit(0.9, segment("b.md", "H", 0, "other")),
                hit(0.8, segment("a.md", "H", 1, "second")),
                Content.from(segment("a.md", "H", 0, "first")),
                Content.from(segment("a.md", "H", 3, "fourth")));

        assertThat(passages)
                .extracting(Passage::number, Passage::file, Passage::text, Passage::score)
                .containsExactly(
                        tuple(1, "b.md", "other", 0.9), tuple(2, "a.md", "first\n\nsecond\n\nthird\n\nfourth", 0.8));
    }

    @Test
    void should_not_merge_over_a_gap_or_a_heading() {
        List<Passage> passages = aggregate(
                10_000,
                hit(0.9, segment("a.md", "H", 0, "one")),
                hit(0.8, segment("a.md", "H", 2, "three")),
                hit(0.7, segment("a.md", "I", 3, "four")));

        assertThat(passages).extracting(Passage::text).containsExactly("one", "three", "four");
    }

    @Test
    void should_fill_the_budget_with_hits_first_and_stay_within_it() {
        String filler = "x".repeat(100);
        Content[] contents = {
            hit(0.9, segment("a.md", "H", 0, "best " + filler)),
            hit(0.8, segment("b.md", "H", 0, "next " + filler)),
            Content.from(segment("a.md", "H", 1, "beside the best " + filler)),
            Content.from(segment("b.md", "H", 1, "beside the next " + filler))
        };
        int three = 3
                * PassageInjector.element(1, segment("a.md", "H", 0, "beside the best " + filler))
                        .length();

        List<Passage> passages = aggregate(three, contents);

        assertThat(passages).hasSize(2);
        assertThat(passages.get(0).text()).startsWith("best").contains("beside the best");
        assertThat(passages.get(1).text()).startsWith("next").doesNotContain("beside");
    }

    @Test
    void should_take_a_smaller_one_where_a_larger_one_does_not_fit() {
        List<Passage> passages = aggregate(
                200,
                hit(0.9, segment("a.md", "H", 0, "small")),
                hit(0.8, segment("b.md", "H", 0, "large " + "x".repeat(500))),
                hit(0.7, segment("c.md", "H", 0, "also small")));

        assertThat(passages).extracting(Passage::text).containsExactly("small", "also small");
    }

    @Test
    void should_drop_a_neighbour_whose_hit_did_not_fit() {
        List<Passage> passages = aggregate(
                200,
                hit(0.9, segment("a.md", "H", 0, "large " + "x".repeat(500))),
                Content.from(segment("a.md", "H", 1, "beside it")));

        assertThat(passages).isEmpty();
    }
}
