package io.github.deepthink4j.samples.rag.index;

import java.util.SortedMap;

/**
 * What an ingest has done.
 *
 * @param otherFiles files of a kind that is not read here
 * @param otherScript new and changed files that are mostly in a script which the embedding model was not trained on
 * @param problems   files that could not be used, with the reason; what the index had of them is still in it
 */
public record IngestReport(
        int added,
        int changed,
        int removed,
        int unchanged,
        int otherFiles,
        int otherScript,
        SortedMap<String, String> problems) {}
