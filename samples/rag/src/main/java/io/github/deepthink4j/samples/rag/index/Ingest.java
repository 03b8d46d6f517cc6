package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.document.UnreadableDocumentException;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Brings an index up to date with a folder: what is new, changed or gone, and nothing else. */
public final class Ingest {

    /** Announced together: a kill costs this many files at most in a database. */
    private static final int BATCH = 16;

    private static final long MAX_BYTES = 64L << 20;

    /** Passages that are embedded together: in less than a second, so that a large file shows how far it is and can be stopped. */
    static final int PIECE = 16;

    /** What has fewer passages is embedded again after a stop. */
    static final int LARGE = 8 * PIECE;

    /** Told before and after each file, and within a long one. */
    public interface Progress {

        /** @param files that are done, with the part of the one that is not */
        void at(double files, int all, String what);
    }

    private record Loaded(Version version, List<TextSegment> passages) {}

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
        int added = 0;
        int changed = 0;
        int otherScript = 0;
        progress.at(0, todo.size(), todo.isEmpty() ? "" : todo.get(0));
        for (int from = 0; from < todo.size() && !stop.getAsBoolean(); from += BATCH) {
            List<String> batch = todo.subList(from, Math.min(from + BATCH, todo.size()));
            Map<String, Loaded> loaded = load(folder, batch, index.catalog(), problems, from);
            index.announce(versions(loaded));
            for (int i = 0; i < batch.size() && !stop.getAsBoolean(); i++) {
                String file = batch.get(i);
                Loaded one = loaded.get(file);
                if (one != null) {
                    if (!put(index, file, one, from + i, todo.size())) {
                        break;
                    }
                    otherScript += isInOtherScript(one) ? 1 : 0;
                    added += before.containsKey(file) ? 0 : 1;
                    changed += before.containsKey(file) ? 1 : 0;
                }
                progress.at(from + i + 1, todo.size(), file);
            }
            index.commit();
        }
        if (stop.getAsBoolean()) {
            index.finish();
            return new IngestReport(added, changed, 0, 0, folder.otherFiles(), otherScript, problems);
        }
        List<String> gone = before.keySet().stream()
                .filter(file -> !folder.documents().containsKey(file) && !folder.mayHold(file))
                .toList();
        index.announceRemoval(gone);
        gone.forEach(index::remove);
        index.finishAll();
        int unchanged = folder.documents().size() - added - changed - unreadFiles(folder, problems);
        return new IngestReport(added, changed, gone.size(), unchanged, folder.otherFiles(), otherScript, problems);
    }

    private static int unreadFiles(Folder folder, Map<String, String> problems) {
        return (int) problems.keySet().stream()
                .filter(folder.documents()::containsKey)
                .count();
    }

    private Map<String, Loaded> load(
            Folder folder, List<String> batch, Catalog catalog, Map<String, String> problems, int done) {
        Map<String, Loaded> loaded = new LinkedHashMap<>();
        for (String file : batch) {
            if (stop.getAsBoolean()) {
                break;
            }
            progress.at(done, folder.documents().size(), file);
            try {
                byte[] content = read(folder.documents().get(file));
                String hash = hash(content);
                Entry entry = catalog.files().get(file);
                if (entry == null
                        || entry.current() == null
                        || !entry.current().hash().equals(hash)) {
                    splitting
                            .passages(file, Version.id(file, hash), content, (part, whole) -> {
                                progress.at(done, folder.documents().size(), percent(part, whole) + file);
                                return !stop.getAsBoolean();
                            })
                            .ifPresent(passages ->
                                    loaded.put(file, new Loaded(new Version(hash, passages.size()), passages)));
                }
            } catch (UnreadableDocumentException e) {
                problems.put(file, e.getMessage());
            }
        }
        return loaded;
    }

    /** Only of what is split in blocks; the share of the time that it takes is small beside the embedding. */
    private static String percent(long part, long whole) {
        return part == 0 ? "" : 100 * part / whole + " % ";
    }

    private static byte[] read(Path file) throws UnreadableDocumentException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UnreadableDocumentException("it is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UnreadableDocumentException(
                    "it cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static boolean isInOtherScript(Loaded loaded) {
        return !LocalEmbeddings.reads(
                loaded.passages().stream().map(TextSegment::text).collect(Collectors.joining("\n")));
    }

    /** {@code false} if it was stopped before all of it was embedded. */
    private boolean put(Index index, String file, Loaded loaded, int filesBefore, int files) throws IOException {
        List<TextSegment> withHeadings =
                loaded.passages().stream().map(Ingest::withHeading).toList();
        int all = withHeadings.size();
        Unfinished begun = index.unfinished(file, loaded.version());
        List<Embedding> embeddings = new ArrayList<>(all < LARGE ? List.of() : begun.read(all));
        while (embeddings.size() < all && !stop.getAsBoolean()) {
            int done = embeddings.size();
            if (all > PIECE) {
                progress.at(filesBefore + (double) done / all, files, done + "/" + all + " " + file);
            }
            List<Embedding> piece = embeddingModel
                    .embedAll(withHeadings.subList(done, Math.min(done + PIECE, all)))
                    .content();
            if (all >= LARGE) {
                begun.add(piece);
            }
            embeddings.addAll(piece);
        }
        if (embeddings.size() < all) {
            return false;
        }
        index.put(file, loaded.version(), embeddings, loaded.passages());
        return true;
    }

    /** A table or a list says little by itself: its heading is embedded with it, but not stored twice. */
    private static TextSegment withHeading(TextSegment passage) {
        return TextSegment.from(passage.metadata().getString(Keys.HEADING) + "\n" + passage.text());
    }

    private static Map<String, Version> versions(Map<String, Loaded> loaded) {
        Map<String, Version> versions = new LinkedHashMap<>();
        loaded.forEach((file, one) -> versions.put(file, one.version()));
        return versions;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
