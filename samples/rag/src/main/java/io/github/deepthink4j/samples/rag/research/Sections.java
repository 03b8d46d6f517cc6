package io.github.deepthink4j.samples.rag.research;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.filter.Filter;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.index.Catalog;
import io.github.deepthink4j.samples.rag.index.Entry;
import io.github.deepthink4j.samples.rag.index.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The files of an index, and their passages in the order of the text. Nothing outside of the index is ever looked at. */
public final class Sections {

    /** LangChain4j's stores look up by nearness only, so: the nearest of those that a filter lets through, and that many at most. */
    private static final int PASSAGES = 5_000;

    private final EmbeddingStore<TextSegment> store;
    private final EmbeddingModel embeddings;
    private final Supplier<Optional<Catalog>> catalog;

    /** @param catalog of the index; empty beside a database that others share, of which the files are then looked up */
    public Sections(EmbeddingStore<TextSegment> store, EmbeddingModel embeddings, Supplier<Optional<Catalog>> catalog) {
        this.store = store;
        this.embeddings = embeddings;
        this.catalog = catalog;
    }

    SortedSet<String> files() {
        return catalog.get()
                .map(known -> known.files().keySet())
                .<SortedSet<String>>map(TreeSet::new)
                .orElseGet(() -> filesOf(search("file", null)));
    }

    private static SortedSet<String> filesOf(Collection<TextSegment> segments) {
        return segments.stream()
                .map(segment -> segment.metadata().getString(Keys.FILE))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The passages of a file; empty if there is no such file. */
    List<TextSegment> of(String file) {
        // A version is what the passages can be looked up by, without a look at each.
        List<TextSegment> current = version(file)
                .map(version -> search(file, metadataKey(Keys.VERSION).isEqualTo(version)))
                .orElse(List.of());
        return inOrder(current.isEmpty() ? anyOf(file) : current);
    }

    private Optional<String> version(String file) {
        return catalog.get()
                .map(known -> known.files().get(file))
                .map(Entry::current)
                .map(current -> Version.id(file, current.hash()));
    }

    private List<TextSegment> anyOf(String file) {
        // While an ingest replaces it, a database may hold a part of another version.
        return search(file, metadataKey(Keys.FILE).isEqualTo(file)).stream()
                .collect(Collectors.groupingBy(segment -> segment.metadata().getString(Keys.VERSION)))
                .values()
                .stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private static List<TextSegment> inOrder(List<TextSegment> passages) {
        return passages.stream()
                .sorted(Comparator.comparing(segment -> segment.metadata().getInteger(Keys.POSITION)))
                .toList();
    }

    private List<TextSegment> search(String text, Filter filter) {
        EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                .queryEmbedding(embeddings.embed(text).content())
                .maxResults(PASSAGES)
                .minScore(0.0)
                .filter(filter)
                .build();
        return store.search(request).matches().stream()
                .map(EmbeddingMatch::embedded)
                .map(Keys::known)
                .toList();
    }

    static String heading(TextSegment segment) {
        return segment.metadata().getString(Keys.HEADING);
    }

    /** Those of a section and of what is below it; a section may be called by the last of its headings. */
    static List<TextSegment> within(List<TextSegment> file, String section) {
        String wanted = plain(section);
        List<TextSegment> found = file.stream()
                .filter(segment -> isWithin(plain(heading(segment)), wanted))
                .toList();
        return found.isEmpty()
                ? file.stream()
                        .filter(segment -> plain(heading(segment)).endsWith("> " + wanted)
                                || plain(heading(segment)).contains("> " + wanted + " >"))
                        .toList()
                : found;
    }

    private static boolean isWithin(String heading, String wanted) {
        return heading.equals(wanted) || heading.startsWith(wanted + " >");
    }

    private static String plain(String heading) {
        return heading.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
