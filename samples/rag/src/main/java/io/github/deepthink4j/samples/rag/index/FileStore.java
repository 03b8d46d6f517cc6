package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;

/** The passages in files of the index's folder, of which only the catalog says which count. */
final class FileStore implements PassageStore {

    static final String NAME = "file";

    /** Of earlier versions of this program. A folder of somebody's choice may hold files of his own with such a name. */
    private static final Pattern FORMER = Pattern.compile("passages-\\d{1,18}\\.json(\\.tmp)?");

    private final Path directory;
    private final LucenePassages passages;

    private FileStore(Path directory, LucenePassages passages) {
        this.directory = directory;
        this.passages = passages;
    }

    /** To be written: what this catalog refers to, or nothing. */
    static FileStore open(Path directory, Catalog catalog) throws IOException {
        try {
            return new FileStore(directory, LucenePassages.open(directory, catalog.state()));
        } catch (CorruptIndexException | EOFException | IndexFormatTooNewException | IndexFormatTooOldException e) {
            throw damaged(directory, e);
        }
    }

    /** To be searched. */
    static Passages search(Path directory, Catalog catalog) throws IOException {
        try {
            return LucenePassages.search(directory, catalog.state());
        } catch (CorruptIndexException | EOFException | IndexFormatTooNewException | IndexFormatTooOldException e) {
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
    public void put(Collection<String> former, List<String> ids, List<Embedding> embeddings, List<TextSegment> segments)
            throws IOException {
        if (!former.isEmpty()) {
            passages.remove(former);
        }
        passages.add(ids, embeddings, segments);
    }

    @Override
    public void remove(Collection<String> ids) throws IOException {
        passages.remove(ids);
    }

    @Override
    public void removeAll() throws IOException {
        passages.removeAll();
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
        return catalog.keptAs(passages.keep());
    }

    @Override
    public void clearAway(Catalog catalog) throws IOException {
        passages.clearAway(catalog.state());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> FORMER.matcher(file.getFileName().toString()).matches())) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        passages.close();
    }
}
