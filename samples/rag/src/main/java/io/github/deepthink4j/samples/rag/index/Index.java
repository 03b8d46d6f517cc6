package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * An index that is being written, by one process at a time. A change goes in three steps, so that a kill at any moment
 * leaves an index whose catalog is true: announce it, make it, commit it. What was announced and not committed is
 * cleared away by whoever opens the index next.
 */
public final class Index implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 5;

    /** Passages of a file whose embeddings are in memory at once. */
    static final int PIECE = 1_000;

    private final Path directory;
    private final PassageStore store;
    private final int dimension;
    private final FileChannel lockFile;
    private final Checkpoints checkpoints = new Checkpoints(System::nanoTime);
    private Catalog written;

    /** As it is in the midst of the changes: a catalog of them for each would take the square of their number. */
    private final SortedMap<String, Entry> files = new TreeMap<>();

    private boolean changed;
    private List<String> notes = List.of();

    private Index(Path directory, PassageStore store, int dimension, FileChannel lockFile, Catalog catalog) {
        this.directory = directory;
        this.store = store;
        this.dimension = dimension;
        this.lockFile = lockFile;
        this.written = catalog;
    }

    /**
     * Opens an index for writing, or begins one.
     *
     * @param rebuild throws away what is in it
     */
    public static Index open(Path directory, Stores stores, String pipeline, String folder, boolean rebuild)
            throws IOException {
        Files.createDirectories(directory);
        FileChannel lockFile = lock(directory);
        try {
            Catalog empty = Catalog.empty(pipeline, folder, stores.name());
            Optional<Catalog> former = rebuild ? CatalogFile.readIfWhole(directory) : CatalogFile.read(directory);
            if (!rebuild) {
                former.ifPresent(catalog -> check(directory, catalog, empty));
            }
            boolean anew =
                    rebuild || former.isEmpty() || !former.get().pipeline().equals(pipeline);
            if (rebuild) {
                Unfinished.clearAwayAll(directory);
            }
            PassageStore store = openStore(directory, stores, anew ? empty : former.get());
            return begun(new Index(directory, store, stores.dimension(), lockFile, empty), anew, former);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static Index begun(Index index, boolean anew, Optional<Catalog> former) throws IOException {
        try {
            if (anew) {
                index.beginAnew(former);
            } else {
                index.written = former.orElseThrow();
                index.files.putAll(index.written.files());
                index.store.clearAway(index.written);
                index.clearAwayUnfinished();
            }
            return index;
        } catch (IOException | RuntimeException e) {
            index.store.close();
            throw e;
        }
    }

    /** The passages of an index, to be searched. */
    public static Passages passages(Path directory, Stores stores, String pipeline) throws IOException {
        if (!stores.isFile()) {
            return stores.search();
        }
        for (int attempt = 1; ; attempt++) {
            Catalog catalog = CatalogFile.read(directory)
                    .orElseThrow(() -> new UsageException(Words.of(
                            "There is no index in " + directory + " yet. Make one: ingest <folder>",
                            directory + " 里还没有索引。请先建立：ingest <文件夹>")));
            check(directory, catalog, Catalog.empty(pipeline, catalog.folder(), FileStore.NAME));
            if (!catalog.pipeline().equals(pipeline)) {
                throw new UsageException(Words.of(
                        "The index in " + directory
                                + " was made by another version of this program. Bring it up to date: ingest <folder>",
                        directory + " 里的索引是由本程序的另一个版本建立的。请更新：ingest <文件夹>"));
            }
            try {
                return FileStore.search(directory, catalog);
            } catch (NoSuchFileException e) {
                // An ingest that runs right now has written a newer one in between.
                if (attempt == ATTEMPTS) {
                    throw FileStore.damaged(directory, e);
                }
            }
        }
    }

    /** The files in an index, and the folder that they are from; empty where there is no catalog, as beside a shared database. */
    public static Optional<Catalog> contents(Path directory) {
        return CatalogFile.readIfWhole(directory);
    }

    /** As it is now; made anew each time. */
    public Catalog catalog() {
        return written.withFiles(files);
    }

    /** What is known of a file, or {@code null}. */
    Entry entry(String file) {
        return files.get(file);
    }

    /** Says which versions are about to be put in. */
    public void announce(Map<String, Version> coming) throws IOException {
        coming.forEach((file, version) ->
                files.merge(file, new Entry(null, List.of(version)), (before, ignored) -> before.unsureWith(version)));
        nowKnown();
    }

    /** Says which files are about to be taken out. */
    public void announceRemoval(Collection<String> leaving) throws IOException {
        leaving.forEach(file -> files.computeIfPresent(file, (name, entry) -> entry.unsure()));
        nowKnown();
    }

    private void nowKnown() throws IOException {
        if (store.keepsChangesAtOnce()) {
            CatalogFile.write(directory, catalog());
        }
    }

    /** What an earlier run has made of a version that it did not finish. */
    Unfinished unfinished(String file, Version version) {
        return new Unfinished(directory, dimension, written.pipeline(), Version.id(file, version.hash()));
    }

    /** Puts an announced version in, in the place of the former ones. */
    void put(String file, Version version, ReadInPieces.Source embeddings, List<TextSegment> passages)
            throws IOException {
        store.put(
                passageIds(files.get(file), file, version),
                version.passageIds(file),
                new ReadInPieces(embeddings, passages.size(), PIECE),
                passages);
        files.put(file, Entry.whole(version));
        changed = true;
    }

    /** Takes an announced file out. */
    public void remove(String file) throws IOException {
        Set<String> ids = passageIds(files.get(file), file, null);
        if (!ids.isEmpty()) {
            store.remove(ids);
        }
        files.remove(file);
        changed = true;
    }

    /** All but those that the next version replaces. */
    private static Set<String> passageIds(Entry entry, String file, Version next) {
        // A store may look up each of its passages among them, which in a list would take the square of their number.
        return entry.versions().stream()
                .filter(version -> !version.equals(next))
                .flatMap(version -> version.passageIds(file).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Makes the changes so far last, at once in a database and now and then in a file. */
    public void commit() throws IOException {
        if (changed && (store.keepsChangesAtOnce() || checkpoints.due())) {
            write();
        }
    }

    private void write() throws IOException {
        long begin = checkpoints.now();
        written = store.keep(catalog());
        CatalogFile.write(directory, written);
        store.clearAway(written);
        Unfinished.clearAway(directory, written);
        changed = false;
        checkpoints.written(begin);
    }

    /**
     * Makes all changes last, and forgets what was begun of documents that are gone or have changed meanwhile.
     *
     * @param stop asked while something longer is done, which the next ingest does then
     */
    public void finishAll(BooleanSupplier stop) throws IOException {
        finish();
        Unfinished.clearAwayAll(directory);
        notes = store.finish(stop);
    }

    /** What there is to say of the store, after all. */
    public List<String> notes() {
        return notes;
    }

    /** Makes all changes so far last. */
    public void finish() throws IOException {
        if (changed) {
            write();
        }
    }

    /** Gives the index free. What was not committed is lost. */
    @Override
    public void close() throws IOException {
        try (lockFile) {
            store.close();
        }
    }

    private void beginAnew(Optional<Catalog> former) throws IOException {
        if (former.isPresent() && store.keepsChangesAtOnce()) {
            CatalogFile.write(directory, former.get().allPending());
        }
        store.removeAll();
        changed = true;
    }

    private void clearAwayUnfinished() throws IOException {
        for (Map.Entry<String, Entry> file : written.files().entrySet()) {
            if (!file.getValue().pending().isEmpty()) {
                remove(file.getKey());
            }
        }
        commit();
    }

    private static PassageStore openStore(Path directory, Stores stores, Catalog catalog) throws IOException {
        try {
            return stores.open(directory, catalog);
        } catch (NoSuchFileException e) {
            throw FileStore.damaged(directory, e);
        }
    }

    private static void check(Path directory, Catalog catalog, Catalog wanted) {
        if (!catalog.store().equals(wanted.store())) {
            throw new UsageException(Words.of(
                    "The index in " + directory + " keeps its passages in " + catalog.store() + ", not in "
                            + wanted.store() + ". Use that with --store, or another --index.",
                    directory + " 里的索引把段落存在 " + catalog.store() + "，不在 " + wanted.store()
                            + "。请用 --store 指定前者，或换一个 --index。"));
        }
        if (!catalog.folder().equals(wanted.folder())) {
            throw new UsageException(Words.of(
                    "The index in " + directory + " is of the folder " + catalog.folder() + ", not of "
                            + wanted.folder() + ". Use another --index, or --rebuild.",
                    directory + " 里的索引属于文件夹 " + catalog.folder() + "，而不是 " + wanted.folder()
                            + "。请换一个 --index，或用 --rebuild 重建。"));
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel file =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // Given back by the system when the process ends, however it ends; closing the file gives it back too.
            FileLock lock = file.tryLock();
            if (lock != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            // Taken within this very process.
        }
        file.close();
        throw new UsageException(Words.of(
                "Another ingest is writing the index in " + directory + ". Wait until it is done.",
                "另一个 ingest 正在写 " + directory + " 里的索引。请等它完成。"));
    }
}
