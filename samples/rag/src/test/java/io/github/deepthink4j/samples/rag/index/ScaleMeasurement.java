package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import io.github.deepthink4j.samples.rag.index.SyntheticPassages.Document;
import io.github.deepthink4j.samples.rag.index.SyntheticPassages.Question;
import io.github.deepthink4j.samples.rag.model.Language;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Part;
import io.github.deepthink4j.samples.rag.retrieval.NeighbourRetriever;
import io.github.deepthink4j.samples.rag.retrieval.RetrievalSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * How long a question takes over many passages in a database, and how many of the nearest the approximate index finds: over made-up
 * passages, since to embed so many takes an hour. The figures of docs/rag.md were measured by it. It deletes what is in the database.
 */
final class ScaleMeasurement {

    private static final int NEAREST = 10;
    private static final List<Stretch> STRETCHES =
            Stretch.of(LocalEmbeddings.model().dimension());

    /** Documents, while nobody asks yet. */
    private static final int AT_ONCE = 25;

    private final SyntheticPassages synthetic;
    private final int count;
    private final Map<String, String> environment;
    private final DatabaseStore store;
    private final Consumer<String> out;
    private final List<Question> questions = new ArrayList<>();

    /** @param count of passages */
    ScaleMeasurement(String address, int count, int asked, Map<String, String> environment, Consumer<String> out)
            throws IOException {
        this.synthetic = new SyntheticPassages(count);
        this.count = count;
        this.environment = environment;
        this.store = new Stores(address, LocalEmbeddings.model().dimension(), environment).database();
        this.out = out;
        Random random = new Random(22);
        for (int i = 0; i < asked; i++) {
            questions.add(synthetic.question(random.nextInt(count)));
        }
    }

