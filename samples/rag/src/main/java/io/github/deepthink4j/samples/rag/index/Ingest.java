package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.document.UnreadableDocumentException;
import io.github.deepthink4j.samples.rag.document.Watch;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Brings an index up to date with a folder: what is new, changed or gone, and nothing else. */
public final class Ingest {

    /** Put in together: a kill costs this many files at most. */
    private static final int BATCH = 16;

    /** Passages that are embedded together: in less than a second, so that a large file shows how far it is and can be stopped. */
    static final int PIECE = 16;

    /** What has fewer passages is embedded again after a kill, or a stop in the midst of it. */
    static final int LARGE = 8 * PIECE;

    /** So many passages show in which script a file is. */
    private static final int SAMPLE = 64;

    /** Told before and after each file, and within a long one. */
    public interface Progress {

        /** @param files that are done, with the part of the one that is not */
        void at(double files, int all, String what);
    }

    private record Loaded(Version version, List<TextSegment> passages) {}

    private record Ready(Loaded loaded, List<Embedding> embeddings) {}

    private final DocumentSplitting splitting;
    private final EmbeddingModel embeddingModel;
    private final Progress progress;
    private final BooleanSupplier stop;

    /**
     * @param stop ends it soon, in the midst of a large file too; what is done is kept, and the next run does the rest
     */
    public Ingest(DocumentSplitting splitting, EmbeddingModel embeddingModel, Progress progress, BooleanSupplier stop) {
        this.splitting = splitting;
        this.embeddingModel = embeddingModel;
        this.progress = progress;
        this.stop = stop;
    }

    /** A file that cannot be read is a problem in the report; what the index had of it stays. */
    public IngestReport run(Folder folder, Index index) throws IOException {
        Map<String, Entry> before = index.catalog().files();
        SortedMap<String, String> problems = new TreeMap<>(folder.unreadable());
        List<String> todo = new ArrayList<>(folder.documents().keySet());
        Map<String, Ready> batch = new LinkedHashMap<>();
        int added = 0;
        int changed = 0;
        int otherScript = 0;
        for (int i = 0; i < todo.size() && !stop.getAsBoolean(); i++) {
            String file = todo.get(i);
            progress.at(i, todo.size(), file);
            Optional<Loaded> loaded = load(folder, file, index.catalog(), problems, i);
            Optional<List<Embedding>> embeddings =
                    loaded.isEmpty() ? Optional.empty() : embed(index, file, loaded.get(), i, todo.size());
            if (embeddings.isEmpty() && stop.getAsBoolean()) {
                break;
            }
            if (embeddings.isPresent()) {
                batch.put(file, new Ready(loaded.get(), embeddings.get()));
                otherScript += isInOtherScript(loaded.get()) ? 1 : 0;
                added += before.containsKey(file) ? 0 : 1;
                changed += before.containsKey(file) ? 1 : 0;
            }
            if (isFull(batch)) {
                putIn(index, batch);
            }
            progress.at(i + 1, todo.size(), file);
        }
        putIn(index, batch);
        if (stop.getAsBoolean()) {
            index.finish();
            return new IngestReport(added, changed, 0, 0, folder.otherFiles(), otherScript, problems);
        }
        List<String> gone = before.keySet().stream()
                .filter(file -> !folder.documents().containsKey(file) && !folder.mayHold(file))
                .toList();
        index.announceRemoval(gone);
        for (String file : gone) {
            index.remove(file);
        }
        index.finishAll();
        int unchanged = folder.documents().size() - added - changed - unreadFiles(folder, problems);
        return new IngestReport(added, changed, gone.size(), unchanged, folder.otherFiles(), otherScript, problems);
    }

    private static int unreadFiles(Folder folder, Map<String, String> problems) {
        return (int) problems.keySet().stream()
                .filter(folder.documents()::containsKey)
                .count();
    }

