package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.document.Keys;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexDeletionPolicy;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * The passages in Lucene's index, with their words and their vectors. What is new is written beside what was there before, and what counts
 * is the state that the catalog names: a newer one, of a run that was killed before it could change the catalog, is forgotten.
 */
final class LucenePassages implements AutoCloseable {

    private static final String FOLDER = "words";
    private static final String ID = "id";
    private static final String TEXT = "text";

    /** It says there, on newer versions of Java, how it could be faster still. Kept, or the level is lost with the logger. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.lucene");

    static {
        LOGGER.setLevel(Level.SEVERE);
    }

    private final FSDirectory directory;
    private final NamedStates states;
    private final IndexWriter writer;

    private LucenePassages(FSDirectory directory, NamedStates states, IndexWriter writer) {
        this.directory = directory;
        this.states = states;
        this.writer = writer;
    }

    /**
     * To be written.
     *
     * @param state that the catalog names; empty to begin anew, where an older state stays until another is named
     */
    static LucenePassages open(Path index, String state) throws IOException {
        FSDirectory directory = FSDirectory.open(index.resolve(FOLDER));
        try {
            if (state.isEmpty() && isDamaged(directory)) {
                // Lucene reads what it is to write over. Nobody else can.
                for (String file : directory.listAll()) {
                    directory.deleteFile(file);
                }
            }
            NamedStates states = new NamedStates(state);
            IndexWriterConfig config = new IndexWriterConfig(new PassageWords()).setIndexDeletionPolicy(states);
            if (state.isEmpty()) {
                config.setOpenMode(OpenMode.CREATE);
            } else {
                config.setIndexCommit(commit(directory, state));
            }
            return new LucenePassages(directory, states, new IndexWriter(directory, config));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private static boolean isDamaged(FSDirectory directory) throws IOException {
        try {
            DirectoryReader.listCommits(directory);
            return false;
        } catch (IndexNotFoundException e) {
            return false;
        } catch (CorruptIndexException | EOFException | IndexFormatTooNewException | IndexFormatTooOldException e) {
            return true;
        }
    }

    private static IndexCommit commit(FSDirectory directory, String state) throws IOException {
        try {
            for (IndexCommit commit : DirectoryReader.listCommits(directory)) {
                if (commit.getSegmentsFileName().equals(state)) {
                    return commit;
                }
            }
        } catch (IndexNotFoundException e) {
            // Nothing is there at all.
        }
        throw new NoSuchFileException(directory.getDirectory().resolve(state).toString());
    }

    /** In the place of those under the same ids. */
    void add(List<String> ids, List<Embedding> embeddings, List<TextSegment> passages) throws IOException {
        for (int i = 0; i < ids.size(); i++) {
            TextSegment passage = passages.get(i);
            Document document = new Document();
            document.add(new StringField(ID, ids.get(i), Field.Store.YES));
            document.add(LuceneVectors.field(embeddings.get(i)));
            document.add(new TextField(
                    PassageWords.FIELD,
                    passage.metadata().getString(Keys.HEADING) + "\n" + passage.text(),
                    Field.Store.NO));
            document.add(new StoredField(TEXT, passage.text()));
            document.add(new StoredField(Keys.FILE, passage.metadata().getString(Keys.FILE)));
            document.add(new StoredField(Keys.HEADING, passage.metadata().getString(Keys.HEADING)));
            document.add(new StringField(Keys.VERSION, passage.metadata().getString(Keys.VERSION), Field.Store.YES));
            document.add(new StoredField(Keys.POSITION, passage.metadata().getInteger(Keys.POSITION)));
            writer.updateDocument(new Term(ID, ids.get(i)), document);
        }
    }

    void remove(Collection<String> ids) throws IOException {
        for (String id : ids) {
            writer.deleteDocuments(new Term(ID, id));
        }
    }

    void removeAll() throws IOException {
        writer.deleteAll();
    }

    /** Keeps all changes so far, and returns what the catalog calls this state. */
    String keep() throws IOException {
        writer.commit();
        return states.newest;
    }

    /** Only this state is needed any more. */
    void clearAway(String kept) {
        states.named = kept;
    }

    /** What was not kept is lost. */
    @Override
    public void close() throws IOException {
        try (directory) {
            writer.rollback();
        }
    }

    /** Keeps the newest state and the one that the catalog names; Lucene removes what no other needs. */
    private static final class NamedStates extends IndexDeletionPolicy {

        private volatile String named;
        private volatile String newest;

        NamedStates(String named) {
            this.named = named;
            this.newest = named;
        }

        @Override
        public void onInit(List<? extends IndexCommit> commits) {
            deleteBut(commits, named);
        }

        @Override
        public void onCommit(List<? extends IndexCommit> commits) {
            newest = commits.get(commits.size() - 1).getSegmentsFileName();
            deleteBut(commits, newest);
        }

        /** As long as the catalog names none of this writer's, it may name any. */
        private void deleteBut(List<? extends IndexCommit> commits, String needed) {
            for (IndexCommit commit : commits) {
                String state = commit.getSegmentsFileName();
                if (!named.isEmpty() && !state.equals(needed) && !state.equals(named)) {
                    commit.delete();
                }
            }
        }
    }

    /** A state that is searched, by as many threads as like. */
    static Passages search(Path index, String state) throws IOException {
        FSDirectory directory = FSDirectory.open(index.resolve(FOLDER));
        try {
            DirectoryReader reader = DirectoryReader.open(commit(directory, state));
            return new Passages(new LuceneVectors(reader), new Search(directory, reader));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Whether passages are found by the value of this key without looking at all. */
    static boolean isLookedUp(String key) {
        return key.equals(Keys.VERSION);
    }

    static String id(Document document) {
        return document.get(ID);
    }

    static TextSegment passage(Document document) {
        Metadata metadata = new Metadata();
        for (String key : List.of(Keys.FILE, Keys.HEADING, Keys.VERSION)) {
            metadata.put(key, document.get(key));
        }
        metadata.put(
                Keys.POSITION, document.getField(Keys.POSITION).numericValue().intValue());
        return TextSegment.from(document.get(TEXT), metadata);
    }

    private record Search(FSDirectory directory, DirectoryReader reader) implements WordSearch {

        @Override
        public List<TextSegment> search(String question, int max) throws IOException {
            BooleanQuery.Builder any = new BooleanQuery.Builder();
            try (PassageWords words = new PassageWords()) {
                words.of(question)
                        .forEach(word -> any.add(new TermQuery(new Term(PassageWords.FIELD, word)), Occur.SHOULD));
            }
            IndexSearcher searcher = new IndexSearcher(reader);
            StoredFields stored = searcher.storedFields();
            List<TextSegment> found = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(any.build(), max).scoreDocs) {
                found.add(passage(stored.document(hit.doc)));
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            try (directory) {
                reader.close();
            }
        }
    }
}