    /** {@code [PASSAGES [QUESTIONS]]}, into the database of RAG_TEST_STORE. */
    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int asked = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        String address = System.getenv("RAG_TEST_STORE");
        ScaleMeasurement measurement =
                new ScaleMeasurement(address, count, asked, System.getenv(), System.out::println);
        measurement.load();
        measurement.sizes();
        measurement.exactTime();
        for (int ef : new int[] {50, 100, 200, 400}) {
            measurement.recall(Map.of("RAG_HNSW_EF_SEARCH", String.valueOf(ef)), address);
        }
        measurement.parts(address);
        measurement.ask(address, 1, false);
        measurement.ask(address, 1, true);
        measurement.ask(address, 8, true);
    }

    void load() throws IOException {
        store.removeAll();
        long begin = System.nanoTime();
        for (int i = 0; i < count / SyntheticPassages.IN_A_DOCUMENT; i += AT_ONCE) {
            Document some = new Document(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int k = i; k < Math.min(i + AT_ONCE, count / SyntheticPassages.IN_A_DOCUMENT); k++) {
                Document document = synthetic.document(k);
                some.ids().addAll(document.ids());
                some.embeddings().addAll(document.embeddings());
                some.passages().addAll(document.passages());
            }
            store.put(List.of(), some.ids(), some.embeddings(), some.passages());
        }
        out.accept("%,d passages loaded in %.0f s".formatted(count, seconds(begin)));
        long indexing = System.nanoTime();
        store.finish(() -> false).forEach(out);
        out.accept("indexes of the vectors made, tables analyzed in %.0f s".formatted(seconds(indexing)));
    }

    private void put(int number) throws IOException {
        Document document = synthetic.document(number);
        store.put(List.of(), document.ids(), document.embeddings(), document.passages());
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    void sizes() throws SQLException {
        try (Connection connection = store.database().dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT relname, pg_table_size(oid) / 1048576 FROM pg_class"
                        + " WHERE relname LIKE 'rag\\_passages\\_896%' ORDER BY relname")) {
            while (rows.next()) {
                out.accept(rows.getString(1) + ": " + rows.getLong(2) + " MB");
            }
        }
    }

    /** Of each passage to a question, in the database itself. */
    void exactTime() throws IOException {
        List<Double> took = new ArrayList<>();
        for (Question question : questions.subList(0, Math.min(5, questions.size()))) {
            long begin = System.nanoTime();
            store.embeddings().search(request(question, 50));
            took.add(1000 * seconds(begin));
        }
        out.accept("exact, each passage compared by PostgreSQL: " + times(took));
    }

    /** Of the nearest ten to each question those that the index finds; the result is the share of them. */
    double recall(Map<String, String> settings, String address) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(settings);
        int found = 0;
        int first = 0;
        List<Double> took = new ArrayList<>();
        List<List<String>> exact = exact();
        try (Passages passages = new Stores(address, LocalEmbeddings.model().dimension(), all).search()) {
            for (int i = 0; i < questions.size(); i++) {
                long begin = System.nanoTime();
                List<String> ids = passages.embeddings().search(request(questions.get(i), 50)).matches().stream()
                        .map(EmbeddingMatch::embeddingId)
                        .limit(NEAREST)
                        .toList();
                took.add(1000 * seconds(begin));
                Set<String> wanted = new HashSet<>(exact.get(i));
                wanted.retainAll(ids);
                found += wanted.size();
                first += ids.contains(exact.get(i).get(0)) ? 1 : 0;
            }
        }
        double recall = (double) found / NEAREST / questions.size();
        out.accept("vectors alone %s: recall@10 %.4f, nearest one found %.4f, %s"
                .formatted(settings, recall, (double) first / questions.size(), times(took)));
        return recall;
    }

    private static EmbeddingSearchRequest request(Question question, int max) {
        return EmbeddingSearchRequest.builder()
                .queryEmbedding(question.embedding())
                .maxResults(max)
                .minScore(0.0)
                .build();
    }

    private List<List<String>> exactIds;

    /** With all digits, in this process. */
    private List<List<String>> exact() {
        if (exactIds == null) {
            List<List<Map.Entry<Double, String>>> best = new ArrayList<>();
            questions.forEach(question -> best.add(new ArrayList<>()));
            for (int i = 0; i < count / SyntheticPassages.IN_A_DOCUMENT; i++) {
                Document document = synthetic.document(i);
                int language = synthetic.language(i * SyntheticPassages.IN_A_DOCUMENT);
                for (int k = 0; k < document.ids().size(); k++) {
                    for (int q = 0; q < questions.size(); q++) {
                        if (questions.get(q).stretch() != language) {
                            continue;
                        }
                        double product = product(
                                questions.get(q).embedding(),
                                document.embeddings().get(k),
                                language);
                        List<Map.Entry<Double, String>> list = best.get(q);
                        if (list.size() < NEAREST
                                || product > list.get(NEAREST - 1).getKey()) {
                            list.add(Map.entry(product, document.ids().get(k)));
                            list.sort(Map.Entry.<Double, String>comparingByKey().reversed());
                            if (list.size() > NEAREST) {
                                list.remove(NEAREST);
                            }
                        }
                    }
                }
            }
            exactIds = best.stream()
                    .map(list -> list.stream().map(Map.Entry::getValue).toList())
                    .toList();
        }
        return exactIds;
    }

    private static double product(Embedding some, Embedding other, int language) {
        float[] a = some.vector();
        float[] b = other.vector();
        Stretch stretch = STRETCHES.get(language);
        float sum = 0;
        for (int i = stretch.from(); i < stretch.from() + stretch.dimension(); i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The words alone. */
    void parts(String address) throws IOException {
        List<Double> took = new ArrayList<>();
        try (Passages passages = new Stores(address, LocalEmbeddings.model().dimension(), environment).search()) {
            for (Question question : questions) {
                long begin = System.nanoTime();
                passages.words().search(question.text(), 50);
                took.add(1000 * seconds(begin));
            }
        }
        out.accept("words alone: " + times(took));
    }

    /** All of a question but what a model does: vectors, words, their fusion, and the passages beside what was found. The result is how often what was meant is. */
    double ask(String address, int readers, boolean whileOneIngests) throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(readers + 1);
        try {
            Future<?> ingest = threads.submit((Callable<Void>) () -> {
                for (int i = 0; whileOneIngests && !asked.get(); i++) {
                    put(count / SyntheticPassages.IN_A_DOCUMENT + i);
                    written.addAndGet(SyntheticPassages.IN_A_DOCUMENT);
                }
                return null;
            });
            long begin = System.nanoTime();
            List<Future<List<Double>>> each = new ArrayList<>();
            AtomicInteger found = new AtomicInteger();
            for (int r = 0; r < readers; r++) {
                int reader = r;
                each.add(threads.submit(() -> askAll(address, reader, readers, found)));
            }
            List<Double> took = new ArrayList<>();
            for (Future<List<Double>> one : each) {
                took.addAll(one.get());
            }
            double seconds = seconds(begin);
            asked.set(true);
            ingest.get();
            out.accept(
                    "%d reader%s%s: %s, %.1f questions a second; the passage that was meant is among the hits of %d of %d"
                            .formatted(
                                    readers,
                                    readers == 1 ? "" : "s",
                                    whileOneIngests ? " while %,d passages are put in".formatted(written.get()) : "",
                                    times(took),
                                    took.size() / seconds,
                                    found.get(),
                                    took.size()));
            return (double) found.get() / took.size();
        } catch (ExecutionException e) {
            throw new AssertionError("a reader or the ingest has failed", e.getCause());
        } finally {
            asked.set(true);
            threads.shutdown();
        }
    }

    private List<Double> askAll(String address, int reader, int readers, AtomicInteger found) throws IOException {
        List<Double> took = new ArrayList<>();
        try (Passages passages = new Stores(address, LocalEmbeddings.model().dimension(), environment).search()) {
            ContentRetriever retriever =
                    new NeighbourRetriever(passages, asIfEmbedded(), new RetrievalSettings(8, 0.5, 2000));
            for (int i = 0; i < (readers == 1 ? questions.size() : questions.size() / 4); i++) {
                Question question = questions.get((i + reader * questions.size() / readers) % questions.size());
                long begin = System.nanoTime();
                List<Content> contents = retriever.retrieve(Query.from(question.text()));
                took.add(1000 * seconds(begin));
                String meant = synthetic
                        .document(question.passage() / SyntheticPassages.IN_A_DOCUMENT)
                        .passages()
                        .get(question.passage() % SyntheticPassages.IN_A_DOCUMENT)
                        .text();
                found.addAndGet(
                        contents.stream()
                                        .anyMatch(
                                                one -> one.textSegment().text().equals(meant))
                                ? 1
                                : 0);
            }
        }
        return took;
    }

    /** The models' place, where the vector of each question is known. */
    private SideBySideEmbeddings asIfEmbedded() {
        List<Stretch> stretches = Stretch.of(LocalEmbeddings.model().dimension());
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            Map<String, Embedding> known = new HashMap<>();
            for (Question question : questions) {
                float[] part = new float[stretch.dimension()];
                System.arraycopy(question.embedding().vector(), stretch.from(), part, 0, part.length);
                known.put(question.text(), Embedding.from(part));
            }
            parts.add(new Part(
                    "known",
                    EnumSet.of(i == 0 ? Language.ENGLISH : Language.CHINESE),
                    stretch.dimension(),
                    0.5,
                    1 + i,
                    () -> new Known(known)));
        }
        return new SideBySideEmbeddings(parts);
    }

    private record Known(Map<String, Embedding> embeddings) implements EmbeddingModel {

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            return Response.from(segments.stream()
                    .map(segment -> embeddings.get(segment.text()))
                    .toList());
        }
    }

    private static String times(List<Double> took) {
        List<Double> sorted = took.stream().sorted(Comparator.naturalOrder()).toList();
        return String.format(
                Locale.ROOT,
                "median %.0f ms, p99 %.0f ms",
                sorted.get(sorted.size() / 2),
                sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)));
    }
}
