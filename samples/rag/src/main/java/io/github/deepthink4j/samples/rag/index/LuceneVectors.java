package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.comparison.IsEqualTo;
import dev.langchain4j.store.embedding.filter.logical.And;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/**
 * The vectors beside the words, on the disk and not in the heap: each is looked at for each question, which is exact, and of some tens of
 * thousands takes a fraction of a second.
 */
final class LuceneVectors extends SearchedOnly {

    private static final String FIELD = "vector";
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private final DirectoryReader reader;

    LuceneVectors(DirectoryReader reader) {
        this.reader = reader;
    }

    /** Most vectors are zero but for a stretch, which alone is kept: where it begins, and its numbers. */
    static BinaryDocValuesField field(Embedding embedding) {
        float[] vector = embedding.vector();
        int from = 0;
        int to = vector.length;
        while (from < to && vector[from] == 0) {
            from++;
        }
        while (to > from && vector[to - 1] == 0) {
            to--;
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES + (to - from) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(from);
        for (int i = from; i < to; i++) {
            bytes.putFloat(vector[i]);
        }
        return new BinaryDocValuesField(FIELD, new BytesRef(bytes.array()));
    }

    private record Hit(int document, float[] vector, double score) {}

    /** Exact: each vector is compared. */
    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
        try {
            return new IndexSearcher(reader)
                    .search(candidates(request.filter()), new OneNearest(request, reader.storedFields()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a filter may let through, at least: the passages of a version are looked up and not all looked at. */
    private static Query candidates(Filter filter) {
        if (filter instanceof And and) {
            Query left = candidates(and.left());
            return left instanceof TermQuery ? left : candidates(and.right());
        }
        return filter instanceof IsEqualTo equal && LucenePassages.isLookedUp(equal.key())
                ? new TermQuery(new Term(equal.key(), equal.comparisonValue().toString()))
                : new MatchAllDocsQuery();
    }

    /** In one thread, so there is one. */
    private record OneNearest(EmbeddingSearchRequest request, StoredFields stored)
            implements CollectorManager<Nearest, EmbeddingSearchResult<TextSegment>> {

        @Override
        public Nearest newCollector() {
            return new Nearest(request, stored);
        }

        @Override
        public EmbeddingSearchResult<TextSegment> reduce(Collection<Nearest> nearest) throws IOException {
            return new EmbeddingSearchResult<>(nearest.iterator().next().matches());
        }
    }

    private static final class Nearest extends SimpleCollector {

        private final EmbeddingSearchRequest request;
        private final StoredFields stored;
        private final float[] question;
        private final double questionLength;
        private final PriorityQueue<Hit> best = new PriorityQueue<>(Comparator.comparingDouble(Hit::score));
        private BinaryDocValues vectors;
        private int base;

        Nearest(EmbeddingSearchRequest request, StoredFields stored) {
            this.request = request;
            this.stored = stored;
            this.question = request.queryEmbedding().vector();
            double squares = 0;
            for (float number : question) {
                squares += number * number;
            }
            this.questionLength = Math.sqrt(squares);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) throws IOException {
            vectors = context.reader().getBinaryDocValues(FIELD);
            base = context.docBase;
        }

        @Override
        public void collect(int document) throws IOException {
            if (vectors != null && vectors.advanceExact(document)) {
                BytesRef bytes = vectors.binaryValue();
                double score = score(bytes);
                boolean full = best.size() == request.maxResults();
                if (score >= request.minScore()
                        && !(full && score <= best.peek().score())
                        && passes(base + document)) {
                    if (full) {
                        best.poll();
                    }
                    best.add(new Hit(base + document, vector(bytes), score));
                }
            }
        }

        private boolean passes(int document) throws IOException {
            Filter filter = request.filter();
            return filter == null
                    || filter.test(
                            LucenePassages.passage(stored.document(document)).metadata());
        }

        /** As LangChain4j has it: (cosine + 1) / 2. */
        private double score(BytesRef bytes) {
            int from = ByteBuffer.wrap(bytes.bytes, bytes.offset, Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
            int numbers = (bytes.length - Integer.BYTES) / Float.BYTES;
            int at = bytes.offset + Integer.BYTES;
            float product = 0;
            float squares = 0;
            for (int i = 0; i < numbers; i++) {
                float number = (float) FLOAT.get(bytes.bytes, at + i * Float.BYTES);
                product += number * question[from + i];
                squares += number * number;
            }
            double lengths = Math.sqrt(squares) * questionLength;
            return lengths == 0 ? 0.5 : (1 + product / lengths) / 2;
        }

        private float[] vector(BytesRef bytes) {
            ByteBuffer buffer =
                    ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length).order(ByteOrder.LITTLE_ENDIAN);
            float[] vector = new float[question.length];
            for (int i = buffer.getInt(); buffer.hasRemaining(); i++) {
                vector[i] = buffer.getFloat();
            }
            return vector;
        }

        private List<EmbeddingMatch<TextSegment>> matches() throws IOException {
            List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
            List<Hit> hits = new ArrayList<>(best);
            hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::document));
            for (Hit hit : hits) {
                Document document = stored.document(hit.document());
                matches.add(new EmbeddingMatch<>(
                        hit.score(),
                        LucenePassages.id(document),
                        Embedding.from(hit.vector()),
                        LucenePassages.passage(document)));
            }
            return matches;
        }
    }
}
