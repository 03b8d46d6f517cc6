package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A folder of documents and its index, with an embedding model that is quick and counts. */
final class IndexFixture {

    static final String PIPELINE = "test";

    final Path documents;
    final Path directory;
    Stores stores = new Stores("", LocalEmbeddings.model().dimension(), Map.of());
    int embedded;

    /** Called before some passages of a file are embedded. */
    Runnable beforeEmbedding = () -> {};

    Ingest.Progress progress = (files, all, what) -> {};
    BooleanSupplier stop = () -> false;

    private final DocumentSplitting splitting = new DocumentSplitting(LocalEmbeddings.tokenCounter());

    IndexFixture(Path root) throws IOException {
        this.documents = Files.createDirectories(root.resolve("documents"));
        this.directory = root.resolve("index");
    }

    void file(String name, String text) throws IOException {
        Path file = documents.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    IngestReport ingest() throws IOException {
        return ingest(false);
    }

    IngestReport ingest(boolean rebuild) throws IOException {
        return ingest(Folder.list(documents), rebuild);
    }

    /** Of a folder as it was a while ago. */
    IngestReport ingest(Folder folder) throws IOException {
        return ingest(folder, false);
    }

    private IngestReport ingest(Folder folder, boolean rebuild) throws IOException {
        try (Index index = Index.open(directory, stores, PIPELINE, "documents", rebuild)) {
            return new Ingest(splitting, new Counting(), progress, stop).run(folder, index);
        }
    }

    Catalog catalog() {
        return CatalogFile.read(directory).orElseThrow();
    }

    /** All there is in the store: the text of each passage by its id. */
    SortedMap<String, String> stored() throws IOException {
        try (Passages passages = Index.passages(directory, stores, PIPELINE)) {
            return stored(passages.embeddings());
        }
    }

    /** What is found by words. */
    List<String> withWords(String question) throws IOException {
        try (Passages passages = Index.passages(directory, stores, PIPELINE)) {
            return passages.words().search(question, 100).stream()
                    .map(TextSegment::text)
                    .toList();
        }
    }

    static SortedMap<String, String> stored(EmbeddingStore<TextSegment> store) {
        SortedMap<String, String> texts = new TreeMap<>();
        EmbeddingSearchRequest everything = EmbeddingSearchRequest.builder()
                .queryEmbedding(embedding("anything"))
                .maxResults(100_000)
                .minScore(0.0)
                .build();
        List<EmbeddingMatch<TextSegment>> matches = store.search(everything).matches();
        matches.forEach(match -> texts.put(match.embeddingId(), match.embedded().text()));
        if (texts.size() != matches.size()) {
            throw new AssertionError("a passage is in the store twice");
        }
        return texts;
    }

    private static Embedding embedding(String text) {
        float[] vector = new float[LocalEmbeddings.model().dimension()];
        for (int i = 0; i < text.length(); i++) {
            vector[text.charAt(i) % vector.length]++;
        }
        vector[0]++;
        return Embedding.from(vector);
    }

    private final class Counting implements EmbeddingModel {

        @Override
        public int dimension() {
            return LocalEmbeddings.model().dimension();
        }

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            beforeEmbedding.run();
            embedded += segments.size();
            return Response.from(
                    segments.stream().map(segment -> embedding(segment.text())).toList());
        }
    }
}
