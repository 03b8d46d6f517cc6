package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2.AllMiniLmL6V2EmbeddingModel;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** all-MiniLM-L6-v2 in this process: nothing of the documents leaves the machine to be embedded. */
public final class LocalEmbeddings {

    /** Part of the name of the pipeline that an index was made by. */
    public static final String NAME = "all-MiniLM-L6-v2";

    public static final int DIMENSION = 384;

    private static final Once MODEL = new Once(() -> {
        keepOffline();
        return new AllMiniLmL6V2EmbeddingModel();
    });

    private LocalEmbeddings() {}

    /** The same one each time: its weights are 90 MB. */
    public static EmbeddingModel model() {
        return MODEL.get();
    }

    /**
     * Keeps the model from being loaded from now on, for who ends the program: its native library crashes the JVM where that ends
     * while a session is made. Waits for one that is being made.
     */
    public static void endLoading() {
        MODEL.endLoading();
    }

    /** Whether most of the letters are Latin ones. Of languages that share them this says nothing. */
    public static boolean reads(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long latin = text.codePoints()
                .filter(Character::isLetter)
                .filter(letter -> Character.UnicodeScript.of(letter) == Character.UnicodeScript.LATIN)
                .count();
        return 2 * latin >= letters;
    }

    /** To be said where a text is in another language. */
    public static String readsEnglish() {
        return Words.of(
                "the embedding model, " + NAME + ", was trained on English: in another script"
                        + " what is near and what is far is little more than chance, and no threshold mends that",
                "嵌入模型 " + NAME + " 是用英文训练的：对其他文字，检索结果与碰运气相差无几，调阈值也没有用");
    }

    /** Counts the model's own tokens. */
    public static TokenCountEstimator tokenCounter() {
        keepOffline();
        return new WordByWordTokens();
    }

    /** The library that tokenizes for it would otherwise report its use over the network. */
    private static void keepOffline() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
    }

    /** What is loaded when it is first asked for, unless the end of the program has come before. */
    static final class Once implements Supplier<EmbeddingModel> {

        private final Supplier<EmbeddingModel> loading;
        private final ReentrantLock lock = new ReentrantLock();
        private EmbeddingModel model;

        Once(Supplier<EmbeddingModel> loading) {
            this.loading = loading;
        }

        void endLoading() {
            lock.lock();
        }

        @Override
        public EmbeddingModel get() {
            lock.lock();
            try {
                if (model == null) {
                    model = loading.get();
                }
                return model;
            } finally {
                lock.unlock();
            }
        }
    }
}
