package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.web.search.WebSearchEngine;
import dev.langchain4j.web.search.WebSearchOrganicResult;
import dev.langchain4j.web.search.WebSearchRequest;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the web says to a question, as passages whose file is an address; as untrusted as any document. */
public final class WebPassages implements ContentRetriever {

    /** As many characters as DeepSeek's search takes. */
    private static final int LONGEST_QUERY = 128;

    private static final int PAGES = 3;

    /** DeepSeek's relevance goes from 0 to 3. */
    private static final double BEST = 3;

    private final WebSearchEngine engine;

    public WebPassages(WebSearchEngine engine) {
        this.engine = engine;
    }

    @Override
    public List<Content> retrieve(Query query) {
        List<Content> passages = new ArrayList<>();
        WebSearchRequest request = WebSearchRequest.from(shortened(query.text().strip()), PAGES);
        for (WebSearchOrganicResult page : engine.search(request).results()) {
            String text = CleanText.of(page.content() == null ? String.valueOf(page.snippet()) : page.content());
            String address = page.url().toString();
            Metadata metadata = Metadata.from(Keys.FILE, address)
                    .put(Keys.HEADING, CleanText.of(page.title()))
                    .put(Keys.VERSION, address)
                    .put(Keys.POSITION, 0);
            if (!text.isBlank()) {
                passages.add(Content.from(
                        TextSegment.from(text, metadata), Map.of(ContentMetadata.SCORE, score(page.metadata()))));
            }
        }
        return passages;
    }

    /** In characters as a person counts them. */
    private static String shortened(String question) {
        int length = question.codePointCount(0, question.length());
        return length <= LONGEST_QUERY
                ? question
                : question.substring(0, question.offsetByCodePoints(0, LONGEST_QUERY));
    }

    private static double score(Map<String, String> metadata) {
        try {
            double relevance = Double.parseDouble(metadata.getOrDefault("rerank_score", "0"));
            return Math.max(0, Math.min(1, relevance / BEST));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