    /** Nothing if it is in the index as it is, cannot be used, or was stopped. */
    private Optional<Loaded> load(
            Folder folder, String file, Catalog catalog, Map<String, String> problems, int filesBefore) {
        try {
            Optional<DocumentFile> read = DocumentFile.read(folder.documents().get(file), stop);
            if (read.isEmpty() || isKnown(catalog.files().get(file), read.get())) {
                return Optional.empty();
            }
            String hash = read.get().hash();
            Watch watch = new ShownPercent(file, filesBefore, folder.documents().size());
            return splitting
                    .passages(file, Version.id(file, hash), read.get().content(), watch)
                    .map(passages -> new Loaded(new Version(hash, passages.size()), passages));
        } catch (UnreadableDocumentException e) {
            problems.put(file, e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isKnown(Entry entry, DocumentFile read) {
        return entry != null
                && entry.current() != null
                && entry.current().hash().equals(read.hash());
    }

    /** Shows each percent of a file once, however short its sections are. */
    private final class ShownPercent implements Watch {

        private final String file;
        private final int filesBefore;
        private final int files;
        private long shown;

        ShownPercent(String file, int filesBefore, int files) {
            this.file = file;
            this.filesBefore = filesBefore;
            this.files = files;
        }

        @Override
        public boolean goesOn(long done, long all) {
            long percent = all == 0 ? 0 : 100 * done / all;
            if (percent != shown) {
                shown = percent;
                progress.at(filesBefore, files, percent + " % " + file);
            }
            return !stop.getAsBoolean();
        }
    }

    private static boolean isInOtherScript(Loaded loaded) {
        List<TextSegment> passages = loaded.passages();
        int step = 1 + passages.size() / SAMPLE;
        StringBuilder sample = new StringBuilder();
        for (int i = 0; i < passages.size(); i += step) {
            sample.append(passages.get(i).text()).append('\n');
        }
        return !LocalEmbeddings.reads(sample.toString());
    }

    /** Nothing if it was stopped before all of it was embedded; what is done of a large file is kept. */
    private Optional<List<Embedding>> embed(Index index, String file, Loaded loaded, int filesBefore, int files)
            throws IOException {
        List<TextSegment> passages = loaded.passages();
        int all = passages.size();
        Unfinished begun = index.unfinished(file, loaded.version());
        List<Embedding> embeddings = new ArrayList<>(all < LARGE ? List.of() : begun.read(all));
        while (embeddings.size() < all && !stop.getAsBoolean()) {
            int done = embeddings.size();
            if (all > PIECE) {
                progress.at(filesBefore + (double) done / all, files, done + "/" + all + " " + file);
            }
            List<Embedding> piece = embeddingModel
                    .embedAll(passages.subList(done, Math.min(done + PIECE, all)).stream()
                            .map(Ingest::withHeading)
                            .toList())
                    .content();
            if (all >= LARGE) {
                begun.add(piece);
            }
            embeddings.addAll(piece);
        }
        return embeddings.size() < all ? Optional.empty() : Optional.of(embeddings);
    }

    /** A table or a list says little by itself: its heading is embedded with it, but not stored twice. */
    private static TextSegment withHeading(TextSegment passage) {
        return TextSegment.from(passage.metadata().getString(Keys.HEADING) + "\n" + passage.text());
    }

    /** A large file is not held back for others. */
    private static boolean isFull(Map<String, Ready> batch) {
        return batch.size() >= BATCH
                || batch.values().stream()
                                .mapToInt(ready -> ready.embeddings().size())
                                .sum()
                        >= LARGE;
    }

    private static void putIn(Index index, Map<String, Ready> batch) throws IOException {
        Map<String, Version> versions = new LinkedHashMap<>();
        batch.forEach((file, ready) -> versions.put(file, ready.loaded().version()));
        index.announce(versions);
        for (Map.Entry<String, Ready> file : batch.entrySet()) {
            Loaded loaded = file.getValue().loaded();
            index.put(file.getKey(), loaded.version(), file.getValue().embeddings(), loaded.passages());
        }
        batch.clear();
        index.commit();
    }
}
