package io.github.deepthink4j.samples.rag.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.output.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A model from LangChain4j's jars, run so that each core has a text of its own. LangChain4j's class for it has threads for each text on
 * all cores at once, which wait for each other, takes a text apart into tokens three times, and reads no more than 128 tokens of an
 * English one: the vectors of shorter texts are the same, in half the time.
 */
final class BertEmbeddings implements EmbeddingModel {

    /** More texts in one run of the model were measured to be no faster, nor are more threads for one run. */
    private static final ExecutorService WORKERS =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
                Thread thread = new Thread(task, "embedding");
                thread.setDaemon(true);
                return thread;
            });

    private final int dimension;
    private final PoolingMode pooling;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    /**
     * @param name      of the files in the jar
     * @param maxTokens what is behind so many of a text is not read
     */
    BertEmbeddings(String name, PoolingMode pooling, int dimension, int maxTokens) {
        this.pooling = pooling;
        this.dimension = dimension;
        try (InputStream weights = file(name + ".onnx");
                InputStream vocabulary = file(name + "-tokenizer.json");
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(weights.readAllBytes(), options);
            tokenizer = HuggingFaceTokenizer.newInstance(
                    vocabulary,
                    Map.of("padding", "false", "truncation", "true", "maxLength", String.valueOf(maxTokens)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model " + name + " cannot be loaded", e);
        }
    }

    private static InputStream file(String name) throws IOException {
        InputStream file = BertEmbeddings.class.getResourceAsStream("/" + name);
        if (file == null) {
            throw new IOException("There is no " + name + " on the class path");
        }
        return file;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        if (segments.size() == 1) {
            return Response.from(List.of(embedOne(segments.get(0).text())));
        }
        List<Future<Embedding>> running = segments.stream()
                .map(segment -> WORKERS.submit(() -> embedOne(segment.text())))
                .toList();
        List<Embedding> embeddings = new ArrayList<>();
        try {
            for (Future<Embedding> one : running) {
                embeddings.add(one.get());
            }
            return Response.from(embeddings);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("It was interrupted while it was embedding", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        } finally {
            running.forEach(one -> one.cancel(false));
        }
    }

    private Embedding embedOne(String text) {
        long[] ids = tokenizer.encode(text, true, false).getIds();
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor tokens = tensor(ids);
                OnnxTensor attention = tensor(ones);
                OnnxTensor types = tensor(new long[ids.length])) {
            Map<String, OnnxTensor> inputs =
                    new HashMap<>(Map.of("input_ids", tokens, "attention_mask", attention, "token_type_ids", types));
            inputs.keySet().retainAll(session.getInputNames());
            try (OrtSession.Result result = session.run(inputs)) {
                FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
                return Embedding.from(pooled(states, pooling == PoolingMode.CLS ? 1 : ids.length));
            }
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model has failed", e);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    /** The mean of the first tokens' states, of length 1. */
    private float[] pooled(FloatBuffer states, int tokens) {
        double[] sum = new double[dimension];
        for (int token = 0; token < tokens; token++) {
            for (int i = 0; i < dimension; i++) {
                sum[i] += states.get(token * dimension + i);
            }
        }
        double length = Math.sqrt(Arrays.stream(sum).map(x -> x * x).sum());
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (sum[i] / length);
        }
        return vector;
    }
}
