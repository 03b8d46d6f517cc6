package io.github.deepthink4j.samples.rag.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.samples.rag.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several at once, on the PostgreSQL of RAG_TEST_STORE. */
class DatabaseReadersTest {

    private static final int DOCUMENTS = 6;
    private static final int SECTIONS = 5;
    private static final int READERS = 4;

    @TempDir
    private Path root;

    private IndexFixture fixture;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void begin() throws IOException {
        fixture = DatabaseFixture.begin(root, Map.of("RAG_HNSW_FROM", "0"));
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void write(int round) throws IOException {
        for (int document = 0; document < DOCUMENTS; document++) {
            StringBuilder text = new StringBuilder();
            for (int section = 0; section < SECTIONS; section++) {
                text.append("# Section ")
                        .append(section)
                        .append("\n\nzebra")
                        .append(document)
                        .append(" round");
                text.append(round).append(".\n\n");
            }
            fixture.file("document" + document + ".md", text.toString());
        }
    }

    @Test
    void should_show_each_reader_whole_documents_while_one_ingests() throws Exception {
        DatabaseFixture.assumeSessionsOfTheirOwn();
        // given
        write(0);
        fixture.ingest();
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger reads = new AtomicInteger();

        // when
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit((Callable<Void>) () -> {
                while (!done.get()) {
                    // then
                    assertWhole(fixture.stored());
                    assertThat(fixture.withWords("zebra3"))
                            .hasSize(SECTIONS)
                            .allSatisfy(text -> assertThat(text).startsWith("zebra3 round"));
                    reads.incrementAndGet();
                }
                return null;
            }));
        }
        for (int round = 1; round <= 4; round++) {
            write(round);
            assertThat(fixture.ingest().changed()).isEqualTo(DOCUMENTS);
        }
        done.set(true);
        for (Future<?> reader : readers) {
            reader.get(60, TimeUnit.SECONDS);
        }
        System.out.println(reads + " reads while " + 4 * DOCUMENTS + " documents were replaced");
    }

    /** A document is there in one version, and with all its passages. */
    private static void assertWhole(SortedMap<String, String> stored) {
        for (int document = 0; document < DOCUMENTS; document++) {
            String word = "zebra" + document + " ";
            assertThat(stored.values().stream()
                            .filter(text -> text.contains(word))
                            .toList())
                    .hasSize(SECTIONS)
                    .allSatisfy(text -> assertThat(stored.values()).contains(text));
            assertThat(stored.values().stream()
                            .filter(text -> text.contains(word))
                            .distinct())
                    .as("versions of one document")
                    .hasSize(1);
        }
    }

    @Test
    void should_answer_while_a_document_is_being_put_in() throws Exception {
        DatabaseFixture.assumeSessionsOfTheirOwn();
        write(0);
        fixture.ingest();
        CountDownLatch midst = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        DatabaseStore store = fixture.stores.database();
        Future<?> writing = threads.submit((Callable<Void>) () -> {
            store.database().dataSource().run(connection -> {
                store.embeddings().removeAll(List.copyOf(fixture.stored().keySet()));
                store.words().remove(fixture.stored().keySet());
                midst.countDown();
                await(answered);
            });
            return null;
        });
        assertThat(midst.await(60, TimeUnit.SECONDS)).isTrue();

        SortedMap<String, String> stored =
                threads.submit(() -> fixture.stored()).get(60, TimeUnit.SECONDS);
        List<String> withWords =
                threads.submit(() -> fixture.withWords("zebra1")).get(60, TimeUnit.SECONDS);
        answered.countDown();
        writing.get(60, TimeUnit.SECONDS);

        assertWhole(stored);
        assertThat(withWords).hasSize(SECTIONS);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(120, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void should_put_in_nothing_of_a_document_that_fails_in_the_midst() throws Exception {
        DatabaseStore store = fixture.stores.database();
        SyntheticPassages.Document document = new SyntheticPassages(100).document(0);

        assertThatThrownBy(() -> store.database().dataSource().run(connection -> {
                    store.put(List.of(), document.ids(), document.embeddings(), document.passages());
                    throw new IOException("expected by this test");
                }))
                .hasMessage("expected by this test");
        assertThatThrownBy(() -> store.database().dataSource().run(connection -> {
                    store.embeddings().addAll(document.ids(), document.embeddings(), document.passages());
                    throw new AssertionError("expected by this test");
                }))
                .hasMessage("expected by this test");

        assertThat(fixture.stores.database().database().name()).isNotBlank();
        assertThat(DatabaseFixture.torn()).isEmpty();
        assertThat(DatabaseFixture.query("SELECT count(*) FROM rag_passages_896"))
                .containsExactly("0");
    }

    @Test
    void should_refuse_a_second_ingest_of_the_same_index() throws IOException {
        write(0);
        List<Throwable> second = new ArrayList<>();
        fixture.beforeEmbedding = () -> {
            fixture.beforeEmbedding = () -> {};
            try {
                fixture.ingest();
            } catch (IOException | UsageException e) {
                second.add(e);
            }
        };

        assertThat(fixture.ingest().added()).isEqualTo(DOCUMENTS);

        assertThat(second).hasSize(1);
        assertThat(second.get(0)).hasMessageContaining("Another ingest is writing the index");
        assertThat(fixture.stored()).hasSize(DOCUMENTS * SECTIONS);
    }

    @Test
    void should_let_two_folders_be_ingested_at_once() throws Exception {
        IndexFixture other = new IndexFixture(Files.createDirectories(root.resolve("other")));
        other.stores = fixture.stores;
        write(0);
        for (int i = 0; i < 40; i++) {
            other.file("other" + i + ".md", "# Other\n\nquagga " + i);
        }

        Future<IngestReport> both = threads.submit(() -> other.ingest());
        fixture.ingest();
        assertThat(both.get(120, TimeUnit.SECONDS).added()).isEqualTo(40);

        assertThat(fixture.stored()).hasSize(DOCUMENTS * SECTIONS + 40);
        assertThat(DatabaseFixture.hnswIndexes()).hasSize(2);
        assertThat(DatabaseFixture.torn()).isEmpty();
    }

    @Test
    void should_keep_what_is_whole_when_it_is_stopped() throws Exception {
        for (int i = 0; i < 100; i++) {
            fixture.file("file" + i + ".md", "# File\n\nquagga " + i);
        }
        AtomicBoolean stopped = new AtomicBoolean();
        fixture.stop = stopped::get;
        fixture.beforeEmbedding = () -> stopped.set(fixture.embedded > 0);

        int added = fixture.ingest().added();

        assertThat(added).isBetween(1, 99);
        assertThat(DatabaseFixture.torn()).isEmpty();
        assertThat(fixture.stored()).hasSize(added);
        assertThat(DatabaseFixture.hnswIndexes()).isEmpty();
        fixture.stop = () -> false;
        assertThat(fixture.ingest().added()).isEqualTo(100 - added);
        assertThat(fixture.stored()).hasSize(100);
        assertThat(DatabaseFixture.hnswIndexes()).hasSize(2);
    }

    @Test
    void should_stop_in_the_midst_of_a_long_statement() throws Exception {
        DatabaseFixture.assumeSessionsOfTheirOwn();
        AtomicBoolean stopped = new AtomicBoolean();
        List<Boolean> results = new ArrayList<>();

        fixture.stores.database().database().dataSource().run(connection -> {
            results.add(new Stoppable(stopped::get).execute(connection, "SELECT pg_sleep(0)"));
            threads.submit(() -> {
                Thread.sleep(300);
                stopped.set(true);
                return null;
            });
            results.add(new Stoppable(stopped::get).execute(connection, "SELECT pg_sleep(300)"));
        });

        assertThat(results).containsExactly(true, false);
    }
}
