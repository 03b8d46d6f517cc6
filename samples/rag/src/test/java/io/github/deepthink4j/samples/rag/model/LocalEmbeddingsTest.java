package io.github.deepthink4j.samples.rag.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LocalEmbeddingsTest {

    @Test
    void should_tell_what_is_near_from_what_is_not_and_tell_nobody() {
        Embedding question =
                LocalEmbeddings.model().embed("How long does the battery last?").content();
        Embedding near = LocalEmbeddings.model()
                .embed("It runs for 14 hours on a charge.")
                .content();
        Embedding far =
                LocalEmbeddings.model().embed("Beethoven was born in Bonn.").content();

        assertThat(question.dimension()).isEqualTo(LocalEmbeddings.model().dimension());
        assertThat(CosineSimilarity.between(question, near))
                .isGreaterThan(CosineSimilarity.between(question, far) + 0.3);
        // What its tokenizer's library looks at before it reports its use.
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
    }

    @Test
    void should_end_the_program_only_when_the_model_that_is_being_loaded_is_there() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean loaded = new AtomicBoolean();
        LocalEmbeddings.Once once = new LocalEmbeddings.Once(() -> {
            begun.countDown();
            try {
                loaded.set(finish.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
        Thread loading = new Thread(once::get);
        loading.start();
        begun.await();
        AtomicBoolean loadedAtTheEnd = new AtomicBoolean();
        Thread ending = new Thread(() -> {
            once.endLoading();
            loadedAtTheEnd.set(loaded.get());
        });
        ending.start();
        while (ending.getState() != Thread.State.WAITING && ending.isAlive()) {
            Thread.onSpinWait();
        }
        finish.countDown();
        loading.join();
        ending.join();

        assertThat(loadedAtTheEnd).isTrue();
    }
}
