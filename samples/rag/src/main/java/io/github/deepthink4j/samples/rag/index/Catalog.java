package io.github.deepthink4j.samples.rag.index;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in an index. Replacing the catalog's file is what makes a change count.
 *
 * @param pipeline     how passages were made; another one makes others, so everything is made anew
 * @param folder       where the documents are, seen from the index where that is possible, so that both can be moved
 * @param store        where the passages are
 * @param state        of the passages, if they are in files of the index; else empty
 * @param files        by path in the folder
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Catalog(String pipeline, String folder, String store, String state, SortedMap<String, Entry> files) {

    public Catalog {
        // One of an earlier version of the program has other parts, and is to be told from one that is damaged.
        state = state == null ? "" : state;
        for (Object part : new Object[] {pipeline, folder, store, files}) {
            Objects.requireNonNull(part, "a catalog without one of its parts is damaged");
        }
        files.values().forEach(Objects::requireNonNull);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    static Catalog empty(String pipeline, String folder, String store) {
        return new Catalog(pipeline, folder, store, "", new TreeMap<>());
    }

    /** Nothing in it is sure to be whole any more. */
    Catalog allPending() {
        Map<String, Entry> pending = new TreeMap<>(files);
        pending.replaceAll((file, entry) -> entry.unsure());
        return withFiles(pending);
    }

    Catalog withFiles(Map<String, Entry> newFiles) {
        return new Catalog(pipeline, folder, store, state, new TreeMap<>(newFiles));
    }

    Catalog keptAs(String newState) {
        return new Catalog(pipeline, folder, store, newState, files);
    }

    @JsonIgnore
    public int passageCount() {
        return files.values().stream()
                .filter(entry -> entry.current() != null)
                .mapToInt(entry -> entry.current().passages())
                .sum();
    }
}
