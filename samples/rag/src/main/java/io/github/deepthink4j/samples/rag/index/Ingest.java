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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** Brings an index up to date with a folder: what is new, changed or gone, and nothing else. */
public final class Ingest {

    /**
     * Passages that are embedded together: enough for all cores, and so few that a large file shows how far it is and can be stopped. Of
     * small files the passages of several.
     */
    static final int PIECE = 32;

    /** What has fewer passages is embedded again after a kill, or a stop in the midst of it. */
    static final int LARGE = 4 * PIECE;

    /** Before a larger file is read, which may take long, what was read is put in. */
    static final int LARGE_BYTES = 1 << 16;

    /** So many passages show in which script a file is. */
    private static final int SAMPLE = 64;

    /** Told before and after each file, and within a long one. */
    public interface Progress {

        /** @param files that are done, with the part of the one that is not */
        void at(double files, int all, String what);
    }

    private record Loaded(String file, Version version, List<TextSegment> passages) {

        private int size() {
            return passages.size();
        }
    }

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
        List<Loaded> group = new ArrayList<>();
        Done done = new Done(before.keySet());
        for (int i = 0; i < todo.size() && !stop.getAsBoolean(); i++) {
            String file = todo.get(i);
            if (isLarge(folder.documents().get(file))) {
                putIn(index, group, done);
            }
            progress.at(i, todo.size(), file);
            Optional<Loaded> loaded = load(folder, file, index, problems, i);
            if (loaded.isPresent()) {
                if (loaded.get().size() > PIECE) {
                    putIn(index, group, done);
                    putInByItself(index, loaded.get(), done, i, todo.size());
                } else {
                    group.add(loaded.get());
                }
            }
            if (group.stream().mapToInt(Loaded::size).sum() >= PIECE) {
                putIn(index, group, done);
            }
            if (!stop.getAsBoolean()) {
                progress.at(i + 1, todo.size(), file);
            }
        }
        putIn(index, group, done);
        if (stop.getAsBoolean()) {
            index.finish();
            return done.report(0, 0, folder, problems);
        }
        List<String> gone = before.keySet().stream()
                .filter(file -> !folder.documents().containsKey(file) && !folder.mayHold(file))
                .toList();
        index.announceRemoval(gone);
        for (String file : gone) {
            index.remove(file);
        }
        index.finishAll(stop);
        int unchanged = folder.documents().size() - done.added - done.changed - unreadFiles(folder, problems);
        return done.report(gone.size(), unchanged, folder, problems);
    }

    /** What is in the index now that was not before. */
    private static final class Done {

        private final Set<String> before;
        private int added;
        private int changed;
        private int otherScript;

        Done(Set<String> before) {
            this.before = before;
        }

        void add(Loaded loaded) {
            otherScript += isInOtherScript(loaded) ? 1 : 0;
            added += before.contains(loaded.file()) ? 0 : 1;
            changed += before.contains(loaded.file()) ? 1 : 0;
        }

        IngestReport report(int removed, int unchanged, Folder folder, SortedMap<String, String> problems) {
            return new IngestReport(added, changed, removed, unchanged, folder.otherFiles(), otherScript, problems);
        }
    }

    private static boolean isLarge(Path file) {
        try {
            return Files.size(file) > LARGE_BYTES;
        } catch (IOException e) {
            // It is read in a moment, and then there is a reason to tell.
            return false;
        }
    }

    private static int unreadFiles(Folder folder, Map<String, String> problems) {
        return (int) problems.keySet().stream()
                .filter(folder.documents()::containsKey)
                .count();
    }

    /** Nothing if it is in the index as it is, cannot be used, or was stopped. */
    private Optional<Loaded> load(
            Folder folder, String file, Index index, Map<String, String> problems, int filesBefore) {
        try {
            Optional<DocumentFile> read = DocumentFile.read(folder.documents().get(file), stop);
            if (read.isEmpty() || isKnown(index.entry(file), read.get())) {
                return Optional.empty();
            }
            String hash = read.get().hash();
            Watch watch = new ShownPercent(file, filesBefore, folder.documents().size());
            return splitting
                    .passages(file, Version.id(file, hash), read.get().content(), watch)
                    .map(passages -> new Loaded(file, new Version(hash, passages.size()), passages));
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

    /** Files of few passages: what they have together is embedded at once, and also at a stop, since it is soon done. */
    private void putIn(Index index, List<Loaded> group, Done done) throws IOException {
        if (group.isEmpty()) {
            return;
        }
        Iterator<Embedding> embeddings = embed(group.stream()
                        .flatMap(loaded -> loaded.passages().stream())
                        .toList())
                .iterator();
        Map<String, Version> versions = new LinkedHashMap<>();
        group.forEach(loaded -> versions.put(loaded.file(), loaded.version()));
        index.announce(versions);
        for (Loaded loaded : group) {
            List<Embedding> own =
                    loaded.passages().stream().map(passage -> embeddings.next()).toList();
            index.put(loaded.file(), loaded.version(), own::subList, loaded.passages());
            done.add(loaded);
        }
        group.clear();
        index.commit();
    }

    /** Not if it is stopped before all of it is embedded; what is done of a large file is kept. */
    private void putInByItself(Index index, Loaded loaded, Done done, int filesBefore, int files) throws IOException {
        int all = loaded.size();
        Unfinished begun = index.unfinished(loaded.file(), loaded.version());
        List<Embedding> embeddings = new ArrayList<>();
        int at = all < LARGE ? 0 : begun.count();
        while (at < all && !stop.getAsBoolean()) {
            progress.at(filesBefore + (double) at / all, files, at + "/" + all + " " + loaded.file());
            List<Embedding> piece = embed(loaded.passages().subList(at, Math.min(at + PIECE, all)));
            if (all < LARGE) {
                embeddings.addAll(piece);
            } else {
                begun.add(piece);
            }
            at += piece.size();
        }
        if (at >= all) {
            index.announce(Map.of(loaded.file(), loaded.version()));
            index.put(
                    loaded.file(),
                    loaded.version(),
                    all < LARGE ? embeddings::subList : begun::read,
                    loaded.passages());
            done.add(loaded);
            index.commit();
        }
    }

    private List<Embedding> embed(List<TextSegment> passages) {
        return embeddingModel
                .embedAll(passages.stream().map(Ingest::withHeading).toList())
                .content();
    }

    /** A table or a list says little by itself: its heading is embedded with it, but not stored twice. */
    private static TextSegment withHeading(TextSegment passage) {
        return TextSegment.from(passage.metadata().getString(Keys.HEADING) + "\n" + passage.text());
    }
}
