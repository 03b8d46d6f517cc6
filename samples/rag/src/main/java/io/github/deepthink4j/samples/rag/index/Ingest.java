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
import java.util.stream.Collectors;

/** Brings an index up to date with a folder: what is new, changed or gone, and nothing else. */
public final class Ingest {

    /** Announced together: a kill costs this many files at most in a database. */
    private static final int BATCH = 16;

    private static final long MAX_BYTES = 64L << 20;

    /** Told after each file. */
    public interface Progress {
        void done(int files, int all, String file);
    }

    private record Loaded(Version version, List<TextSegment> passages) {}

    private final DocumentSplitting splitting;
    private final EmbeddingModel embeddingModel;
    private final Progress progress;
    private volatile boolean stopped;

    public Ingest(DocumentSplitting splitting, EmbeddingModel embeddingModel, Progress progress) {
        this.splitting = splitting;
        this.embeddingModel = embeddingModel;
        this.progress = progress;
    }

    /** A file that cannot be read is a problem in the report; what the index had of it stays. */
    public IngestReport run(Folder folder, Index index) throws IOException {
        Map<String, Entry> before = index.catalog().files();
        SortedMap<String, String> problems = new TreeMap<>(folder.unreadable());
        List<String> todo = new ArrayList<>(folder.documents().keySet());
        int added = 0;
        int changed = 0;
        int otherScript = 0;
        progress.done(0, todo.size(), todo.isEmpty() ? "" : todo.get(0));
        for (int from = 0; from < todo.size() && !stopped; from += BATCH) {
            List<String> batch = todo.subList(from, Math.min(from + BATCH, todo.size()));
            Map<String, Loaded> loaded = load(folder, batch, index.catalog(), problems);
            index.announce(versions(loaded));
            int done = from;
            for (String file : batch) {
                if (stopped) {
                    break;
                }
                if (loaded.containsKey(file)) {
                    put(index, file, loaded.get(file));
                    otherScript += isInOtherScript(loaded.get(file)) ? 1 : 0;
                    added += before.containsKey(file) ? 0 : 1;
                    changed += before.containsKey(file) ? 1 : 0;
                }
                progress.done(++done, todo.size(), file);
            }
            index.commit();
        }
        if (stopped) {
            index.finish();
            return new IngestReport(added, changed, 0, 0, folder.otherFiles(), otherScript, problems);
        }
        List<String> gone = before.keySet().stream()
                .filter(file -> !folder.documents().containsKey(file) && !folder.mayHold(file))
                .toList();
        index.announceRemoval(gone);
        gone.forEach(index::remove);
        index.finish();
        int unchanged = folder.documents().size() - added - changed - unreadFiles(folder, problems);
        return new IngestReport(added, changed, gone.size(), unchanged, folder.otherFiles(), otherScript, problems);
    }

    /** Ends it after the file that is being put in; what is done is kept, and the next run does the rest. */
    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }

    private static int unreadFiles(Folder folder, Map<String, String> problems) {
        return (int) problems.keySet().stream()
                .filter(folder.documents()::containsKey)
                .count();
    }

    private Map<String, Loaded> load(Folder folder, List<String> batch, Catalog catalog, Map<String, String> problems) {
        Map<String, Loaded> loaded = new LinkedHashMap<>();
        for (String file : batch) {
            try {
                byte[] content = read(folder.documents().get(file));
                String hash = hash(content);
                Entry entry = catalog.files().get(file);
                if (entry == null
                        || entry.current() == null
                        || !entry.current().hash().equals(hash)) {
                    List<TextSegment> passages = splitting.passages(file, Version.id(file, hash), content);
                    loaded.put(file, new Loaded(new Version(hash, passages.size()), passages));
                }
            } catch (UnreadableDocumentException e) {
                problems.put(file, e.getMessage());
            }
        }
        return loaded;
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

    private void put(Index index, String file, Loaded loaded) {
        List<TextSegment> withHeadings =
                loaded.passages().stream().map(Ingest::withHeading).toList();
        List<Embedding> embeddings = embeddingModel.embedAll(withHeadings).content();
        index.put(file, loaded.version(), embeddings, loaded.passages());
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
