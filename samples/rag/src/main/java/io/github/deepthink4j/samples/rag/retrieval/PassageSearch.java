package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.aggregator.ReciprocalRankFuser;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Sought;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The passages that a question is about: by meaning, in each of its languages, and by the words in it, put in one order by their ranks.
 * By meaning alone a number or a name is taken for another one; by words alone a question in other words finds nothing.
 *
 * <p>Something of what is found must be near enough in meaning, since words of a question are in many a passage that has nothing to do
 * with it; or it must hold a code that the question asks for, of which an embedding model knows nothing.
 */
final class PassageSearch implements ContentRetriever {

    /** So many of each list are put in order. */
    private static final int CANDIDATES = 50;

    /** So much farther than the threshold may be what stands beside a passage that is near enough, and has been found by words, say. */
    private static final double BESIDE_A_NEAR_ONE = 0.04;

    /** How little the ranks behind the first count; 60, as is usual where many lists are fused, makes the order of two a lottery. */
    private static final int RANK_CONSTANT = 1;

    private final Passages passages;
    private final SideBySideEmbeddings embeddings;
    private final RetrievalSettings settings;

    PassageSearch(Passages passages, SideBySideEmbeddings embeddings, RetrievalSettings settings) {
        this.passages = passages;
        this.embeddings = embeddings;
        this.settings = settings;
    }

    private record Near(Place place, Content content, double relevance) {}

    @Override
    public List<Content> retrieve(Query query) {
        List<List<Content>> lists = new ArrayList<>();
        Set<Place> near = new HashSet<>();
        boolean oneIsNearEnough = false;
        List<Content> withWords = withWords(query.text());
        for (Sought sought : embeddings.sought(query.text())) {
            List<Near> nearest = nearest(sought);
            lists.add(nearest.stream().map(Near::content).toList());
            lists.addAll(Collections.nCopies(sought.part().wordWeight(), withWords));
            double least = settings.minScore(sought.part().minScore());
            oneIsNearEnough |= !nearest.isEmpty() && nearest.get(0).relevance() >= least;
            nearest.stream()
                    .filter(found -> found.relevance() >= least - BESIDE_A_NEAR_ONE)
                    .forEach(found -> near.add(found.place()));
        }
        if (!oneIsNearEnough) {
            near.clear();
        }
        Codes codes = Codes.in(query.text());
        return ReciprocalRankFuser.fuse(lists, RANK_CONSTANT).stream()
                .filter(found -> near.contains(Place.of(found.textSegment())) || codes.areIn(found.textSegment()))
                .map(found -> scored(found, codes.areIn(found.textSegment()) ? 1 : score(found, lists)))
                .sorted(Comparator.comparingDouble(PassageSearch::scoreOf).reversed())
                .limit(settings.maxHits())
                .toList();
    }

    private List<Near> nearest(Sought sought) {
        EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                .queryEmbedding(sought.embedding())
                .maxResults(CANDIDATES)
                .minScore(0.0)
                .build();
        return passages.embeddings().search(request).matches().stream()
                .map(match -> near(match, sought))
                .sorted(Comparator.comparingDouble(Near::relevance).reversed())
                .toList();
    }

    private static Near near(EmbeddingMatch<TextSegment> match, Sought sought) {
        TextSegment segment = Keys.known(match.embedded());
        return new Near(Place.of(segment), Content.from(segment), sought.relevance(match.embedding()));
    }

    private List<Content> withWords(String question) {
        try {
            return passages.words().search(question, CANDIDATES).stream()
                    .map(Content::from)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From 0 to 1, which is the first of all lists, or one that holds the code that was asked for. */
    private static double score(Content found, List<List<Content>> lists) {
        return lists.stream()
                .mapToInt(list -> list.indexOf(found))
                .mapToDouble(rank -> rank < 0 ? 0 : (1.0 + RANK_CONSTANT) / (rank + 1 + RANK_CONSTANT))
                .average()
                .orElse(0);
    }

    private static Content scored(Content found, double score) {
        return Content.from(found.textSegment(), Map.of(ContentMetadata.SCORE, score));
    }

    private static double scoreOf(Content scored) {
        return (Double) scored.metadata().get(ContentMetadata.SCORE);
    }
}
