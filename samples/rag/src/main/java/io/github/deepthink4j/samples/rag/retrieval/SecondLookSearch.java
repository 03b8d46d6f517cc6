package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.scoring.ScoringModel;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.model.Failure;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds more passages than are wanted, and has a model put them in order. If it fails or says what is no order, the order is the one
 * before.
 */
public final class SecondLookSearch implements ContentRetriever {

    /** So many are looked at, where there are as many. */
    private static final int CANDIDATES = 20;

    /** What the order before counts beside a score, which is to part those with the same score only. */
    private static final double ORDER_BEFORE = 0.01;

    private final ContentRetriever search;
    private final ScoringModel scores;
    private final int maxHits;
    private final Consumer<String> note;

    private record Scored(Content content, double score) {}

    /** @param note hears if the order is the one before, and why */
    public SecondLookSearch(
            Passages passages,
            SideBySideEmbeddings embeddings,
            RetrievalSettings settings,
            ScoringModel scores,
            Consumer<String> note) {
        this(
                new PassageSearch(passages, embeddings, settings.withMaxHits(Math.max(CANDIDATES, settings.maxHits()))),
                settings.maxHits(),
                scores,
                note);
    }

    SecondLookSearch(ContentRetriever search, int maxHits, ScoringModel scores, Consumer<String> note) {
        this.search = search;
        this.maxHits = maxHits;
        this.scores = scores;
        this.note = note;
    }

    @Override
    public List<Content> retrieve(Query query) {
        List<Content> found = search.retrieve(query);
        List<Content> ordered = found.size() < 2 ? found : ordered(found, query.text());
        return ordered.stream().limit(maxHits).toList();
    }

    private List<Content> ordered(List<Content> found, String question) {
        List<TextSegment> segments = found.stream().map(Content::textSegment).toList();
        List<Double> scored;
        try {
            scored = scores.scoreAll(segments, question).content();
        } catch (CallInterruptedException e) {
            throw e;
        } catch (LangChain4jException e) {
            note.accept(Words.of(
                    "the cheap model has not put the passages in order: " + Failure.of(e),
                    "便宜模型没有给段落排序：" + Failure.of(e)));
            return found;
        }
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            double before = 1 - (double) i / found.size();
            all.add(new Scored(found.get(i), (scored.get(i) + ORDER_BEFORE * before) / (1 + ORDER_BEFORE)));
        }
        return all.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed())
                .map(one -> Content.from(one.content().textSegment(), Map.of(ContentMetadata.SCORE, one.score())))
                .toList();
    }
}
