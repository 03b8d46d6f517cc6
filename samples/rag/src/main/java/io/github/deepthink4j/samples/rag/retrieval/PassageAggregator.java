package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fills the budget with the best passages first, hits before neighbours, then merges what stands side by side in one
 * section, so that the model reads it as it was written. The result is sorted by the best score in it.
 */
public final class PassageAggregator implements ContentAggregator {

    private final int budgetTokens;
    private final TokenCountEstimator estimator;

    public PassageAggregator(int budgetTokens, TokenCountEstimator estimator) {
        this.budgetTokens = budgetTokens;
        this.estimator = estimator;
    }

    @Override
    public List<Content> aggregate(Map<Query, Collection<List<Content>>> queryToContents) {
        List<Content> all = queryToContents.values().stream()
                .flatMap(Collection::stream)
                .flatMap(List::stream)
                .toList();
        return runs(withinBudget(distinct(all))).stream()
                .filter(PassageAggregator::hasHit)
                .map(PassageAggregator::merged)
                .sorted(Comparator.comparingDouble(PassageAggregator::score).reversed())
                .toList();
    }

    /** Best first; of a passage found twice the better one. */
    private static Collection<Content> distinct(List<Content> contents) {
        Map<Place, Content> byPlace = new LinkedHashMap<>();
        contents.stream()
                .sorted(Comparator.comparingDouble(PassageAggregator::score).reversed())
                .forEach(content -> byPlace.putIfAbsent(Place.of(content.textSegment()), content));
        return byPlace.values();
    }

    private Map<Place, Content> withinBudget(Collection<Content> bestFirst) {
        Map<Place, Content> chosen = new TreeMap<>();
        int left = budgetTokens;
        for (Content content : bestFirst) {
            int tokens = estimator.estimateTokenCountInText(PassageInjector.element(1, content.textSegment()));
            if (tokens <= left) {
                left -= tokens;
                chosen.put(Place.of(content.textSegment()), content);
            }
        }
        return chosen;
    }

    private static List<List<Content>> runs(Map<Place, Content> inOrder) {
        List<List<Content>> runs = new ArrayList<>();
        TextSegment last = null;
        for (Content content : inOrder.values()) {
            TextSegment segment = content.textSegment();
            if (last == null || !follows(last, segment)) {
                runs.add(new ArrayList<>());
            }
            runs.get(runs.size() - 1).add(content);
            last = segment;
        }
        return runs;
    }

    private static boolean follows(TextSegment first, TextSegment second) {
        return Place.of(first).after().equals(Place.of(second))
                && first.metadata()
                        .getString(Keys.HEADING)
                        .equals(second.metadata().getString(Keys.HEADING));
    }

    private static boolean hasHit(List<Content> run) {
        return run.stream().anyMatch(content -> content.metadata().containsKey(ContentMetadata.SCORE));
    }

    private static Content merged(List<Content> run) {
        String text = run.stream().map(content -> content.textSegment().text()).collect(Collectors.joining("\n\n"));
        Metadata metadata = run.get(0).textSegment().metadata().copy();
        double best = run.stream().mapToDouble(PassageAggregator::score).max().orElseThrow();
        return Content.from(TextSegment.from(text, metadata), Map.of(ContentMetadata.SCORE, best));
    }

    private static double score(Content content) {
        return content.metadata().get(ContentMetadata.SCORE) instanceof Double score ? score : -1;
    }
}
