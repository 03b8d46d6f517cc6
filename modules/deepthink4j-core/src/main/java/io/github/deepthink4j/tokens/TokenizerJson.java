package io.github.deepthink4j.tokens;

import static java.util.Objects.requireNonNull;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts with the {@code tokenizer.json} that is published with a model's weights. Needs
 * {@code ai.djl.huggingface:tokenizers} on the class path, which this library does not bring along.
 *
 * <p>Thread-safe. Holds native memory until it is closed.
 */
public final class TokenizerJson implements TextTokenCounter, AutoCloseable {

    /** The messages of a conversation are counted again and again, and to tokenize is slow. */
    private static final int REMEMBERED_TEXTS = 2000;

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> counts = Collections.synchronizedMap(new Recent());

    private TokenizerJson(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a tokenizer. Nothing is downloaded for it, with one exception that is up to the tokenizers library: on a machine
     * with CUDA it fetches a build for it, unless the environment variable {@code RUST_FLAVOR} is {@code cpu}.
     *
     * @param file such as {@code tokenizer.json} of a DeepSeek repository
     * @throws UncheckedIOException     if the file can't be read
     * @throws IllegalArgumentException if it is no tokenizer, or there is no native library for this machine
     * @throws IllegalStateException    if the tokenizers library is missing
     */
    public static TokenizerJson load(Path file) {
        requireNonNull(file, "file");
        // Without padding and truncation, which a file may ask for: they would count what is not there, or too little.
        Map<String, String> options = Map.of("padding", "false", "truncation", "false", "addSpecialTokens", "false");
        try (InputStream json = Files.newInputStream(file)) {
            return new TokenizerJson(HuggingFaceTokenizer.newInstance(json, options));
        } catch (IOException e) {
            throw new UncheckedIOException("The tokenizer " + file + " can't be read", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The tokenizer " + file + " can't be used: " + e.getMessage(), e);
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "To count with a tokenizer.json, add ai.djl.huggingface:tokenizers to the dependencies", e);
        }
    }

    @Override
    public int count(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Integer known = counts.get(text);
        if (known != null) {
            return known;
        }
        int count = tokenizer.encode(text, false, false).getIds().length;
        counts.put(text, count);
        return count;
    }

    /** Frees the native memory; nothing can be counted any more. */
    @Override
    public void close() {
        tokenizer.close();
    }

    private static final class Recent extends LinkedHashMap<String, Integer> {

        private static final long serialVersionUID = 1L;

        Recent() {
            super(64, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED_TEXTS;
        }
    }
}
