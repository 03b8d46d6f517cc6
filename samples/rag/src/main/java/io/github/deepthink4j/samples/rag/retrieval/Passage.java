package io.github.deepthink4j.samples.rag.retrieval;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.util.ArrayList;
import java.util.List;

/**
 * A passage under the number that an answer cites it by.
 *
 * @param score relevance from 0 to 1
 */
public record Passage(int number, String file, String heading, String text, double score) {

    public static List<Passage> numbered(List<Content> contents) {
        List<Passage> passages = new ArrayList<>();
        for (Content content : contents) {
            TextSegment segment = content.textSegment();
            double score = content.metadata().get(ContentMetadata.SCORE) instanceof Double known ? known : 0;
            passages.add(new Passage(
                    passages.size() + 1,
                    segment.metadata().getString(Keys.FILE),
                    segment.metadata().getString(Keys.HEADING),
                    segment.text(),
                    score));
        }
        return passages;
    }

    /** Where a reader finds it. */
    public String source() {
        return heading.isEmpty() ? file : file + ", " + heading;
    }
}
