package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.model.TokenCountEstimator;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Part;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * all-MiniLM-L6-v2 for English and bge-small-zh-v1.5 for Chinese in this process: nothing of the documents leaves the machine to be
 * embedded.
 */
public final class LocalEmbeddings {

    /** As many tokens as their authors let them read. */
    private static final Once ENGLISH =
            new Once(() -> new BertEmbeddings("all-minilm-l6-v2", PoolingMode.MEAN, 384, 256));

    private static final Once CHINESE =
            new Once(() -> new BertEmbeddings("bge-small-zh-v1.5", PoolingMode.CLS, 512, 512));

    /**
     * For a model of your own that knows every language: one part for {@code EnumSet.allOf(Language.class)}. What was ingested with
     * other models is then embedded anew. How the thresholds were measured is in docs/rag.md.
     */
    private static final SideBySideEmbeddings MODEL = new SideBySideEmbeddings(List.of(
            new Part("all-MiniLM-L6-v2", EnumSet.of(Language.ENGLISH), 384, 0.62, 1, ENGLISH),
            new Part("bge-small-zh-v1.5", EnumSet.of(Language.CHINESE), 512, 0.72, 2, CHINESE)));

    private static final Set<Character.UnicodeScript> READ =
            EnumSet.of(Character.UnicodeScript.LATIN, Character.UnicodeScript.HAN);

    private LocalEmbeddings() {}

    /** The same one each time: its weights are 90 MB for each language that is met. */
    public static SideBySideEmbeddings model() {
        return MODEL;
    }

    /**
     * Keeps the models from being loaded from now on, for who ends the program: their native library crashes the JVM where that ends
     * while a session is made. Waits for one that is being made.
     */
    public static void endLoading() {
        ENGLISH.endLoading();
        CHINESE.endLoading();
    }

    /** Whether most of the letters are Latin or Chinese ones. Of languages that share them this says nothing. */
    public static boolean reads(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        long known = text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(Character.UnicodeScript::of)
                .filter(READ::contains)
                .count();
        return 2 * known >= letters;
    }

    /** To be said where a text is in another language. */
    public static String readsEnglishAndChinese() {
        return Words.of(
                "the embedding models were trained on English and Chinese: in another script"
                        + " what is near and what is far is little more than chance, and no threshold mends that",
                "嵌入模型是用英文和中文训练的：对其他文字，检索结果与碰运气相差无几，调阈值也没有用");
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
                    keepOffline();
                    model = loading.get();
                }
                return model;
            } finally {
                lock.unlock();
            }
        }
    }
}
