package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

/**
 * LangChain4j's in-memory store, in a file between two runs. A new file is written beside the old one, and only the
 * catalog says which of them counts.
 */
final class FileStore implements PassageStore {

    static final String NAME = "file";

    private static final String PREFIX = "passages-";
    private static final String SUFFIX = ".json";
    private static final Pattern NUMBERED =
            Pattern.compile(PREFIX + "(\\d{1,18})" + Pattern.quote(SUFFIX) + "(\\.tmp)?");

    private final Path directory;
    private final InMemoryEmbeddingStore<TextSegment> embeddings;
    private final LuceneWords words;

    private FileStore(Path directory, InMemoryEmbeddingStore<TextSegment> embeddings, LuceneWords words) {
        this.directory = directory;
        this.embeddings = embeddings;
        this.words = words;
    }

    /** To be written: what this catalog refers to, or nothing. */
    static FileStore open(Path directory, Catalog catalog) throws IOException {
        InMemoryEmbeddingStore<TextSegment> embeddings =
                catalog.passagesFile().isEmpty() ? new InMemoryEmbeddingStore<>() : read(directory, catalog);
        try {
            return new FileStore(directory, embeddings, LuceneWords.open(directory, catalog.words()));
        } catch (CorruptIndexException | EOFException | IndexFormatTooNewException | IndexFormatTooOldException e) {
            throw damaged(directory, e);
        }
    }

    /** To be searched. */
    static Passages search(Path directory, Catalog catalog) throws IOException {
        try {
            return new Passages(read(directory, catalog), LuceneWords.search(directory, catalog.words()));
        } catch (CorruptIndexException | EOFException | IndexFormatTooNewException | IndexFormatTooOldException e) {
            throw damaged(directory, e);
        }
    }

    private static InMemoryEmbeddingStore<TextSegment> read(Path directory, Catalog catalog)
            throws NoSuchFileException {
        Path file = directory.resolve(catalog.passagesFile());
        try {
            return InMemoryEmbeddingStore.fromFile(file);
        } catch (RuntimeException e) {
            if (e.getCause() instanceof NoSuchFileException missing) {
                throw missing;
            }
            throw damaged(directory, e);
        }
    }

    static UsageException damaged(Path directory, Exception cause) {
        return new UsageException(
                Words.of(
                        "The index in " + directory + " is damaged. Make it anew: ingest --rebuild",
                        directory + " 里的索引已损坏。请重建：ingest --rebuild"),
                cause);
    }

    @Override
    public EmbeddingStore<TextSegment> embeddings() {
        return embeddings;
    }

    @Override
    public WordIndex words() {
        return words;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean keepsChangesAtOnce() {
        return false;
    }

    @Override
    public Catalog keep(Catalog catalog) throws IOException {
        String name = PREFIX + nextNumber() + SUFFIX;
        AtomicFile.write(directory.resolve(name), embeddings::serializeToFile);
        return catalog.keptIn(name, words.keep());
    }

    /** Never that of a file that is there: the catalog on disk may still refer to it. */
    private long nextNumber() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return 1
                    + files.map(file -> NUMBERED.matcher(file.getFileName().toString()))
                            .filter(Matcher::matches)
                            .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                            .max()
                            .orElse(0);
        }
    }

    @Override
    public void clearAway(Catalog catalog) throws IOException {
        words.clearAway(catalog.words());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                // A folder of somebody's choice may hold files of his own with such a name.
                if (NUMBERED.matcher(name).matches() && !name.equals(catalog.passagesFile())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        words.close();
    }
}
