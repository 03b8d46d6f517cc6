package io.github.deepthink4j.samples.rag.retrieval;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The passages that a question is about, and after them those that stand beside a hit in its section. A section that was
 * split says in one half what "it" is and in the other what it does. A neighbour has no score.
 */
public final class NeighbourRetriever implements ContentRetriever {

    private final ContentRetriever hits;
    private final EmbeddingStore<TextSegment> store;
    private final EmbeddingModel embeddingModel;

    public NeighbourRetriever(Passages passages, SideBySideEmbeddings embeddings, RetrievalSettings settings) {
        this(passages, embeddings, new PassageSearch(passages, embeddings, settings));
    }

    /** @param hits finds the passages that others may stand beside */
    public NeighbourRetriever(Passages passages, SideBySideEmbeddings embeddings, ContentRetriever hits) {
        this.store = passages.embeddings();
        this.embeddingModel = embeddings;
        this.hits = hits;
    }

    @Override
    public List<Content> retrieve(Query query) {
        List<Content> found = new ArrayList<>(hits.retrieve(query));
        Set<Place> known = new TreeSet<>();
        found.forEach(hit -> known.add(Place.of(hit.textSegment())));
        if (!found.isEmpty()) {
            Embedding question = embeddingModel.embed(query.text()).content();
            for (Content hit : List.copyOf(found)) {
                found.addAll(neighbours(hit.textSegment(), question, known));
            }
        }
        return found;
    }

    private List<Content> neighbours(TextSegment hit, Embedding question, Set<Place> known) {
        Place place = Place.of(hit);
        List<Integer> wanted = new ArrayList<>();
        for (Place beside : List.of(place.before(), place.after())) {
            if (beside.position() >= 0 && known.add(beside)) {
                wanted.add(beside.position());
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        // LangChain4j's stores look up by nearness only, so: the nearest of the one or two that the filter lets
        // through.
        EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                .queryEmbedding(question)
                .maxResults(wanted.size())
                .minScore(0.0)
                .filter(metadataKey(Keys.VERSION)
                        .isEqualTo(place.version())
                        .and(metadataKey(Keys.POSITION).isIn(wanted)))
                .build();
        String heading = hit.metadata().getString(Keys.HEADING);
        return store.search(request).matches().stream()
                .map(EmbeddingMatch::embedded)
                .filter(segment -> heading.equals(segment.metadata().getString(Keys.HEADING)))
                .map(Content::from)
                .toList();
    }
}
